/** Builds a project with our own bundler, to learn what `mastra dev` does not say: why it does not, and what belongs to it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { runEsbuild } from '../../run/esbuild.ts';
import type { BuildError } from '../../run/problem.ts';
import { workspacePackages } from '../../run/workspaces.ts';

export interface SourceCheck {
  readonly errors: readonly BuildError[];
  /** Every source file that is part of the bundle, absolute; empty when it does not build. */
  readonly files: ReadonlySet<string>;
}

const metafileSchema = z.object({ inputs: z.record(z.string(), z.unknown()) });

/** `entry` is the file of the Mastra instance. Packages are left outside, as in a run. Throws when the bundler cannot be run. */
export async function checkSource(
  root: string,
  entry: string,
  esbuild: string,
  signal: AbortSignal,
): Promise<SourceCheck> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mastra-check-'));
  try {
    const metafile = path.join(folder, 'meta.json');
    const { external } = await workspacePackages(root);
    const result = await runEsbuild({
      binary: esbuild,
      directory: root,
      arguments: [
        entry,
        ...['--bundle', '--platform=node', '--format=esm', '--log-level=warning', '--log-limit=20', '--color=false'],
        ...(external === 'all'
          ? ['--packages=external']
          : ['@mastra/*', ...external].map((name) => `--external:${name}`)),
        `--metafile=${metafile}`,
        `--outfile=${path.join(folder, 'out.mjs')}`,
      ],
      input: '',
      signal,
    });
    switch (result.kind) {
      case 'broken':
        throw new Error(result.reason);
      case 'failed':
        return {
          errors:
            result.errors.length > 0
              ? result.errors
              : [{ message: result.output, file: undefined, line: undefined, column: undefined }],
          files: new Set(),
        };
      case 'built': {
        const { inputs } = metafileSchema.parse(JSON.parse(await readFile(metafile, 'utf8')));
        return { errors: [], files: new Set(Object.keys(inputs).map((file) => path.resolve(root, file))) };
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
