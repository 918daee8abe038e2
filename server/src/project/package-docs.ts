/** The documentation that Mastra's packages bring along, `dist/docs/references/*.md`: it is of the version that is installed. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

export interface PackageDocs {
  /** The folder with the pages, absolute. */
  readonly folder: string;
  /** Names of the pages, without `.md`. */
  readonly pages: readonly string[];
}

export interface PackageDocsReader {
  /** The docs of a package as a file resolves it; undefined where it is not installed or has none. */
  of(file: string, packageName: string): Promise<PackageDocs | undefined>;
  /** The text of a page; undefined where it cannot be read. */
  text(docs: PackageDocs, page: string): Promise<string | undefined>;
}

/** Lists a folder again only when it changed. */
export function createPackageDocsReader(): PackageDocsReader {
  const listed = new Map<string, { readonly modified: number; readonly docs: PackageDocs }>();

  async function list(folder: string): Promise<PackageDocs | undefined> {
    const modified = await stat(folder).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
    if (modified === undefined) return undefined;
    const before = listed.get(folder);
    if (before?.modified === modified) return before.docs;
    const names = await readdir(folder).catch(() => []);
    const pages = names.filter((name) => name.endsWith('.md')).map((name) => name.slice(0, -'.md'.length));
    const docs: PackageDocs = { folder, pages: pages.sort() };
    listed.set(folder, { modified, docs });
    return docs;
  }

  return {
    async of(file, packageName) {
      for (let folder = path.posix.dirname(file); ; folder = path.posix.dirname(folder)) {
        const docs = await list(`${folder === '/' ? '' : folder}/node_modules/${packageName}/dist/docs/references`);
        if (docs !== undefined || folder === path.posix.dirname(folder)) return docs;
      }
    },
    text: (docs, page) => readFile(`${docs.folder}/${page}.md`, 'utf8').catch(() => undefined),
  };
}
