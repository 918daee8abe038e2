/** What a run is given by another part of the extension, not by a form. */
import type { Json } from '../../../common/runlog/events.ts';
import { toJson } from '../../../common/runlog/json.ts';
import type { Attempt } from './attempt.ts';
import { issuesText } from './check.ts';
import type { CheckedPart } from './protocol.ts';

export type Checked =
  { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'wrong'; readonly message: string };

/** The value as JSON when the workflow's own schema takes it, else what is wrong with it, in a sentence. */
export async function checkGiven(attempt: Attempt, part: CheckedPart, value: unknown): Promise<Checked> {
  const json = toJson(value);
  const issues = issuesText(await attempt.connection.validate(part, json));
  if (issues === undefined) return { kind: 'value', value: json };
  const what = part === 'input' ? 'input' : 'answer';
  return { kind: 'wrong', message: `The ${what} of ${attempt.title} does not fit: ${issues}` };
}

/** What was asked for, or undefined when the author gave up or the workflow could not be loaded: `failure` knows why. */
export async function unlessFailed<T>(attempt: Attempt, work: Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    // Anything else is a mistake of ours and must not be lost.
    if (attempt.failure() === undefined) throw error;
    return undefined;
  }
}
