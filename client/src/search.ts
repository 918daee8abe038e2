/** Looks for Mastra in the workspace without the language server: manifests first, then source texts, both cut short. */
import type * as vscode from 'vscode';
import { importsMastra } from './relevance.ts';

export type SearchResult =
  | { readonly kind: 'found'; readonly file: vscode.Uri }
  /** A package depends on Mastra, but no TypeScript file imports it. */
  | { readonly kind: 'unused'; readonly manifest: vscode.Uri }
  | { readonly kind: 'absent' }
  | { readonly kind: 'no-folder' };

const skipped = '**/{node_modules,dist,build,out,.mastra,.git,.next,.vercel,.output,coverage}/**';
const sources = '**/*.{ts,tsx,mts,cts}';
/** A workspace larger than this is found out by opening a file of it. */
const limits = { manifests: 200, sources: 5_000 };
const filesAtOnce = 16;

/**
 * Reads manifests until one names a package of Mastra, then the sources beside it until one imports it: where no
 * manifest does, no source file is read. Stops early when `token` fires, then with `absent`.
 */
export async function searchWorkspace(code: typeof vscode, token: vscode.CancellationToken): Promise<SearchResult> {
  const folders = (code.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  if (folders.length === 0) {
    return { kind: 'no-folder' };
  }
  const manifests = await code.workspace.findFiles('**/package.json', skipped, limits.manifests, token);
  const dependent: vscode.Uri[] = [];
  for await (const { file, text } of read(code, nearestFirst(manifests), token)) {
    if (text.includes('"@mastra/')) {
      dependent.push(file);
    }
  }
  for (const manifest of dependent) {
    const folder = code.Uri.joinPath(manifest, '..');
    const pattern = new code.RelativePattern(folder, sources);
    const files = await code.workspace.findFiles(pattern, skipped, limits.sources, token);
    for await (const { file, text } of read(code, likelyFirst(files), token)) {
      if (importsMastra(text)) {
        return { kind: 'found', file };
      }
    }
  }
  const [manifest] = dependent;
  return manifest ? { kind: 'unused', manifest } : { kind: 'absent' };
}

/** Texts in the order of `files`, a few read at once; files that cannot be read are left out. */
async function* read(
  code: typeof vscode,
  files: readonly vscode.Uri[],
  token: vscode.CancellationToken,
): AsyncGenerator<{ readonly file: vscode.Uri; readonly text: string }> {
  const decoder = new TextDecoder();
  for (let start = 0; start < files.length && !token.isCancellationRequested; start += filesAtOnce) {
    const contents = await Promise.all(
      files.slice(start, start + filesAtOnce).map(async (file) => {
        try {
          return { file, text: decoder.decode(await code.workspace.fs.readFile(file)) };
        } catch {
          return undefined;
        }
      }),
    );
    yield* contents.filter((content) => content !== undefined);
  }
}

function nearestFirst(files: readonly vscode.Uri[]): readonly vscode.Uri[] {
  return [...files].sort((a, b) => depth(a) - depth(b));
}

/** Mastra's own convention is a folder `mastra`; tests and declarations come last. */
function likelyFirst(files: readonly vscode.Uri[]): readonly vscode.Uri[] {
  const rank = ({ path }: vscode.Uri) =>
    /\/mastra\//.test(path) ? 0 : /\.(?:d|test|spec)\.[cm]?tsx?$/.test(path) ? 2 : 1;
  return [...files].sort((a, b) => rank(a) - rank(b));
}

function depth(file: vscode.Uri): number {
  return file.path.split('/').length;
}
