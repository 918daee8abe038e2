/** Builds mutants and has the real Mastra run them, in a process that is started anew when one takes it down. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { mutated, type Change } from '../mutant.ts';
import { evidenceOf } from './evidence.ts';
import type { Observation, Request, Trial } from './observation.ts';
import { trialsOf, type WorkflowTrials } from './trials.ts';

/** For the original, whose time says what to expect of mutants on this machine. */
const longest = 120_000;

export interface RealMastra {
  /** What shows that these changes are a mistake; empty when nothing does. */
  readonly evidence: (changes: readonly Change[]) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** Undefined for a project of which no inputs are known. */
export async function startMastra(folder: string): Promise<RealMastra | undefined> {
  const trials = trialsOf(folder);
  if (trials.length === 0) return undefined;
  // In the project, so that Node resolves its packages from there.
  const cache = path.join(folder, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const output = await mkdtemp(path.join(cache, 'mutants-'));
  let observer: ChildProcess | undefined;
  let built = 0;
  let patience = longest;

  async function bundled(changes: readonly Change[]): Promise<{ readonly request: Request } | { error: string }> {
    built += 1;
    const outfile = path.join(output, `${String(built)}.mjs`);
    try {
      const { metafile } = await bundle(folder, trials, changes, outfile);
      const database = pathToFileURL(path.join(output, `${String(built)}.db`)).href;
      return {
        request: {
          url: pathToFileURL(outfile).href,
          database,
          trials: concerned(folder, trials, changes, metafile),
          patience,
        },
      };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  async function observed(request: Request): Promise<Observation | string> {
    observer ??= fork(fileURLToPath(new URL('observer.ts', import.meta.url)), [], {
      cwd: output,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=768'],
      serialization: 'advanced',
    });
    const started = observer;
    // Longer than any workflow is waited for in that process: one that has not answered by then never will.
    const answer = await answerOf(started, request, 3 * patience);
    if (typeof answer === 'string') {
      started.kill('SIGKILL');
      observer = undefined;
    }
    return answer;
  }

  const original = await bundled([]);
  const start = performance.now();
  const before = 'error' in original ? original.error : await observed(original.request);
  // The original runs every workflow, a mutant but a few.
  patience = Math.max(4000, Math.ceil(2 * (performance.now() - start)));
  if (typeof before === 'string') {
    await rm(output, { recursive: true, force: true });
    throw new Error(`${folder} does not run without mutants: ${before}`);
  }

  return {
    async evidence(changes) {
      const mutant = await bundled(changes);
      if ('error' in mutant) return [`it cannot be built: ${mutant.error}`];
      const after = await observed(mutant.request);
      return typeof after === 'string' ? [after] : evidenceOf(before, after);
    },
    async close() {
      observer?.kill('SIGKILL');
      await rm(output, { recursive: true, force: true });
    },
  };
}

/** A sentence when there is no answer. */
async function answerOf(observer: ChildProcess, request: Request, milliseconds: number): Promise<Observation | string> {
  const over = new AbortController();
  const limit = AbortSignal.any([over.signal, AbortSignal.timeout(milliseconds)]);
  try {
    observer.send(request);
    return await Promise.race([
      once(observer, 'message', { signal: limit }).then(([message]: Observation[]) => message ?? 'it says nothing'),
      once(observer, 'exit', { signal: limit }).then(() => 'it takes the process down'),
    ]);
  } catch {
    return 'it does not end';
  } finally {
    over.abort();
  }
}

async function bundle(
  folder: string,
  trials: readonly WorkflowTrials[],
  changes: readonly Change[],
  outfile: string,
): Promise<{ readonly metafile: Metafile }> {
  const exportOf = (name: string, file: string) => `export * as ${name} from ${JSON.stringify(file)};`;
  const changed = [...new Set(changes.map(({ file }) => file))];
  return build({
    stdin: {
      contents: [
        exportOf('entry', path.join(folder, 'src/mastra/index.ts')),
        ...trials.map(({ file }, index) => exportOf(moduleName(index), file)),
        ...changed.map((file, index) => exportOf(`changed${String(index)}`, file)),
      ].join('\n'),
      resolveDir: folder,
      loader: 'ts',
    },
    absWorkingDir: folder,
    bundle: true,
    packages: 'external',
    alias: { '@': path.join(folder, 'src/mastra') },
    format: 'esm',
    platform: 'node',
    target: 'node22',
    logLevel: 'silent',
    metafile: true,
    outfile,
    plugins: [
      {
        name: 'mutants',
        setup(setup) {
          setup.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
            const name = changed.find((each) => path.resolve(each) === path.resolve(file));
            if (name === undefined) return undefined;
            return { contents: mutated(await readFile(file, 'utf8'), name, changes), loader: 'ts' };
          });
        },
      },
    ],
  });
}

function moduleName(index: number): string {
  return `workflow${String(index)}`;
}

/** The workflows that are made with a changed file; all of them when nothing is changed. */
function concerned(
  folder: string,
  trials: readonly WorkflowTrials[],
  changes: readonly Change[],
  { inputs }: Metafile,
): readonly Trial[] {
  const changed = new Set(changes.map(({ file }) => path.resolve(file)));
  const imports = new Map(
    Object.entries(inputs).map(([file, input]) => [
      path.resolve(folder, file),
      input.imports.filter(({ external }) => external !== true).map((each) => path.resolve(folder, each.path)),
    ]),
  );
  return trials.flatMap(({ file, exportName, inputs: given }, index) => {
    const needed = new Set([path.resolve(file)]);
    for (const each of needed) for (const next of imports.get(each) ?? []) needed.add(next);
    if (changed.size > 0 && ![...changed].some((each) => needed.has(each))) return [];
    return given.map((each) => ({ module: moduleName(index), exportName, ...each }));
  });
}
