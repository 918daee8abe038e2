/** The paths on the command line, made into files and folders, and what has to be read along with them. */
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { isSourceFile } from '../project/discover.ts';
import { isInside, normalizeFile } from '../typescript/files.ts';

export interface Targets {
  /** Absolute, with forward slashes. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** Why a given path leads nowhere, in sentences. */
  readonly problems: readonly string[];
}

/** A project to analyse, and what of it was asked for. */
export interface Scope {
  readonly root: string;
  readonly includes: (file: string) => boolean;
}

export async function readTargets(paths: readonly string[], cwd: string): Promise<Targets> {
  const files = new Set<string>();
  const folders = new Set<string>();
  const problems: string[] = [];
  for (const given of paths) {
    const kind = await kindOf(path.resolve(cwd, given));
    const absolute = normalizeFile(path.resolve(cwd, given));
    if (kind === 'folder') folders.add(absolute);
    else if (kind === 'file') {
      if (isSourceFile(absolute)) files.add(absolute);
      else problems.push(`${given} is not a TypeScript source file.`);
    } else if (isDynamicPattern(given)) {
      const matches = await matching(given, cwd);
      if (matches.length === 0) problems.push(`No TypeScript source file matches ${given}.`);
      for (const file of matches) files.add(file);
    } else problems.push(`There is no file or folder ${given}.`);
  }
  return { files: [...files], folders: [...folders], problems };
}

async function matching(pattern: string, cwd: string): Promise<readonly string[]> {
  const forward = path.sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const matches = await glob(forward, {
    cwd,
    absolute: true,
    expandDirectories: false,
    ignore: ['**/node_modules/**'],
  });
  return matches.map(normalizeFile).filter(isSourceFile).sort();
}

/**
 * The projects around the targets: for each the folder of the nearest package.json, since a workflow may be registered,
 * run and nested anywhere in its package. Of folders in one another only the outer one is left.
 */
export async function scopesOf({ files, folders }: Targets): Promise<readonly Scope[]> {
  const roots = new Set<string>();
  for (const folder of folders) roots.add(await packageFolder(folder));
  for (const file of files) roots.add(await packageFolder(path.posix.dirname(file)));
  const outer = [...roots].filter((root) => ![...roots].some((other) => other !== root && isInside(other, root)));
  const named = new Set(files);
  const includes = (file: string) => named.has(file) || folders.some((folder) => isInside(folder, file));
  return outer.sort().map((root) => ({ root, includes }));
}

async function packageFolder(start: string): Promise<string> {
  for (let folder = start; ; folder = path.posix.dirname(folder)) {
    if (await exists(path.posix.join(folder, 'package.json'))) return folder;
    if (path.posix.dirname(folder) === folder) return start;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function kindOf(absolute: string): Promise<'file' | 'folder' | undefined> {
  const found = await stat(absolute).catch(() => undefined);
  if (found === undefined) return undefined;
  return found.isDirectory() ? 'folder' : 'file';
}
