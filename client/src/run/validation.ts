/** A step that refused what arrived: which field, what the step wants there, and what the step in front gave. */
import type { Json, RunError } from '../../../common/runlog/events.ts';
import { cutText } from '../../../common/runlog/json.ts';
import { fieldPath } from './check.ts';

const maxValue = 200;

/**
 * One sentence for each field that does not fit, e.g. `mode: expected one of "fast"|"slow"; prepare gave "medium"`. Empty for any
 * other error. Reads Mastra's message, `Step input validation failed: \n- mode: …`: the stream carries nothing else of it.
 */
export function explainValidation(
  error: RunError,
  input: Json | undefined,
  giver: string | undefined,
): readonly string[] {
  if (!/^Step (?:input|resume data|suspend data) validation failed/.test(error.message)) return [];
  const isInput = error.message.startsWith('Step input');
  return error.message.split('\n').flatMap((line) => {
    const [, field, problem] = /^- ([^:]*): (.*)$/.exec(line.trim()) ?? [];
    if (field === undefined || problem === undefined) return [];
    const path = field === '' || field === 'undefined' ? [] : field.split('.');
    const name = path.length === 0 ? 'The whole value' : fieldPath(path);
    const wants = problem.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
    if (!isInput) return [`${name}: ${problem}`];
    return [`${name}: wants ${wants.replace(/^expected /, '')}; ${giver ?? 'what arrived'} gave ${given(input, path)}`];
  });
}

function given(input: Json | undefined, path: readonly string[]): string {
  let value: Json | undefined = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) {
      value = undefined;
      break;
    }
    value = (value as Readonly<Record<string, Json>>)[part];
  }
  return value === undefined ? 'nothing there' : cutText(JSON.stringify(value), maxValue);
}
