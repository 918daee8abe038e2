/** Searching in the keys and values of a JSON value, with pauses, in the order in which the rows come. Pure. */
import type { Json } from '../../../common/runlog/events.ts';
import type { JsonPath } from '../../../common/runlog/path.ts';
import { isArray, isObject, keysOf, plainText } from './kinds.ts';
import type { JsonObject } from './kinds.ts';

export interface Match {
  readonly path: JsonPath;
  /** The first character that matches, where the value is a string that does. */
  readonly offset: number | undefined;
}

/** More are not looked for. */
export const maxMatches = 10_000;

const pause = 2_048;

/** Finds `query` regardless of upper and lower case, in any part of a key or value. Undefined where there is nothing to look for. */
export function queryPattern(query: string): RegExp | undefined {
  if (query === '') return undefined;
  return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
}

interface Frame {
  readonly value: readonly Json[] | JsonObject;
  readonly keys: readonly string[] | undefined;
  next: number;
}

/** Yields between pieces of the work, with what was found since. */
export function* search(root: Json, pattern: RegExp): Generator<readonly Match[], void> {
  let found: Match[] = [];
  let total = 0;
  let steps = 0;
  const path: (string | number)[] = [];
  const open: Frame[] = [];

  const visit = (value: Json, key: string | undefined): void => {
    const inKey = key !== undefined && pattern.test(key);
    if (isArray(value) || isObject(value)) {
      if (inKey) found.push({ path: [...path], offset: undefined });
      open.push({ value, keys: isArray(value) ? undefined : keysOf(value), next: 0 });
      return;
    }
    const at = typeof value === 'string' ? value.search(pattern) : -1;
    const inValue = at >= 0 || pattern.test(typeof value === 'string' ? '' : plainText(value));
    if (inKey || inValue) found.push({ path: [...path], offset: at >= 0 ? at : undefined });
  };

  visit(root, undefined);
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const { value, keys } = frame;
    const length = keys?.length ?? (value as readonly Json[]).length;
    if (frame.next >= length) {
      open.pop();
      path.pop();
      continue;
    }
    const key = keys?.[frame.next] ?? frame.next;
    const inner = (isArray(value) ? value[frame.next] : value[String(key)]) ?? null;
    frame.next += 1;
    path.push(key);
    const depth = open.length;
    visit(inner, typeof key === 'string' ? key : undefined);
    if (open.length === depth) path.pop();
    steps += 1;
    if (total + found.length >= maxMatches) break;
    if (steps % pause === 0) {
      total += found.length;
      const piece = found;
      found = [];
      yield piece;
    }
  }
  if (found.length > 0) yield found;
}
