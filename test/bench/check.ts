/** `check` against the compilers on the same files: wall time and memory of each, medians of interleaved repetitions. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateProject } from './generate.ts';
import type { GeneratedProject, ProjectSize } from './generate.ts';
import { measure, median } from './measure.ts';
import type { Measurement } from './measure.ts';
import { formatMegabytes, formatRatio, formatSeconds, formatTable } from './report.ts';
import type { Verdict } from './report.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Tool {
  readonly name: 'check' | 'tsc 7' | 'tsc 6';
  arguments(project: GeneratedProject): readonly string[];
}

const tools: readonly Tool[] = [
  {
    name: 'check',
    arguments: ({ folder }) => [path.join(root, 'dist/cli.js'), 'check', '--format', 'json', folder],
  },
  {
    name: 'tsc 7',
    arguments: ({ folder }) => [path.join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder],
  },
  {
    name: 'tsc 6',
    arguments: ({ folder }) => [path.join(root, 'test/lint/node_modules/typescript/bin/tsc'), '--noEmit', '-p', folder],
  },
];

/** With the repetitions of each; the targets are about the one with 100 files. */
const sizes: readonly (ProjectSize & { readonly repetitions: number })[] = [
  { files: 1, steps: 10, repetitions: 5 },
  { files: 20, steps: 20, repetitions: 5 },
  { files: 100, steps: 20, repetitions: 3 },
  { files: 1, steps: 150, repetitions: 3 },
  { files: 300, steps: 5, repetitions: 3 },
];

/** Measures all sizes and prints a table of each; the answer is what was to be reached. */
export async function benchCheck(): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { repetitions, ...size } of sizes) {
    const project = generateProject(size);
    try {
      const results = await measureTools(project, repetitions);
      const time = (name: Tool['name']): number => median(of(results, name).map((result) => result.milliseconds));
      const rows: string[][] = [];
      for (const { name } of tools) {
        const peaks = of(results, name).flatMap((result) => result.peakBytes ?? []);
        rows.push([
          name,
          formatSeconds(time(name)),
          formatMegabytes(peaks.length === 0 ? undefined : median(peaks)),
          name === 'tsc 7' ? '' : formatRatio(time(name) / time('tsc 7')),
          name === 'tsc 6' ? '' : formatRatio(time(name) / time('tsc 6')),
        ]);
      }
      console.log(
        `${formatTable([`${size.files} x ${size.steps}`, 'time', 'peak memory', 'of tsc 7', 'of tsc 6'], rows)}\n`,
      );
      if (size.files === 100) {
        verdicts.push(verdictOf(size, time('check') / time('tsc 7'), 'tsc 7', 1.3));
        verdicts.push(verdictOf(size, time('check') / time('tsc 6'), 'tsc 6', 1 / 3));
      }
    } finally {
      project.remove();
    }
  }
  return verdicts;
}

async function measureTools(
  project: GeneratedProject,
  repetitions: number,
): Promise<ReadonlyMap<Tool['name'], readonly Measurement[]>> {
  const results = new Map<Tool['name'], Measurement[]>(tools.map(({ name }) => [name, []]));
  // The first round only fills the file cache. The tools take turns, so that a busy moment of the machine hits all alike.
  for (let round = 0; round <= repetitions; round++) {
    for (const tool of tools) {
      const result = await measure(process.execPath, tool.arguments(project), project.folder);
      expectClean(tool, project, result);
      if (round > 0) results.get(tool.name)?.push(result);
    }
  }
  return results;
}

/** A tool that failed, or that did not look at everything, was not measured. */
function expectClean(tool: Tool, project: GeneratedProject, result: Measurement): void {
  const problem = result.code === 0 ? (tool.name === 'check' ? missed(project, result.stdout) : undefined) : 'failed';
  if (problem !== undefined) {
    const output = `${result.stderr}${result.stdout}`.slice(0, 2000);
    throw new Error(`${tool.name} ${problem} on ${project.files} x ${project.steps}:\n${output}`);
  }
}

function missed(project: GeneratedProject, stdout: string): string | undefined {
  const report: unknown = JSON.parse(stdout);
  if (typeof report !== 'object' || report === null || !('workflows' in report) || !('opaque' in report)) {
    return 'printed something else than a report';
  }
  if (report.workflows !== project.files) return `found ${String(report.workflows)} workflows`;
  return Array.isArray(report.opaque) && report.opaque.length === 0 ? undefined : 'could not read everything';
}

function of(results: ReadonlyMap<Tool['name'], readonly Measurement[]>, name: Tool['name']): readonly Measurement[] {
  return results.get(name) ?? [];
}

function verdictOf(size: ProjectSize, ratio: number, against: string, limit: number): Verdict {
  return {
    target: `check on ${size.files} x ${size.steps} at most ${formatRatio(limit)} ${against}`,
    measured: formatRatio(ratio),
    reached: ratio <= limit,
  };
}
