/**
 * `npm run mutate [-- DIR...]`: plants mistakes in valid workflows (those of test/projects/orders when none are given) and
 * says how many were found, at the right place, by the right rule. `--seed N` and `--per-kind N` choose the mistakes.
 * Whether a mutant is a mistake at all says the compiler, or a run of the real Mastra: they are asked about every mutant that
 * was not found, and about `--run N` others of each kind (`--run all`). `--evidence` prints what they say.
 * Ends with 1 when a project is not clean to begin with, too little is found, or what is no mistake is reported as one.
 */
import { parseArgs } from 'node:util';
import { formatSeconds, formatVerdict } from '../bench/report.ts';
import { projects } from '../harness/paths.ts';
import { openProject } from './project.ts';
import { alarmsOf, formatEvidence, formatKinds, formatMisses, formatMutants, formatTruth } from './report.ts';
import { kinds } from './kinds/index.ts';
import { judgeMutant, plan, type Judged } from './run.ts';
import { askOracles, type Known } from './truth.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    'per-kind': { type: 'string', default: '25' },
    run: { type: 'string', default: '3' },
    evidence: { type: 'boolean', default: false },
  },
});
const folders = positionals.length > 0 ? positionals : [`${projects}/orders`];
const start = performance.now();

const asked = values.run === 'all' ? Infinity : Number(values.run);
const all: Known[] = [];
const ahead = new Set<string>();
const unclean: string[] = [];
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
    const name = `- ${project.name}:`;
    const progress = (count: number) => {
      if (count % 50 === 0) console.log(`${name} ${String(count)} put before the compiler and Mastra`);
    };
    all.push(...(await askOracles(project, judged, asked, progress)));
  } finally {
    await project.close();
  }
}

const mistakes = all.filter(({ truth }) => truth.kind !== 'harmless');
const found = mistakes.filter(({ outcome }) => outcome === 'found').length;
const harmless = all.filter(({ truth }) => truth.kind === 'harmless');
const alarms = alarmsOf(all);
const unknowable = kinds.flatMap(({ name, oracle }) =>
  typeof oracle === 'string' || !all.some(({ mutant }) => mutant.kind === name) ? [] : [`${name}: ${oracle.none}`],
);
const sections: readonly (readonly [title: string, text: string])[] = [
  ['Kinds', formatKinds(all)],
  ['Not found', formatMisses(mistakes)],
  ['What the compiler and a run say', formatTruth(all)],
  ['Neither knows', unknowable.join('\n')],
  ['Evidence', values.evidence ? formatEvidence(all) : ''],
  ['Seeded but harmless', formatMutants(harmless.filter((each) => !alarms.includes(each)))],
  ['Harmless, and reported as an error or a warning', formatMutants(alarms)],
  ['Kinds whose rule is not there yet', [...ahead].join(', ')],
  ['Reported without any mutant', unclean.join('\n')],
];
for (const [title, text] of sections) if (text !== '') console.log(`\n${title}\n\n${text}`);
const share = mistakes.length === 0 ? 0 : (100 * found) / mistakes.length;
const verdicts = [
  { target: 'at least 500 mutants', measured: String(all.length), reached: all.length >= 500 },
  { target: 'at least 98 % found', measured: `${share.toFixed(1)} %`, reached: share >= 98 },
  { target: 'no harmless one is reported as wrong', measured: String(alarms.length), reached: alarms.length === 0 },
  { target: 'nothing reported without mutants', measured: String(unclean.length), reached: unclean.length === 0 },
];
console.log(`\nTargets\n\n${verdicts.map(formatVerdict).join('\n')}\n\nin ${formatSeconds(performance.now() - start)}`);
process.exitCode = share >= 98 && unclean.length === 0 && alarms.length === 0 ? 0 : 1;
