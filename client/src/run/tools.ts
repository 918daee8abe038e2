/** Where the programs that runs need lie: beside the bundle when shipped, in the repository when run from source. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface RunTools {
  /** The native esbuild binary. */
  readonly esbuild: string;
  readonly runner: string;
}

/** `extension` is the folder of the extension's package.json. */
export function findTools(extension: string): RunTools {
  const binary = process.platform === 'win32' ? 'esbuild.exe' : 'esbuild';
  const shipped = path.join(extension, 'dist', 'native', binary);
  const bundled = path.join(extension, 'dist', 'runner.mjs');
  return {
    esbuild: existsSync(shipped) ? shipped : path.join(extension, 'node_modules', 'esbuild', 'bin', 'esbuild'),
    runner: existsSync(bundled) ? bundled : path.join(extension, 'client', 'src', 'run', 'runner', 'main.ts'),
  };
}
