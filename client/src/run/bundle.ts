/** Builds the author's project into one file that Node can import, beside the packages it needs. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod/mini';
import { runEsbuild } from './esbuild.ts';
import { RunFailure } from './problem.ts';
import type { BuildError, RunProblem } from './problem.ts';
import type { RunProject } from './project.ts';
import { workspacePackages } from './workspaces.ts';

export interface Bundle {
  /** File URL of the built module. */
  readonly url: string;
  readonly text: string;
  /** The files it was made of, and those that decide how it is run. Absolute. */
  readonly sources: readonly string[];
  /** What the bundler warned about, for the log. */
  readonly warnings: string;
  /** Deletes the built file. Never throws. */
  dispose(): Promise<void>;
}

export interface BundleOptions {
  readonly project: RunProject;
  /** The file that declares the workflow. */
  readonly file: string;
  readonly esbuild: string;
  readonly signal: AbortSignal;
}

const cacheName = 'mastra-workflows';
const staleMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Bundles the Mastra entry together with the workflow's file, so that both see the same module instances. Packages stay outside
 * and are resolved by Node from the project, except TypeScript packages of the same workspace. Throws RunFailure.
 */
export async function bundleProject(options: BundleOptions): Promise<Bundle> {
  const { project } = options;
  const folder = await outputFolder(project.root);
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true }).catch(() => undefined);
  try {
    const outfile = path.join(folder, 'entry.mjs');
    const metafile = path.join(folder, 'inputs.json');
    const result = await runEsbuild({
      binary: options.esbuild,
      arguments: [...(await buildArguments(project.root, outfile)), `--metafile=${metafile}`],
      directory: project.root,
      input: entryText(project.entry, options.file),
      signal: options.signal,
    });
    switch (result.kind) {
      case 'built':
        return {
          url: pathToFileURL(outfile).href,
          text: await readFile(outfile, 'utf8'),
          sources: [...surroundings(project.root), ...inputsOf(await readFile(metafile, 'utf8'), project.root)],
          warnings: result.warnings,
          dispose,
        };
      case 'failed':
        throw new RunFailure(
          unwritten(result.errors, folder) ?? { kind: 'build-failed', errors: result.errors, output: result.output },
        );
      case 'broken':
        throw new RunFailure(
          options.signal.aborted ? { kind: 'canceled' } : { kind: 'bundler-failed', reason: result.reason },
        );
    }
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** esbuild reports a full disk among the errors of the author's code. */
function unwritten(errors: readonly BuildError[], folder: string): RunProblem | undefined {
  const failure = errors.find(({ message }) => message.startsWith('Failed to write to output file'));
  return failure === undefined ? undefined : { kind: 'not-writable', folder, reason: failure.message };
}

/** What is not in the bundle and still decides what runs: installed packages, settings, environment. */
function surroundings(root: string): readonly string[] {
  const names = ['package.json', 'tsconfig.json', '.env', '.env.local', '.env.development'];
  const modules = nearestModules(root);
  // npm and pnpm write these with every installation.
  const installed = modules === undefined ? [] : ['.package-lock.json', '.modules.yaml', '.yarn-state.yml'];
  return [...names.map((name) => path.join(root, name)), ...installed.map((name) => path.join(modules ?? root, name))];
}

const metafileShape = z.object({ inputs: z.record(z.string(), z.unknown()) });

/** esbuild names them relative to where it ran, `/` between folders. */
function inputsOf(metafile: string, root: string): readonly string[] {
  const parsed = metafileShape.safeParse(JSON.parse(metafile));
  const names = parsed.success ? Object.keys(parsed.data.inputs) : [];
  return names.filter((name) => !name.includes(':') && name !== '<stdin>').map((name) => path.resolve(root, name));
}

function entryText(entry: string | undefined, file: string): string {
  const lines = [
    entry === undefined ? '' : `export * as entry from ${JSON.stringify(entry)};`,
    `export * as module from ${JSON.stringify(file)};`,
    // By name at run time, so that a project without it still says so itself.
    `export const loadCore = () => import('@mastra/core/workflows');`,
    `export const loadRequestContext = () => import('@mastra/core/request-context');`,
    `export const loadMastra = () => import('@mastra/core/mastra');`,
    `export const loadStorage = () => import('@mastra/core/storage');`,
  ];
  return lines.join('\n');
}

async function buildArguments(root: string, outfile: string): Promise<readonly string[]> {
  const { external } = await workspacePackages(root);
  return [
    '--bundle',
    '--platform=node',
    '--target=node22',
    '--format=esm',
    '--keep-names',
    '--sourcemap=inline',
    '--sources-content=false',
    '--log-level=warning',
    '--log-limit=20',
    '--color=false',
    // `mastra dev` replaces it in the author's code by this.
    '--define:process.env.NODE_ENV="development"',
    // What CommonJS code expects, should some be bundled.
    '--banner:js=import{createRequire as __mastraCreateRequire}from"node:module";' +
      'var require=__mastraCreateRequire(import.meta.url),__filename=import.meta.filename,__dirname=import.meta.dirname;',
    ...(external === 'all' ? ['--packages=external'] : ['@mastra/*', ...external].map((name) => `--external:${name}`)),
    `--outfile=${outfile}`,
  ];
}

/**
 * A new folder from which bare imports resolve as from the project: in the `node_modules/.cache` of the nearest folder that has
 * node_modules, else (Yarn without node_modules) in `.mastra`, which Mastra's own tools use and which we make git ignore.
 */
async function outputFolder(root: string): Promise<string> {
  const modules = nearestModules(root);
  const cache = modules === undefined ? path.join(root, '.mastra', cacheName) : path.join(modules, '.cache', cacheName);
  try {
    await mkdir(cache, { recursive: true });
    if (modules === undefined) await writeFile(path.join(cache, '.gitignore'), '*\n');
    await removeStale(cache);
    // Node names a module by its real path, and places in the source are relative to that.
    return await realpath(await mkdtemp(path.join(cache, 'run-')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunFailure({ kind: 'not-writable', folder: cache, reason });
  }
}

function nearestModules(root: string): string | undefined {
  for (let current = root; ; current = path.dirname(current)) {
    const modules = path.join(current, 'node_modules');
    if (existsSync(modules)) return modules;
    if (current === path.dirname(current)) return undefined;
  }
}

/** Builds of sessions that were killed. */
async function removeStale(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const folder = path.join(cache, name);
    const age =
      Date.now() -
      (await stat(folder).then(
        (found) => found.mtimeMs,
        () => Date.now(),
      ));
    if (name.startsWith('run-') && age > staleMilliseconds) await rm(folder, { recursive: true, force: true });
  }
}
