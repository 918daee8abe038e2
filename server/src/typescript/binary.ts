/** Where the native TypeScript compiler is: shipped beside the bundle, or in `node_modules` when run from source. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Longer paths need the `\\?\` prefix to be started on Windows. */
const windowsPathLimit = 248;

/**
 * Absolute path of the native `tsc`, with the `lib.*.d.ts` files it needs beside it.
 * Throws an error that says what is missing when there is none for this platform.
 */
export function findTypeScriptBinary(): string {
  const name = process.platform === 'win32' ? 'tsc.exe' : 'tsc';
  const here = path.dirname(fileURLToPath(import.meta.url));
  const shipped = path.join(here, 'native', 'typescript', 'lib', name);
  const candidates = [shipped, ...installed(name)];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) {
    throw new Error(
      `The TypeScript compiler for ${process.platform}-${process.arch} is missing (looked for ${candidates.join(', ')}).`,
    );
  }
  return process.platform === 'win32' && found.length >= windowsPathLimit ? `\\\\?\\${found}` : found;
}

function installed(name: string): readonly string[] {
  try {
    const require = createRequire(import.meta.url);
    const packageJson = require.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`);
    return [path.join(path.dirname(packageJson), 'lib', name)];
  } catch {
    return [];
  }
}
