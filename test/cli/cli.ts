/** Runs the built command line, as a user does. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const builtCli = path.join(root, 'dist/cli.js');

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves for every exit code; `cli` is the file to run. */
export function runCli(
  given: readonly string[],
  { cwd = root, cli = builtCli }: { readonly cwd?: string; readonly cli?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [cli, ...given],
      { cwd, maxBuffer: 1 << 26, env: { ...process.env, NO_COLOR: '' } },
      (_error, stdout, stderr) => {
        if (child.exitCode === null) reject(new Error(`The command line was ended by ${String(child.signalCode)}.`));
        else resolve({ exitCode: child.exitCode, stdout, stderr });
      },
    );
  });
}

/** Bundles the sources as they are now. */
export function buildCli(): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['esbuild.mjs', '--production'], { cwd: root }, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(stderr));
    });
  });
}

export interface TemporaryProject {
  readonly folder: string;
  remove(): void;
}

/** A package folder with these files, using the repository's own Mastra unless `installed` is false. */
export function temporaryProject(
  files: Readonly<Record<string, string>>,
  { name = 'project', installed = true }: { readonly name?: string; readonly installed?: boolean } = {},
): TemporaryProject {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'cli-')));
  const folder = path.join(parent, name);
  mkdirSync(folder);
  if (installed) symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  for (const [file, text] of Object.entries({
    'package.json': '{ "type": "module" }',
    'tsconfig.json': tsconfig,
    ...files,
  })) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return { folder, remove: () => rmSync(parent, { recursive: true }) };
}

const tsconfig = JSON.stringify({
  compilerOptions: { module: 'ES2022', moduleResolution: 'bundler', strict: true, noEmit: true, types: [] },
});

/** A workflow whose first step does not get what it needs, reported at line 13 (from 1), columns 9 to 14. */
export const mistaken = `import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const price = createStep({
  id: 'price',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: z.object({ cents: z.number() }),
  execute: async () => ({ cents: 1 }),
});

export const quote = createWorkflow({ id: 'quote', inputSchema: z.object({ name: z.string() }), outputSchema: price.outputSchema })
  // Ünïcödé and 🙂 come before
  .then(price)
  .commit();
`;

/** The same without the mistake. */
export const correct = mistaken.replace('name: z.string()', 'sku: z.string()');
