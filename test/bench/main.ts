/**
 * `npm run bench`: measures everything in one run and says which targets were reached. Ends with 0 whatever the figures.
 * `npm run bench -- typing` measures only that; so do the other names below.
 */
import { build } from '../harness/build.ts';
import { benchCheck } from './check.ts';
import { benchEditLatency } from './edit-latency.ts';
import { benchLayout } from './graph/layout.ts';
import { benchPaint } from './graph/paint.ts';
import { benchPan } from './graph/pan.ts';
import { benchLanguageFeatures } from './language-features.ts';
import { benchRecording } from './recording.ts';
import { formatVerdict } from './report.ts';
import type { Verdict } from './report.ts';
import { benchRun } from './run.ts';
import { benchSeek } from './seek.ts';
import { benchSizes } from './sizes.ts';
import { benchStudio } from './studio.ts';

const sections: readonly {
  readonly name: string;
  readonly title: string;
  readonly run: () => Promise<readonly Verdict[]>;
}[] = [
  { name: 'sizes', title: 'What it weighs', run: benchSizes },
  { name: 'check', title: 'check against the compilers', run: benchCheck },
  { name: 'typing', title: 'Language server while typing', run: benchEditLatency },
  { name: 'run', title: 'Running a workflow', run: benchRun },
  { name: 'features', title: 'Language server when asked', run: benchLanguageFeatures },
  { name: 'recording', title: 'Recording a run', run: benchRecording },
  { name: 'studio', title: 'A large workflow, beside Mastra Studio', run: benchStudio },
  { name: 'seek', title: 'Showing a moment of a run', run: benchSeek },
  { name: 'layout', title: 'Layout of a workflow', run: benchLayout },
  { name: 'paint', title: 'First picture of a workflow', run: benchPaint },
  { name: 'pan', title: 'Moving a large workflow', run: benchPan },
];

// What is measured is what the sources say now.
await build({ tests: false });

const lines: string[] = [];
const wanted = process.argv.slice(2);
for (const { name, title, run } of sections) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
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
