/** Looks for Mastra in the workspace without the language server: manifests first, then source texts, both cut short. */
import type * as vscode from 'vscode';
import { importsMastra } from './relevance.ts';

/** A URI, as far as the search looks at it. */
interface SearchedFile {
  readonly path: string;
}

export type SearchResult<File extends SearchedFile = vscode.Uri> =
  | { readonly kind: 'found'; readonly file: File }
  /** A package depends on Mastra, but no TypeScript file imports it. */
  | { readonly kind: 'unused'; readonly manifest: File }
  | { readonly kind: 'absent' }
  | { readonly kind: 'no-folder' };

/** What a search needs of a workspace. */
export interface SearchedWorkspace<File extends SearchedFile> {
  readonly hasFolder: boolean;
  /** Manifests of packages, installed ones left out. */
  manifests(): Promise<readonly File[]>;
  /** TypeScript files beside and below a manifest. */
  sources(manifest: File): Promise<readonly File[]>;
  /** Undefined when the file cannot be read, or the search was given up. */
  read(file: File): Promise<string | undefined>;
}

const filesAtOnce = 16;

/** Where no manifest names a package of Mastra, no source file is read; the first one that imports it ends the search. */
export async function searchForMastra<File extends SearchedFile>(
  workspace: SearchedWorkspace<File>,
): Promise<SearchResult<File>> {
  if (!workspace.hasFolder) {
    return { kind: 'no-folder' };
  }
  const dependent: File[] = [];
  for await (const { file, text } of read(workspace, outermostFirst(await workspace.manifests()))) {
    if (text.includes('"@mastra/')) {
      dependent.push(file);
    }
  }
  for (const manifest of dependent) {
    for await (const { file, text } of read(workspace, likelyFirst(await workspace.sources(manifest)))) {
      if (importsMastra(text)) {
        return { kind: 'found', file };
      }
    }
  }
  const [manifest] = dependent;
  return manifest ? { kind: 'unused', manifest } : { kind: 'absent' };
}

/** Texts in the order of `files`, a few read at once; files that cannot be read are left out. */
async function* read<File extends SearchedFile>(
  workspace: SearchedWorkspace<File>,
  files: readonly File[],
): AsyncGenerator<{ readonly file: File; readonly text: string }> {
  for (let start = 0; start < files.length; start += filesAtOnce) {
    const some = files.slice(start, start + filesAtOnce);
    const texts = await Promise.all(some.map(async (file) => ({ file, text: await workspace.read(file) })));
    for (const { file, text } of texts) {
      if (text !== undefined) {
        yield { file, text };
      }
    }
  }
}

function outermostFirst<File extends SearchedFile>(files: readonly File[]): readonly File[] {
  const depth = ({ path }: File) => path.split('/').length;
  return [...files].sort((a, b) => depth(a) - depth(b));
}

/** Mastra's own convention is a folder `mastra`; tests and declarations come last. */
function likelyFirst<File extends SearchedFile>(files: readonly File[]): readonly File[] {
  const rank = ({ path }: File) => (path.includes('/mastra/') ? 0 : /\.(?:d|test|spec)\.[cm]?tsx?$/.test(path) ? 2 : 1);
  return [...files].sort((a, b) => rank(a) - rank(b));
}

const skipped = '**/{node_modules,dist,build,out,.mastra,.git,.next,.vercel,.output,coverage}/**';
/** A larger workspace is found out when one of its files is opened. */
const limits = { manifests: 200, sources: 5_000 };

/** The folders on disk that are open in VS Code; reads nothing any more once `token` fires. */
export function openWorkspace(code: typeof vscode, token: vscode.CancellationToken): SearchedWorkspace<vscode.Uri> {
  const { workspace } = code;
  const decoder = new TextDecoder();
  return {
    hasFolder: (workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme === 'file'),
    manifests: async () => workspace.findFiles('**/package.json', skipped, limits.manifests, token),
    sources: async (manifest) => {
      const beside = new code.RelativePattern(code.Uri.joinPath(manifest, '..'), '**/*.{ts,tsx,mts,cts}');
      return workspace.findFiles(beside, skipped, limits.sources, token);
    },
    async read(file) {
      if (token.isCancellationRequested) {
        return undefined;
      }
      try {
        return decoder.decode(await workspace.fs.readFile(file));
      } catch {
        return undefined;
      }
    },
  };
}
