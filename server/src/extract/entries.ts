/** Builder calls to entries: one reader per construct. */
import { nameText } from '../typescript/ast.ts';
import { agentEntry, classifierEntry, stepEntry, toolEntry } from './single.ts';
import { branchEntry } from './branch.ts';
import { formerMethods, formerReason } from './builder.ts';
import type { Context } from './context.ts';
import { opaqueDraft, placeOf, type Draft, type DraftReader, type Segment } from './draft.ts';
import { foreachEntry } from './foreach.ts';
import { loopEntry } from './loop.ts';
import { mapEntry } from './map.ts';
import { parallelEntry } from './parallel.ts';
import { sleepEntry } from './sleep.ts';

const readers: Readonly<Record<string, DraftReader>> = {
  then: stepEntry,
  agent: agentEntry,
  tool: toolEntry,
  classifier: classifierEntry,
  map: mapEntry,
  parallel: parallelEntry,
  branch: branchEntry,
  dowhile: loopEntry,
  dountil: loopEntry,
  foreach: foreachEntry,
  sleep: sleepEntry,
  sleepUntil: sleepEntry,
};

/** The entry of a builder call; `commit()` has none and must not be asked for. */
export async function readEntry(context: Context, segment: Segment): Promise<Draft> {
  const method = nameText(segment.method) ?? '';
  if (segment.uncertain !== undefined) return opaqueDraft(placeOf(segment), segment.uncertain);
  if (formerMethods.has(method)) return opaqueDraft(placeOf(segment), formerReason(method));
  const reader = readers[method];
  return reader === undefined ? opaqueDraft(placeOf(segment), `.${method}() is not known`) : reader(context, segment);
}
