/** `npm run bench`: measures everything in one run and says which targets were reached. Ends with 0 whatever the figures. */
import { benchCheck } from './check.ts';
import { benchEditLatency } from './edit-latency.ts';
import { formatVerdict } from './report.ts';
import type { Verdict } from './report.ts';
import { benchSizes } from './sizes.ts';

const sections: readonly { readonly title: string; readonly run: () => Promise<readonly Verdict[]> }[] = [
  { title: 'What it weighs', run: benchSizes },
  { title: 'check against the compilers', run: benchCheck },
  { title: 'Language server while typing', run: benchEditLatency },
];

const lines: string[] = [];
for (const { title, run } of sections) {
  console.log(`\n${title}\n`);
  try {
    lines.push(...(await run()).map(formatVerdict));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.log(reason);
    lines.push(`missed   ${title}: not measured, ${reason.split('\n')[0] ?? ''}`);
  }
}
console.log(`\nTargets\n\n${lines.join('\n')}`);
