/** The expression that makes a prompt out of what arrives. */
import type { Mismatch, ShapeField } from '../../../../common/model/flow.ts';
import { pathText } from '../wording.ts';

/** Names of the field that people mean to ask the agent with, the most telling first. */
const usualNames = ['message', 'question', 'query', 'text', 'content', 'input', 'task', 'topic'];

/** Reads `object`: the field that is meant where there is one, else all of it as JSON. */
export function promptText({ arrives }: Mismatch, object: string): string {
  if (arrives.text === 'string') return object;
  const given = arrives.fields?.find(({ name }) => name === 'prompt');
  if (given !== undefined) return promptOf(given, object);
  const texts = arrives.fields?.filter(({ optional, text }) => text === 'string' && !optional) ?? [];
  const [first, ...others] = texts;
  const usual = usualNames.flatMap((wanted) => texts.filter(({ name }) => name === wanted))[0];
  const chosen = usual ?? (others.length === 0 ? first : undefined);
  return chosen === undefined ? `JSON.stringify(${object})` : access(chosen, object);
}

/** A prompt that arrives only sometimes, or is no text. */
function promptOf(field: ShapeField, object: string): string {
  const members = field.text.split(' | ').filter((member) => member !== 'undefined' && member !== 'null');
  if (members.every((member) => member === 'string')) return `${access(field, object)} ?? ''`;
  return `JSON.stringify(${access(field, object)})`;
}

function access({ name }: ShapeField, object: string): string {
  return pathText([object, name]);
}
