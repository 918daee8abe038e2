/** The trap of relative databases: `mastra dev` runs in `<Mastra folder>/public`, so `file:./x.db` is a file in there. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';

export interface StrayDatabase {
  /** As written: `file:./orders.db`. */
  readonly url: string;
  /** The file that exists in the project's folder, and that `mastra dev` does not use. Absolute. */
  readonly unused: string;
  /** The one that it makes or uses instead. Absolute. */
  readonly used: string;
}

/** Databases that the entry or the .env files name relatively, which exist in the project's folder but not where they are looked for. */
export function strayDatabases(root: string, mastraFolder: string, entry: string): readonly StrayDatabase[] {
  const texts = [
    read(entry),
    ...['.env', '.env.local', '.env.development'].flatMap((name) => values(path.join(root, name))),
  ];
  const urls = texts.flatMap((text) =>
    [...text.matchAll(/(?<![\w/])file:(?!\/|:memory:)([\w\-./]+)/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(urls)]
    .map((file) => ({
      url: `file:${file}`,
      unused: path.resolve(root, file),
      used: path.resolve(mastraFolder, 'public', file),
    }))
    .filter(({ unused, used }) => unused !== used && existsSync(unused) && !existsSync(used));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function values(file: string): readonly string[] {
  return Object.values(parseEnv(read(file))).filter((value) => value !== undefined);
}
