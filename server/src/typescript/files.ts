/**
 * The one place where the editor's URIs and the engine's file names meet. A file name is an absolute path with forward
 * slashes (`/home/a/b.ts`, `c:/a/b.ts`, `//server/share/b.ts`); drive letters are lower case, as VS Code writes them.
 */
import { URI } from 'vscode-uri';

const drivePath = /^\/?([A-Za-z]):(?=\/|$)/;

/** The file a URI names; undefined for documents that are not files (untitled, git, output...). */
export function fileOfUri(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== 'file') return undefined;
  return normalizeFile(parsed.authority === '' ? parsed.path : `//${parsed.authority}${parsed.path}`);
}

/** The URI of a file, encoded as VS Code encodes it. */
export function uriOfFile(file: string): string {
  return URI.file(file).toString();
}

/** Any absolute path of the operating system as a file name. */
export function normalizeFile(path: string): string {
  const slashed = process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
  const drive = drivePath.exec(slashed)?.[1];
  const name = drive === undefined ? slashed : slashed.replace(drivePath, `${drive.toLowerCase()}:`);
  return name.length > 1 && name.endsWith('/') ? name.slice(0, -1) : name;
}

const ignoresCase = process.platform === 'win32' || process.platform === 'darwin';

/** Equal for two names of the same file: where the file system ignores case, so does the key. */
export function fileKey(file: string): string {
  return ignoresCase ? file.toLowerCase() : file;
}

/** True when `file` is `folder` or lies below it. */
export function isInside(folder: string, file: string): boolean {
  const parent = fileKey(folder);
  const child = fileKey(file);
  return child === parent || child.startsWith(parent.endsWith('/') ? parent : `${parent}/`);
}

/** The folder a file lies in. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), 1));
}
