/** Hovers from the documentation of the installed packages. */
import { MarkupContent, MarkupKind, type Hover, type Position } from 'vscode-languageserver';
import { docsSummary, importedNameAt, pageOf, pageOfChainMethod } from '../features/docs.ts';
import { createPackageDocsReader, type PackageDocs } from '../project/package-docs.ts';
import { uriOfFile } from '../typescript/files.ts';

export interface DocsHover {
  /** What is written about a name that the file imports from Mastra. */
  readonly ofImport: (file: string, text: string, position: Position) => Promise<Hover | null>;
  /** `hover` with what is written about a method of a chain. */
  readonly addOfMethod: (hover: Hover, file: string, method: string) => Promise<Hover>;
}

export function createDocsHover(): DocsHover {
  const reader = createPackageDocsReader();

  async function summaryOf(docs: PackageDocs | undefined, page: string | undefined): Promise<string | undefined> {
    if (docs === undefined || page === undefined) return undefined;
    const text = await reader.text(docs, page);
    return text === undefined ? undefined : docsSummary(text, uriOfFile(`${docs.folder}/${page}.md`));
  }

  return {
    async ofImport(file, text, position) {
      const imported = importedNameAt(text, position);
      if (imported === undefined) return null;
      const docs = await reader.of(file, imported.packageName);
      const page = docs === undefined ? undefined : pageOf(docs.pages, imported.name, imported.area);
      const value = await summaryOf(docs, page);
      return value === undefined ? null : { contents: { kind: MarkupKind.Markdown, value }, range: imported.range };
    },
    async addOfMethod(hover, file, method) {
      const { contents } = hover;
      if (!MarkupContent.is(contents)) return hover;
      const docs = await reader.of(file, '@mastra/core');
      const page = docs === undefined ? undefined : pageOfChainMethod(docs.pages, method);
      const summary = await summaryOf(docs, page);
      if (summary === undefined) return hover;
      return { ...hover, contents: { ...contents, value: `${contents.value}\n\n---\n\n${summary}` } };
    },
  };
}
