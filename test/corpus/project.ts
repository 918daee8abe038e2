/** Checks one project, in a process of its own: what takes it down takes only this project. Prints a `ProjectReport`. */
import path from 'node:path';
import { factsOf } from '../../common/model/facts/index.ts';
import { analyse } from '../../server/src/cli/analysis.ts';
import { monitorRules } from '../../server/src/rules/index.ts';
import { normalizeFile } from '../../server/src/typescript/files.ts';
import { edgesOf } from './edges.ts';
import type { ProjectReport } from './report.ts';

const folder = normalizeFile(path.resolve(process.argv[2] ?? '.'));
const name = (file: string): string => path.posix.relative(folder, file);

const crashes: string[] = [];
const monitor = monitorRules({
  onFailure: (rule, error) => crashes.push(`${rule}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`),
  now: () => performance.now(),
});
const start = performance.now();
const result = await analyse([folder], { cwd: folder, name, shapes: false, rules: {}, run: monitor.run });
const milliseconds = performance.now() - start;

const workflows = result.scopes.flatMap((scope) => scope.workflows);
const edges = edgesOf(
  workflows,
  result.scopes.flatMap(({ project }) => factsOf(project, 'legacy-api')),
);
const report: ProjectReport = {
  files: result.scopes.flatMap(({ files }) => files).length,
  workflows: workflows.length,
  mastra: result.scopes.map(({ project: { mastra } }) =>
    mastra.kind === 'installed' ? mastra.version : 'not installed',
  ),
  edges: { ...edges, reasons: [...edges.reasons].toSorted(([, a], [, b]) => b - a) },
  findings: result.scopes
    .flatMap(({ findings }) => findings)
    .map(({ file, range, rule, severity, message }) => ({
      place: `${name(file)}:${String(range.start.line + 1)}:${String(range.start.character + 1)}`,
      rule,
      severity,
      message,
    })),
  suppressed: result.scopes.flatMap(({ suppressed }) => suppressed).length,
  milliseconds,
  crashes: [...crashes, ...result.problems.filter((problem) => problem.includes('could not be analysed'))],
  problems: result.problems.filter((problem) => !problem.includes('could not be analysed')),
};
process.stdout.write(JSON.stringify(report));
