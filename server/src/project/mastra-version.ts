/** Finds `@mastra/core` the way Node and TypeScript do: the nearest `node_modules` above the file that imports it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MastraInstallation } from '../../../common/model/project.ts';

export interface Installations {
  /** What most files resolve. */
  readonly mastra: MastraInstallation;
  /** Files that resolve something else. */
  readonly others: ReadonlyMap<string, MastraInstallation>;
}

/** Reads the manifests from disk each time: an installation changes under a running server. */
export async function resolveMastra(files: readonly string[]): Promise<Installations> {
  const byFolder = new Map<string, Promise<MastraInstallation>>();
  const byFile = await Promise.all(
    files.map(async (file) => [file, await lookUp(path.posix.dirname(file), byFolder)] as const),
  );
  const mastra = commonest(byFile.map(([, installation]) => installation));
  return {
    mastra,
    others: new Map(byFile.filter(([, installation]) => versionText(installation) !== versionText(mastra))),
  };
}

function lookUp(folder: string, byFolder: Map<string, Promise<MastraInstallation>>): Promise<MastraInstallation> {
  let found = byFolder.get(folder);
  if (found === undefined) {
    found = versionIn(folder).then((version) => {
      if (version !== undefined) return { kind: 'installed', version };
      const parent = path.posix.dirname(folder);
      return parent === folder ? { kind: 'missing' } : lookUp(parent, byFolder);
    });
    byFolder.set(folder, found);
  }
  return found;
}

async function versionIn(folder: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(path.posix.join(folder, 'node_modules/@mastra/core/package.json'), 'utf8');
  } catch {
    return undefined;
  }
  // An installation that is being written is there, but says nothing yet; it counts as the newest version.
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  } catch {
    return 'unknown';
  }
  return 'unknown';
}

function commonest(installations: readonly MastraInstallation[]): MastraInstallation {
  const counts = new Map<string, { readonly installation: MastraInstallation; count: number }>();
  for (const installation of installations) {
    const key = versionText(installation);
    const entry = counts.get(key) ?? { installation, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  const [best] = [...counts.values()].sort((a, b) => b.count - a.count);
  return best?.installation ?? { kind: 'missing' };
}

function versionText(installation: MastraInstallation): string {
  return installation.kind === 'missing' ? '' : installation.version;
}
