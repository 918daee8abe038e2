/** From the command to the first event of a step: embedded, with nothing prepared and with a process that waits, and over a cold `mastra dev`. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createEmbeddedServer } from '../../client/src/run/embedded.ts';
import { createRunService } from '../../client/src/run/service.ts';
import { sessionTools } from '../run/project.ts';
import { fakeSurface } from '../run/surface.ts';
import { connectTo, inputs } from '../servers/connect.ts';
import { freePort, startMastra } from '../servers/process.ts';
import { copyOrders } from '../servers/project.ts';
import type { ServedProject } from '../servers/project.ts';
import { median } from './measure.ts';
import { formatMilliseconds, formatRatio, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const rounds = 4;
/** Each takes a quarter of a minute. */
const devRounds = 2;
const readingMilliseconds = 5_000;
const targets = { cold: 2_500, warm: 300, sooner: 5 };
const input = { orderId: '1001', weightGrams: 970 };

/** All on the same copy of the sample project, with its storage on disk and the runner as it ships. */
export async function benchRun(): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mastra-bench-run-'));
  const project = copyOrders();
  try {
    const runner = path.join(folder, 'runner.mjs');
    await build({
      entryPoints: [sessionTools.runner],
      outfile: runner,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      minify: true,
      keepNames: true,
    });
    const times = { cold: [] as number[], warm: [] as number[], dev: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const { cold, warm } = await measure(project.root, runner);
      times.cold.push(cold);
      times.warm.push(warm);
      if (round < devRounds) times.dev.push(await measureDev(project));
    }
    // What other programs do at the same time makes it slower, never faster.
    const ratio = Math.min(...times.dev) / median(times.cold);
    const row = (name: string, all: readonly number[]): readonly string[] => [
      name,
      ...[Math.min(...all), median(all), Math.max(...all)].map(formatMilliseconds),
    ];
    console.log(
      formatTable(
        ['command to first event of a step', 'fastest', 'median', 'slowest'],
        [row('embedded, cold', times.cold), row('embedded, warm', times.warm), row('mastra dev, cold', times.dev)],
      ),
    );
    return [
      ...(['cold', 'warm'] as const).map((kind) => ({
        target: `embedded run, ${kind}, at most ${targets[kind]} ms`,
        measured: formatMilliseconds(median(times[kind])),
        reached: median(times[kind]) <= targets[kind],
      })),
      {
        target: `embedded run, cold, at least ${targets.sooner} times sooner than the fastest cold mastra dev`,
        measured: `${formatRatio(ratio)}, ${formatMilliseconds(Math.min(...times.dev))}`,
        reached: ratio >= targets.sooner,
      },
    ];
  } finally {
    project.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the start of `mastra dev` to the first event of a step of a run that is started once it answers. */
async function measureDev(project: ServedProject): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const server = await startMastra(project, ['dev'], port);
  const run = connectTo(server.address, { id: 'fulfil-order' });
  try {
    await run.connection.loaded;
    const over = run.connection.start(inputs(input));
    const ended = over.then(() => true);
    const started = (): boolean => run.events.some(({ type }) => type === 'step-started');
    const pause = (): Promise<boolean> => new Promise((resolve) => setTimeout(() => resolve(false), 2));
    while (!started() && !(await Promise.race([ended, pause()])));
    const first = performance.now() - begun;
    await over;
    if (!started()) throw new Error('No step was started at mastra dev');
    return first;
  } finally {
    await run.connection.dispose();
    await server.kill();
  }
}

/** Milliseconds of a first run, and of one when a process waits. */
async function measure(project: string, runner: string): Promise<{ readonly cold: number; readonly warm: number }> {
  const fake = fakeSurface(project);
  fake.settings = { 'run.nodePath': process.execPath };
  const embedded = createEmbeddedServer({
    vscode: fake.surface,
    tools: { esbuild: sessionTools.esbuild, runner },
    environment: { ...process.env, DATABASE_URL: `file:${path.join(project, 'bench.db')}` },
  });
  const service = createRunService({
    vscode: fake.surface,
    context: {
      globalStorageUri: fake.surface.Uri.file(path.join(project, 'storage')),
      workspaceState: { keys: () => [], get: () => undefined, update: () => Promise.resolve() },
    },
    log: { info: () => undefined, error: (message: string) => console.log(message) },
    output: { append: () => undefined, show: () => undefined },
    servers: { current: () => embedded, find: () => embedded },
  });
  const uri = pathToFileURL(path.join(project, 'src/mastra/workflows/fulfil-order.ts')).href;
  const names = { id: 'fulfil-order', name: 'fulfilOrderWorkflow', exportName: 'fulfilOrderWorkflow' };
  const workflow = { ...names, key: 'bench', uri, description: undefined, line: 0, steps: 1 };
  const run = async (): Promise<number> => {
    const begun = performance.now();
    let first: number | undefined;
    const listener = service.onRunEvent(({ event }) => {
      if (event.type === 'step-started') first ??= performance.now();
    });
    await service.run({ uri, workflow, input });
    listener.dispose();
    if (first === undefined) throw new Error(`No step was started: ${fake.messages.join('; ')}`);
    return first - begun;
  };
  try {
    const cold = await run();
    // A person looks at the result; meanwhile the process that waits loads the project.
    await new Promise((resolve) => setTimeout(resolve, readingMilliseconds));
    return { cold, warm: await run() };
  } finally {
    await service.dispose();
    await embedded.dispose();
  }
}
