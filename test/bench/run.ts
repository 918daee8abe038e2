/** From the command to the first event of a step, with nothing prepared and with a process that waits. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createEmbeddedServer } from '../../client/src/run/embedded.ts';
import { createRunService } from '../../client/src/run/service.ts';
import { ordersFolder } from '../projects/orders.expected.ts';
import { sessionTools } from '../run/project.ts';
import { fakeSurface } from '../run/surface.ts';
import { workspaceCopy } from '../harness/workspace.ts';
import { median } from './measure.ts';
import { formatMilliseconds, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const rounds = 5;
const readingMilliseconds = 6_000;
const targets = { cold: 2_500, warm: 300 };

/** On the sample project, with its storage on disk and the runner as it ships. */
export async function benchRun(): Promise<readonly Verdict[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mastra-bench-run-'));
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
    const project = workspaceCopy(ordersFolder, path.join(folder, 'orders'));
    const times = { cold: [] as number[], warm: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const { cold, warm } = await measure(project, runner);
      times.cold.push(cold);
      times.warm.push(warm);
    }
    const spread = (all: readonly number[]): readonly string[] =>
      [median(all), Math.max(...all)].map(formatMilliseconds);
    console.log(
      formatTable(
        ['command to first event of a step', 'median', 'slowest'],
        [
          ['embedded, cold', ...spread(times.cold)],
          ['embedded, warm', ...spread(times.warm)],
        ],
      ),
    );
    return (['cold', 'warm'] as const).map((kind) => ({
      target: `embedded run, ${kind}, at most ${targets[kind]} ms`,
      measured: formatMilliseconds(median(times[kind])),
      reached: median(times[kind]) <= targets[kind],
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
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
  const input = { orderId: '1001', weightGrams: 970 };
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
