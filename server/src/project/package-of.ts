/** The package that a file is in: what workflows of a monorepo are grouped by. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface PackageFolder {
  /** Absolute, with forward slashes. */
  readonly folder: string;
  /** What its package.json calls it, else the name of the folder. */
  readonly name: string;
}

/** For each file the nearest folder above it with a package.json; without one, the topmost of `roots` around it, else its own. */
export async function packagesOf(
  files: readonly string[],
  roots: readonly string[],
): Promise<ReadonlyMap<string, PackageFolder>> {
  const names = new Map<string, Promise<string | undefined>>();
  const nameIn = (folder: string): Promise<string | undefined> => {
    const known = names.get(folder) ?? manifestName(folder);
    names.set(folder, known);
    return known;
  };
  const found = await Promise.all(
    [...new Set(files)].map(async (file): Promise<readonly [string, PackageFolder]> => {
      const own = path.posix.dirname(file);
      for (let folder = own; path.posix.dirname(folder) !== folder; folder = path.posix.dirname(folder)) {
        const name = await nameIn(folder);
        if (name !== undefined) return [file, { folder, name }];
      }
      const folder = roots.find((root) => file.startsWith(`${root}/`)) ?? own;
      return [file, { folder, name: path.posix.basename(folder) }];
    }),
  );
  return new Map(found);
}

/** Undefined where there is no package.json. */
async function manifestName(folder: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(path.posix.join(folder, 'package.json'), 'utf8');
  } catch {
    return undefined;
  }
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null && 'name' in manifest && typeof manifest.name === 'string') {
      if (manifest.name !== '') return manifest.name;
    }
  } catch {
    // Being written: it is a package all the same.
  }
  return path.posix.basename(folder);
}
