/** The names of the variables in `.env*` files. What they are set to is not kept, and not even looked at. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EnvironmentNames } from '../../../common/model/models.ts';

/** True for `.env`, `.env.local` and the like. */
export function isEnvironmentFile(file: string): boolean {
  return path.posix.basename(file).startsWith('.env');
}

export type EnvironmentReader = (folder: string) => Promise<EnvironmentNames>;

/**
 * A reader for the environment of code in a folder: the `.env*` files from there up to the root of the repository, and
 * the variables named in `inherited`. A file is read again only after it changed.
 */
export function createEnvironmentReader(inherited: readonly string[]): EnvironmentReader {
  const read = new Map<string, { readonly changed: number; readonly names: readonly string[] }>();

  async function namesIn(file: string): Promise<readonly string[] | undefined> {
    const status = await stat(file).catch(() => undefined);
    if (status?.isFile() !== true) return undefined;
    const before = read.get(file);
    if (before?.changed === status.mtimeMs) return before.names;
    const names = variableNames(await readFile(file, 'utf8').catch(() => ''));
    read.set(file, { changed: status.mtimeMs, names });
    return names;
  }

  return async (folder) => {
    const files: string[] = [];
    const names = new Set(inherited);
    for (let current = folder; ; current = path.posix.dirname(current)) {
      const entries = await readdir(current).catch((): string[] => []);
      for (const entry of entries.filter(isEnvironmentFile).sort()) {
        const file = path.posix.join(current, entry);
        const found = await namesIn(file);
        if (found === undefined) continue;
        files.push(file);
        for (const name of found) names.add(name);
      }
      if (entries.includes('.git') || path.posix.dirname(current) === current) return { files, names: [...names] };
    }
  };
}

/** `NAME=...`, `export NAME=...` and `NAME: ...`, one to a line. */
export function variableNames(text: string): readonly string[] {
  return [...text.matchAll(/^[^\S\r\n]*(?:export[^\S\r\n]+)?([A-Za-z_]\w*)[^\S\r\n]*[=:]/gm)].flatMap(
    (match) => match[1] ?? [],
  );
}
