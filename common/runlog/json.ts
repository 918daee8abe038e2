/** Values of a running program as plain JSON of bounded size, whatever they are: cycles, class instances, errors, 50 MB strings. */
import type { Json } from './events.ts';

export interface JsonLimits {
  /** Characters of JSON text for the whole value, roughly; what comes later is cut. */
  readonly characters: number;
  /** Characters of one string. */
  readonly string: number;
  readonly depth: number;
}

export const defaultJsonLimits: JsonLimits = { characters: 262_144, string: 65_536, depth: 40 };

interface Budget {
  left: number;
  readonly limits: JsonLimits;
  readonly open: Set<object>;
}

/**
 * `value` as JSON.stringify would have it (toJSON, dropped functions and undefined fields, NaN as null), except that it
 * never throws and has bounded size. What JSON cannot hold becomes a text that says so: `[circular]`, `[bigint 12]`,
 * `… 3 more items`. An error becomes `{ name, message }`.
 */
export function toJson(value: unknown, limits: JsonLimits = defaultJsonLimits): Json {
  return convert(value, { left: limits.characters, limits, open: new Set() }, 0) ?? null;
}

/** `text` cut at `limit` characters with a note of what is missing. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}… ${text.length - limit} more characters`;
}

function convert(value: unknown, budget: Budget, depth: number): Json | undefined {
  switch (typeof value) {
    case 'string':
      return charge(cutText(value, Math.max(0, Math.min(budget.limits.string, budget.left))), budget);
    case 'number':
      budget.left -= 8;
      // JSON has no -0.
      return Number.isFinite(value) ? value + 0 : null;
    case 'boolean':
      budget.left -= 5;
      return value;
    case 'bigint':
      return charge(`[bigint ${value}]`, budget);
    case 'undefined':
    case 'function':
    case 'symbol':
      return undefined;
    case 'object':
      if (value === null) return null;
      return convertObject(value, budget, depth);
  }
}

function charge(text: string, budget: Budget): string {
  budget.left -= text.length + 3;
  return text;
}

function convertObject(value: object, budget: Budget, depth: number): Json | undefined {
  if (budget.open.has(value)) return charge('[circular]', budget);
  if (depth >= budget.limits.depth) return charge('[nested too deeply]', budget);
  budget.open.add(value);
  try {
    return convertOpen(value, budget, depth);
  } catch (error) {
    // A getter, proxy or toJSON of the author's threw.
    return charge(`[unreadable: ${cutText(String(messageOf(error)), 200)}]`, budget);
  } finally {
    budget.open.delete(value);
  }
}

function convertOpen(value: object, budget: Budget, depth: number): Json | undefined {
  if (hasToJson(value)) {
    const replaced = value.toJSON();
    if (replaced !== value) return convert(replaced, budget, depth + 1);
  }
  if (Array.isArray(value)) return convertItems(value, value.length, budget, depth);
  if (value instanceof Map) return convertItems(value.entries(), value.size, budget, depth);
  if (value instanceof Set) return convertItems(value.values(), value.size, budget, depth);
  if (value instanceof Error) return { name: value.name, message: cutText(value.message, budget.limits.string) };
  if (ArrayBuffer.isView(value)) return charge(`[${value.constructor.name} of ${value.byteLength} bytes]`, budget);
  if (value instanceof ArrayBuffer) return charge(`[ArrayBuffer of ${value.byteLength} bytes]`, budget);
  return convertFields(value, budget, depth);
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function convertItems(items: Iterable<unknown>, size: number, budget: Budget, depth: number): Json {
  const result: Json[] = [];
  for (const item of items) {
    if (budget.left <= 0) {
      result.push(`… ${size - result.length} more items`);
      break;
    }
    budget.left -= 1;
    result.push(convert(item, budget, depth + 1) ?? null);
  }
  return result;
}

function convertFields(value: object, budget: Budget, depth: number): Json {
  const result: Record<string, Json> = {};
  const names = Object.keys(value);
  let taken = 0;
  for (const name of names) {
    if (budget.left <= 0) {
      define(result, '…', `${names.length - taken} more fields`);
      break;
    }
    taken += 1;
    budget.left -= name.length + 4;
    const field = convert((value as Readonly<Record<string, unknown>>)[name], budget, depth + 1);
    if (field !== undefined) define(result, name, field);
  }
  return result;
}

/** Plain assignment would set the prototype for a field named `__proto__`. */
function define(target: Record<string, Json>, name: string, value: Json): void {
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}

function messageOf(error: unknown): unknown {
  return error instanceof Error ? error.message : error;
}
