/** Private copies of sample projects, for tests that edit files. */
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';

/** Copies `project` to `target` (replacing it), with a link to the node_modules that it uses. The result is `target`. */
export function workspaceCopy(project: string, target: string): string {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(path.dirname(target), { recursive: true });
  const skipped = new Set(['node_modules', 'dist', '.mastra'].map((name) => path.join(project, name)));
  cpSync(project, target, { recursive: true, filter: (file) => !skipped.has(file) && !/\.db(-shm|-wal)?$/.test(file) });
  symlinkSync(modulesOf(project), path.join(target, 'node_modules'), 'junction');
  return target;
}

/** The project's own packages, or those of a folder above. */
function modulesOf(folder: string): string {
  const modules = path.join(folder, 'node_modules');
  return existsSync(modules) || path.dirname(folder) === folder ? modules : modulesOf(path.dirname(folder));
}
