/** Private copies of sample projects, for tests that edit files. */
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** Copies `project` to `target` (replacing it), with a link to the original's node_modules. The result is `target`. */
export function workspaceCopy(project: string, target: string): string {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(path.dirname(target), { recursive: true });
  const skipped = new Set(['node_modules', 'dist', '.mastra'].map((name) => path.join(project, name)));
  cpSync(project, target, { recursive: true, filter: (file) => !skipped.has(file) && !/\.db(-shm|-wal)?$/.test(file) });
  const modules = path.join(project, 'node_modules');
  if (existsSync(modules)) symlinkSync(modules, path.join(target, 'node_modules'), 'junction');
  return target;
}
