/**
 * `npm run corpus -- DIR...`: checks real projects that are checked out with their dependencies, each in a process of its
 * own, and prints what was found in a form to be judged. Ends with 1 when a project took the check down.
 */
import path from 'node:path';
import { measure } from '../bench/measure.ts';
import { formatVerdict } from '../bench/report.ts';
import {
  formatFindings,
  formatProjects,
  formatReasons,
  formatRules,
  sumOf,
  type NamedReport,
  type ProjectReport,
} from './report.ts';

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('Usage: npm run corpus -- DIR...');
  process.exit(2);
}

const reports: NamedReport[] = [];
for (const folder of folders) {
  const name = nameOf(folder);
  console.log(`- ${name} ...`);
  reports.push({ name, ...(await check(folder)) });
}

const all = sumOf(reports);
const sections: readonly (readonly [title: string, text: string])[] = [
  ['Projects', formatProjects(reports)],
  ['Findings by rule', formatRules(reports)],
  ['Why edges are opaque', formatReasons(reports)],
  ['Findings', formatFindings(reports)],
  ['Not read', all.problems.join('\n')],
  ['Crashes', all.crashes.join('\n')],
];
for (const [title, text] of sections) if (text !== '') console.log(`\n${title}\n\n${text}`);

const { opaque, legacy } = all.edges;
const opaqueShare = all.edges.all === 0 ? 0 : (100 * opaque) / all.edges.all;
const verdicts = [
  { target: 'no crash', measured: String(all.crashes.length), reached: all.crashes.length === 0 },
  { target: 'opaque edges at most 8 %', measured: `${opaqueShare.toFixed(1)} %`, reached: opaqueShare <= 8 },
];
console.log(`\nTargets\n\n${verdicts.map(formatVerdict).join('\n')}`);
if (legacy > 0) {
  const both = (100 * (opaque + legacy)) / (all.edges.all + legacy);
  console.log(`\nwith ${String(legacy)} edges in chains as before 0.10: ${both.toFixed(1)} % opaque`);
}
process.exitCode = all.crashes.length === 0 ? 0 : 1;

/** The path below the folder that all projects are in. */
function nameOf(folder: string): string {
  const parents = folders.map((each) => path.dirname(path.resolve(each)).split(path.sep));
  const common = parents.reduce((shared, parent) => {
    const end = shared.findIndex((part, index) => part !== parent[index]);
    return end === -1 ? shared : shared.slice(0, end);
  });
  return path.relative(common.join(path.sep) || path.sep, path.resolve(folder)).replaceAll(path.sep, '/');
}

async function check(folder: string): Promise<ProjectReport> {
  const child = path.join(import.meta.dirname, 'project.ts');
  const { code, stdout, stderr, milliseconds } = await measure(process.execPath, [child, folder], process.cwd());
  // The shape is that of our own process, in the same commit.
  if (code === 0) return JSON.parse(stdout) as ProjectReport;
  const crashes = [`ended with ${code ?? 'a signal'}: ${stderr}`];
  return { ...sumOf([]), milliseconds, crashes };
}
