/**
 * `npm run mutate [-- DIR...]`: plants mistakes in valid workflows (those of test/projects/orders when none are given) and
 * says how many were found, at the right place, by the right rule. `--seed N` and `--per-kind N` choose the mistakes;
 * `--compile N` says of how many of each kind the compiler is asked as well, where it can see them.
 * Ends with 1 when a project is not clean to begin with, or too little is found.
 */
import { parseArgs } from 'node:util';
import { formatSeconds, formatVerdict } from '../bench/report.ts';
import { projects } from '../harness/paths.ts';
import { openProject } from './project.ts';
import { formatKinds, formatMisses } from './report.ts';
import { judgeMutant, plan, type Judged } from './run.ts';
import { askCompiler } from './truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    'per-kind': { type: 'string', default: '25' },
    compile: { type: 'string', default: '1' },
  },
});
const folders = positionals.length > 0 ? positionals : [`${projects}/orders`];
const start = performance.now();

const all: Judged[] = [];
const ahead = new Set<string>();
const unclean: string[] = [];
let [asked, rejected] = [0, 0];
for (const folder of folders) {
  const project = await openProject(folder);
  try {
    for (const { severity, rule, message } of project.findings) {
      if (severity === 'error' || severity === 'warning') unclean.push(`${project.name}: ${rule}: ${message}`);
    }
    const planned = plan(project, Number(values['per-kind']), Number(values.seed));
    for (const { name } of planned.ahead) ahead.add(name);
    console.log(`- ${project.name}: ${String(planned.mutants.length)} mutants ...`);
    const judged: Judged[] = [];
    for (const mutant of planned.mutants) {
      judged.push(await judgeMutant(project, mutant));
      if (judged.length % 100 === 0) console.log(`- ${project.name}: ${String(judged.length)} judged`);
    }
    const truth = await askCompiler(project, judged, Number(values.compile));
    all.push(...truth.mistakes);
    asked += truth.asked;
    rejected += truth.rejected;
  } finally {
    await project.close();
  }
}

const found = all.filter(({ outcome }) => outcome === 'found').length;
console.log(`\nKinds\n\n${formatKinds(all)}`);
const misses = formatMisses(all);
if (misses !== '') console.log(`\nNot found\n\n${misses}`);
if (asked > 0) {
  console.log(`\nOf ${String(asked)} that were found the compiler sees ${String(rejected)}.`);
}
if (ahead.size > 0) console.log(`\nKinds whose rule is not there yet: ${[...ahead].join(', ')}`);
if (unclean.length > 0) console.log(`\nReported without any mutant\n\n${unclean.join('\n')}`);
const share = all.length === 0 ? 0 : (100 * found) / all.length;
const verdicts = [
  { target: 'at least 500 mutants', measured: String(all.length), reached: all.length >= 500 },
  { target: 'at least 98 % found', measured: `${share.toFixed(1)} %`, reached: share >= 98 },
  { target: 'nothing reported without mutants', measured: String(unclean.length), reached: unclean.length === 0 },
];
console.log(`\nTargets\n\n${verdicts.map(formatVerdict).join('\n')}\n\nin ${formatSeconds(performance.now() - start)}`);
process.exitCode = share >= 98 && unclean.length === 0 ? 0 : 1;
