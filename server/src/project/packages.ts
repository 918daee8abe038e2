/** Finds packages the way Node does, from the folder of the code that imports them. */
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { InstalledPackage } from '../../../common/model/packages.ts';

export interface PackageReader {
  /** The package `name` as code in `folder` finds it; undefined when it is not installed. */
  read(folder: string, name: string): Promise<InstalledPackage | undefined>;
  /** Dependencies were installed: what was found may be something else now. */
  forget(): void;
}

export function createPackageReader(): PackageReader {
  const found = new Map<string, Promise<InstalledPackage | undefined>>();
  return {
    read(folder, name) {
      const key = `${name} ${folder}`;
      let installed = found.get(key);
      if (installed === undefined) {
        installed = readPackage(folder, name);
        found.set(key, installed);
      }
      return installed;
    },
    forget() {
      found.clear();
    },
  };
}

async function readPackage(folder: string, name: string): Promise<InstalledPackage | undefined> {
  const place = await find(folder, name);
  if (place === undefined) return undefined;
  if (name === '@mastra/core' || !name.startsWith('@mastra/')) return { version: place.version, core: undefined };
  // What a package imports is looked for from where it really is: pnpm links it from there.
  const real = await realpath(place.folder).catch(() => place.folder);
  const core = await find(real, '@mastra/core');
  return { version: place.version, core: core?.version };
}

interface Place {
  readonly folder: string;
  readonly version: string;
}

async function find(from: string, name: string): Promise<Place | undefined> {
  for (let current = from; ; current = path.posix.dirname(current)) {
    const folder = path.posix.join(current, 'node_modules', name);
    const version = await versionIn(folder);
    if (version !== undefined) return { folder, version };
    if (path.posix.dirname(current) === current) return undefined;
  }
}

async function versionIn(folder: string): Promise<string | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(path.posix.join(folder, 'package.json'), 'utf8'));
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  } catch {
    // Not there, or being written.
  }
  return undefined;
}
