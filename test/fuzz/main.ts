/**
 * `npm run fuzz`: 10,000 random edits on the sample projects; says whether the server took them, and how long its slowest
 * answer took. `--edits N` and `--seed N` choose others. Ends with 1 when something went wrong or hung.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatSeconds, formatVerdict } from '../bench/report.ts';
import { projects } from '../harness/paths.ts';
import { fuzz, mastraFiles, slowMilliseconds } from './fuzz.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, edits: { type: 'string', default: '10000' } },
});
const names = ['orders', 'broken'];
const faults: string[] = [];
let edits = 0;
let slowest = 0;
const start = performance.now();
for (const name of names) {
  const folder = path.join(projects, name);
  const sources = readdirSync(path.join(folder, 'src'), { recursive: true, encoding: 'utf8' });
  let shown = 0;
  const result = await fuzz({
    folder,
    files: mastraFiles(
      folder,
      sources.map((source) => `src/${source}`),
    ),
    edits: Math.round(Number(values.edits) / names.length),
    seed: Number(values.seed),
    onProgress(done) {
      if (done < shown + 500) return;
      shown = done;
      console.log(`- ${name}: ${String(done)} edits`);
    },
  });
  faults.push(...result.faults.map((fault) => `${name} ${fault}`));
  edits += result.edits;
  slowest = Math.max(slowest, result.slowestMilliseconds);
}
if (faults.length > 0) console.log(`\nFaults\n\n${faults.join('\n')}`);
const verdicts = [
  { target: `${values.edits} edits`, measured: String(edits), reached: edits >= Number(values.edits) },
  {
    target: 'no crash, and everything as before when undone',
    measured: `${String(faults.length)} faults`,
    reached: faults.length === 0,
  },
  { target: 'no answer takes longer than 2 s', measured: formatSeconds(slowest), reached: slowest <= slowMilliseconds },
];
console.log(`\nTargets\n\n${verdicts.map(formatVerdict).join('\n')}\n\nin ${formatSeconds(performance.now() - start)}`);
process.exitCode = verdicts.every(({ reached }) => reached) ? 0 : 1;
