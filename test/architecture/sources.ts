/** Source files of the product and what they import, read as text. */
import { readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');

export interface Import {
  readonly specifier: string;
  /** Erased before the code runs. */
  readonly typeOnly: boolean;
}

/** TypeScript files of a room, relative to the root, with forward slashes. */
export function sourceFiles(room: string): string[] {
  return readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.includes('node_modules'))
    .map((file) => path.posix.join(room, file.replaceAll(path.sep, '/')))
    .sort();
}

const statement = /^(?:import|export)\s+(type\s)?[^'";]*?\bfrom\s+'([^']+)'/gm;
const bare = /^import\s+'([^']+)'/gm;
/** Not inside a template: that is code which the product writes for the author's project. */
const dynamic = /^[^`\n]*\b(?:import|require)\('([^']+)'\)/gm;

/** The imports and re-exports of a formatted source text. */
export function importsOf(text: string): Import[] {
  return [
    ...[...text.matchAll(statement)].map(([, type, specifier = '']) => ({ specifier, typeOnly: type !== undefined })),
    ...[...text.matchAll(bare)].map(([, specifier = '']) => ({ specifier, typeOnly: false })),
    ...[...text.matchAll(dynamic)].map(([, specifier = '']) => ({ specifier, typeOnly: false })),
  ];
}
