/** A value against the schema that a server tells. */
import type { Json } from '../../../../common/runlog/events.ts';
import { checkValue, fieldOf } from '../../../../common/schema/index.ts';
import type { InputIssue } from '../protocol.ts';

/**
 * What is surely wrong with `value`; empty when it fits, and without a schema. A server's schema tells what a value becomes, not what
 * it may be before: a text where a number or a truth value is wanted may be converted (`z.coerce`, `z.stringbool`), so `"5"` is left
 * for the server to judge, and `"five"` is not.
 */
export function issuesOf(schema: Json | undefined, value: Json): readonly InputIssue[] {
  if (schema === undefined) return [];
  const field = fieldOf(schema);
  return checkValue(field, value).filter(({ path }) => {
    const converted = conversionOf(valueAt(value, path));
    if (converted === undefined) return true;
    const again = checkValue(field, replaced(value, path, converted));
    return again.some((issue) => issue.path.join('\n') === path.join('\n'));
  });
}

/** What a text may stand for besides itself. */
function conversionOf(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  if (/^(true|false|yes|no|on|off|y|n|enabled|disabled)$/i.test(value.trim())) return true;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function valueAt(value: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, part) => partOf(inner, part), value);
}

function partOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** A copy of `value` with another part at `path`. */
function replaced(value: Json, path: readonly string[], part: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return part;
  if (typeof value !== 'object' || value === null) return value;
  const change = (key: string, inner: Json): Json => (key === name ? replaced(inner, rest, part) : inner);
  if (Array.isArray(value)) return value.map((inner: Json, index) => change(String(index), inner));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(key, inner)]));
}
