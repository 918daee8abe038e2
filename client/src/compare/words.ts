/** Where two runs part, in a sentence. Run A is the left one, run B the right one. Pure. */
import type { ComparedStep, Parting, RunComparison } from '../../../common/replay/compare.ts';
import { differenceOf, firstChange } from '../../../common/replay/diff.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { cutText } from '../../../common/runlog/json.ts';
import { pathText } from '../../../common/runlog/path.ts';

/** What the sentence is made of. */
export interface PartingFacts {
  readonly comparison: Pick<RunComparison, 'inputDiffers' | 'outputDiffers' | 'left' | 'right'>;
  readonly parting: Parting | undefined;
  /** The step at which they part. */
  readonly step: ComparedStep | undefined;
  readonly title: (step: ComparedStep) => string;
  /** What it took and gave in both runs; undefined for what there is not. */
  readonly values: (what: 'input' | 'output' | 'suspended') => readonly [Json | undefined, Json | undefined];
  readonly runInput: readonly [Json | undefined, Json | undefined];
  /** What the other run did in place of a path that only one took. */
  readonly instead: ComparedStep | undefined;
}

/** Two sentences at most; names and values stand between backticks. */
export function partingText(facts: PartingFacts): string {
  const { comparison, parting, step, title } = facts;
  if (parting === undefined || step === undefined) {
    if (comparison.left.status !== comparison.right.status) {
      return 'Every step did the same in both runs, but the runs ended differently.';
    }
    if (comparison.inputDiffers)
      return `The runs were given different inputs${at(facts.runInput)}, and no step shows it.`;
    return comparison.outputDiffers
      ? 'Every step took and gave the same in both runs, but the runs gave different outputs.'
      : 'The runs do not part: every step took and gave the same in both.';
  }
  const name = `\`${title(step)}\`${detailOf(step) === undefined ? '' : ` (${detailOf(step)})`}`;
  const given = comparison.inputDiffers ? `The runs were given different inputs${at(facts.runInput)}. ` : '';
  return `${given}${sentence(facts, parting, step, name, given !== '')}`;
}

function sentence(facts: PartingFacts, parting: Parting, step: ComparedStep, name: string, given: boolean): string {
  const only = step.left === undefined ? 'B' : 'A';
  const other = only === 'A' ? 'B' : 'A';
  switch (parting.reason) {
    case 'input':
      return given
        ? `The first step that shows it is ${name}${elsewhere(facts)}.`
        : `The runs part at ${name}: it was given something else${at(facts.values('input'))}.`;
    case 'output':
      return `The runs part at ${name}: from the same input it made something else${at(facts.values('output'))}.`;
    case 'suspended':
      return `The runs part at ${name}: it waited with something else${at(facts.values('suspended'))}.`;
    case 'status':
      return `The runs part at ${name}: from the same input it ${ended(step.left)} in run A and ${ended(step.right)} in run B.`;
    case 'error':
      return `The runs part at ${name}: it failed in both, with ${errorOf(step.left)} in run A and ${errorOf(step.right)} in run B.`;
    case 'branch': {
      const instead = facts.instead === undefined ? 'did not' : `went on with \`${facts.title(facts.instead)}\``;
      return `The runs part at the branch in front of ${name}: run ${only} took it, run ${other} ${instead}.`;
    }
    case 'rounds':
      return `The runs part at ${name}: only run ${only} went on to it.`;
    case 'items':
      return `The runs part at ${name}: only run ${only} had it.`;
    case 'missing':
      return `The runs part at ${name}: only run ${only} came to it.`;
  }
}

/** `iteration 2`, `item 3`; undefined for a step that ran once. */
export function detailOf({ iteration, time, item }: ComparedStep): string | undefined {
  if (item !== undefined) return `item ${item + 1}`;
  if (iteration !== undefined) return `iteration ${iteration}`;
  return time === undefined ? undefined : `time ${time}`;
}

const ends = {
  running: 'was still running',
  waiting: 'was still waiting',
  success: 'succeeded',
  failed: 'failed',
  suspended: 'was suspended',
  canceled: 'was canceled',
} as const;

function ended(side: ComparedStep['left']): string {
  if (side === undefined) return 'did not run';
  const error = side.status === 'failed' && side.error !== undefined ? ` (${errorOf(side)})` : '';
  return `${ends[side.status]}${error}`;
}

function errorOf(side: ComparedStep['left']): string {
  return side?.error === undefined ? 'no error' : inline(side.error.message.split('\n')[0] ?? '');
}

/** What the step was given, when that differs in another way than what the runs were given. */
function elsewhere(facts: PartingFacts): string {
  const text = at(facts.values('input'));
  return text === at(facts.runInput) ? '' : text;
}

/** Characters of a value in the sentence. */
const maxValue = 60;

/** ` (items[0].quantity: 1 and 2)`: the first part that is different. */
function at([left, right]: readonly [Json | undefined, Json | undefined]): string {
  if (left === undefined || right === undefined) {
    const side = left === undefined ? 'B' : 'A';
    return left === right ? '' : ` (only run ${side} has one)`;
  }
  const change = firstChange(differenceOf(left, right));
  if (change === undefined) return '';
  const { path, difference } = change;
  const place = path.length === 0 ? '' : `${inline(pathText(path))}: `;
  switch (difference.kind) {
    case 'changed':
      return ` (${place}${valueText(difference.before)} and ${valueText(difference.after)})`;
    case 'removed':
      return ` (${inline(pathText(path))} in run A only)`;
    case 'added':
      return ` (${inline(pathText(path))} in run B only)`;
  }
}

function valueText(value: Json): string {
  const text = JSON.stringify(value);
  return inline(text.length > maxValue ? `${text.slice(0, maxValue - 1)}…` : text);
}

/** Backticks mark names and values, so there are none in them. */
function inline(text: string): string {
  return `\`${cutText(text, 200).replaceAll('`', '’')}\``;
}
