/** Where things are in the repository. Everything that the harness writes goes into ignored folders. */
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Screenshots, logs and reports of the last run. */
export const artifacts = path.join(root, 'test/artifacts');

/** VS Code itself and the profile of `npm start`. */
export const vscodeHome = path.join(root, '.vscode-test');

export const projects = path.join(root, 'test/projects');

export function relative(file: string): string {
  return path.relative(root, file) || '.';
}
