/** What a run's values look like in its log: without secrets, and no larger than a log can bear. The values themselves stay as they are. */
import type { Json } from '../../../common/runlog/events.ts';

export const redacted = '[redacted]';

/** Bytes of one value (an input, an output, a line of the console) in a log; what is more is left out. */
export const maxValueBytes = 1_048_576;

/** As deep as a value may be nested; JSON.stringify would take the whole stack. */
const maxDepth = 200;

/** Of a part of a value that is left out; the rest of the value stays JSON of the same shape. */
const leftOut = (bytes: number): string => `… ${bytes.toLocaleString('en')} bytes left out`;

const more = (count: number, noun: string): string => `${count} more ${noun}${count === 1 ? '' : 's'}`;

export interface ValueCleaner {
  /** `value` itself where there is nothing to change, else a copy. */
  clean(value: Json): Json;
}

/**
 * `keys` are names of fields whose values are replaced by `[redacted]`, at every depth. Case, `-` and `_` make no difference:
 * `apiKey` is also `api_key` and `API-KEY`.
 */
export function createCleaner(keys: readonly string[], limit = maxValueBytes): ValueCleaner {
  const secret = new Set(keys.map(normalized));
  /** The names in a run repeat. */
  const known = new Map<string, boolean>();
  const isSecret = (name: string): boolean => {
    let answer = known.get(name);
    if (answer === undefined) {
      answer = secret.has(normalized(name));
      // Data whose keys are ids must not fill the memory.
      if (known.size < 10_000) known.set(name, answer);
    }
    return answer;
  };

  /** Adds up bytes; stops early, beyond `limit`, when something has to be changed. */
  const check = (value: Json, budget: number, depth: number): number => {
    if (typeof value === 'string') return budget - sizeOfString(value);
    if (typeof value !== 'object' || value === null) return budget - 6;
    if (depth > maxDepth) return -1;
    let left = budget - 2;
    if (isArray(value)) {
      for (const item of value) {
        left = check(item, left - 1, depth + 1);
        if (left < 0) return left;
      }
      return left;
    }
    for (const name in value) {
      if (!Object.hasOwn(value, name)) continue;
      if (isSecret(name)) return -1;
      left = check(value[name] ?? null, left - name.length - 4, depth + 1);
      if (left < 0) return left;
    }
    return left;
  };

  const copy = (value: Json, budget: { left: number }, depth: number): Json => {
    if (typeof value === 'string') return copyString(value, budget);
    if (typeof value !== 'object' || value === null) {
      budget.left -= 6;
      return value;
    }
    if (depth > maxDepth) return '[nested too deeply]';
    budget.left -= 2;
    if (isArray(value)) {
      const items: Json[] = [];
      for (const [index, item] of value.entries()) {
        if (budget.left <= 0) {
          const rest = value.slice(index);
          items.push(`${leftOut(sum(rest))} (${more(rest.length, 'item')})`);
          break;
        }
        budget.left -= 1;
        items.push(copy(item, budget, depth + 1));
      }
      return items;
    }
    const fields: [string, Json][] = [];
    const entries = Object.entries(value);
    for (const [index, [name, inner]] of entries.entries()) {
      if (budget.left <= 0) {
        const rest = entries.slice(index).map(([, field]) => field);
        fields.push(['…', `${leftOut(sum(rest))} (${more(rest.length, 'field')})`]);
        break;
      }
      budget.left -= name.length + 4;
      fields.push([name, isSecret(name) ? redacted : copy(inner, budget, depth + 1)]);
    }
    // fromEntries defines fields: also one that is named `__proto__`.
    return Object.fromEntries(fields);
  };

  return {
    clean: (value) => (check(value, limit, 0) >= 0 ? value : copy(value, { left: limit }, 0)),
  };
}

/** What is said in place of something: here, or by `toJson` when the value was read. */
const missing = /… [\d,]+ (?:bytes left out|more (?:characters|items|fields))/;

/** True where something of a recorded value is missing, so that it cannot be used as it is. */
export function isIncomplete(value: Json): boolean {
  if (typeof value === 'string') return value === redacted || missing.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (isArray(value)) return value.some(isIncomplete);
  return Object.hasOwn(value, '…') || Object.values(value).some(isIncomplete);
}

function copyString(value: string, budget: { left: number }): string {
  const size = sizeOfString(value);
  if (size <= budget.left) {
    budget.left -= size;
    return value;
  }
  let kept = value.slice(0, Math.max(0, budget.left));
  // Half of a pair of surrogates is no character.
  if (/[\uD800-\uDBFF]$/.test(kept)) kept = kept.slice(0, -1);
  budget.left = 0;
  return `${kept}${leftOut(Buffer.byteLength(value) - Buffer.byteLength(kept))}`;
}

/** Close to the bytes of its JSON text. Counting those of a long string takes much longer than its length, so that decides first. */
function sizeOfString(value: string): number {
  return value.length > 1_000 ? Buffer.byteLength(value) + 2 : value.length + 2;
}

function sum(values: readonly Json[]): number {
  let bytes = 0;
  const waiting: Json[] = [...values];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value === 'string') bytes += sizeOfString(value);
    else if (typeof value !== 'object' || value === null) bytes += 6;
    else if (isArray(value)) {
      bytes += 2;
      for (const item of value) waiting.push(item);
    } else {
      bytes += 2;
      for (const [name, inner] of Object.entries(value)) {
        bytes += name.length + 4;
        waiting.push(inner);
      }
    }
  }
  return bytes;
}

function normalized(name: string): string {
  return name.replace(/[-_\s]/g, '').toLowerCase();
}

/** Array.isArray does not tell read-only arrays from objects. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
