/** What is wrong with an input, in one line that names the field. */
import type { Json } from '../../../common/runlog/events.ts';
import type { InputIssue } from './protocol.ts';

export type Parsed =
  { readonly kind: 'value'; readonly value: Json } | { readonly kind: 'broken'; readonly message: string };

/** JSON text as a value. An empty text is `{}`: most workflows without fields are started so. */
export function parseInput(text: string): Parsed {
  if (text.trim() === '') return { kind: 'value', value: {} };
  try {
    return { kind: 'value', value: JSON.parse(text) as Json };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'broken', message: `Not JSON: ${reason}` };
  }
}

/** `items.0.qty: Invalid input: expected number, received string (and 2 more)`; undefined without issues. */
export function issuesText(issues: readonly InputIssue[]): string | undefined {
  const [first] = issues;
  if (first === undefined) return undefined;
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : '';
  const field = first.path.length === 0 ? '' : `${fieldPath(first.path)}: `;
  return `${field}${first.message}${more}`;
}

/** `items[0].qty`, as one would write it. */
export function fieldPath(path: readonly string[]): string {
  return path.reduce((text, part) => {
    if (/^\d+$/.test(part)) return `${text}[${part}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
