import type { FormerChainFact } from '../../../../common/model/facts/legacy-api.ts';
import { code } from '../wording.ts';
import { isAtLeast } from '../../project/version.ts';
import type { Verdict } from './verdict.ts';

/** What does the same, by method. */
const instead: ReadonlyMap<string, string> = new Map([
  ['step', 'add steps with `.then(step)`, and steps that run beside each other with `.parallel([...])`'],
  ['after', '`.parallel([...])` waits for all of its steps, and `.then(step)` goes on after them'],
  ['if', 'use `.branch([[condition, step]])`'],
  ['else', 'use `.branch([[condition, step]])` with a condition for the other case'],
  ['while', 'use `.dowhile(step, condition)`'],
  ['until', 'use `.dountil(step, condition)`'],
  ['waitForEvent', 'let a step `suspend`, and `resume` the run when the event arrives'],
  ['sendEvent', '`resume` a run whose step is suspended'],
]);

export function formerChain({ method }: FormerChainFact, version: string): Verdict | undefined {
  const isEvent = method === 'waitForEvent' || method === 'sendEvent';
  if (!isAtLeast(version, isEvent ? 1 : 0, isEvent ? 0 : 10)) return undefined;
  const since = isEvent ? '1.0' : '0.10';
  return {
    severity: 'error',
    message: `${method === 'sendEvent' ? 'Runs' : 'Workflows'} have no ${code(`.${method}`)} since @mastra/core ${since}, so this throws; ${instead.get(method) ?? 'use `.then(step)`'}.`,
    fix: 'Write `.then`',
  };
}
