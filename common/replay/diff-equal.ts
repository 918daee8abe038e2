/** Whether two values are equal, and a number that is the same for all that are: in steps, for values of any size. Pure. */
import { isList as isArray, isObject } from '../schema/index.ts';
import type { Json } from '../runlog/events.ts';
import type { Pace, Steps } from './steps.ts';

/** True and false for what is told at a glance; undefined for two values of which one has to look inside. */
export function equalAtOnce(before: Json | undefined, after: Json | undefined): boolean | undefined {
  if (before === after) return true;
  return isContainer(before) && isContainer(after) ? undefined : false;
}

function isContainer(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null;
}

/** Whatever the order of the fields. */
export function* equalInSteps(before: Json, after: Json, pace: Pace): Steps<boolean> {
  const told = equalAtOnce(before, after);
  if (told !== undefined) return told;
  /** Pairs of objects, or of arrays, that are yet to be looked into. */
  const open: (readonly [Json, Json])[] = [[before, after]];
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [left, right] = pair;
    if (isArray(left) && isArray(right)) {
      if (left.length !== right.length) return false;
      for (let index = 0; index < left.length; index += 1) {
        const [item, other] = [left[index] ?? null, right[index] ?? null];
        const equal = equalAtOnce(item, other);
        if (equal === false) return false;
        if (equal === undefined) open.push([item, other]);
        if (pace.isDue()) yield;
      }
    } else if (isObject(left) && isObject(right)) {
      const names = Object.keys(left);
      if (names.length !== Object.keys(right).length) return false;
      for (const name of names) {
        if (!Object.hasOwn(right, name)) return false;
        const [field, other] = [left[name] ?? null, right[name] ?? null];
        const equal = equalAtOnce(field, other);
        if (equal === false) return false;
        if (equal === undefined) open.push([field, other]);
        if (pace.isDue()) yield;
      }
    } else return false;
  }
  return true;
}

/** The same for equal values. */
export function* hashInSteps(value: Json, seed: number, pace: Pace): Steps<number> {
  if (isArray(value)) {
    let hash = (seed + 31) | 0;
    for (const item of value) {
      hash = plainHash(item, hash) ?? (yield* hashInSteps(item, hash, pace));
      if (pace.isDue()) yield;
    }
    return hash;
  }
  if (!isObject(value)) return plainHash(value, seed) ?? 0;
  let sum = 0;
  for (const name of Object.keys(value)) {
    const inner = value[name] ?? null;
    const own = hashText(name, seed + 13);
    const hash = plainHash(inner, own) ?? (yield* hashInSteps(inner, own, pace));
    sum = (sum + hash) | 0;
    if (pace.isDue()) yield;
  }
  return sum;
}

/** Undefined for an object or an array. */
function plainHash(value: Json, seed: number): number | undefined {
  if (typeof value === 'string') return hashText(value, seed);
  return typeof value === 'object' && value !== null ? undefined : hashText(String(value), seed + 7);
}

/** Characters that are looked at of a long text. */
const hashedCharacters = 256;

function hashText(text: string, seed: number): number {
  let hash = (seed ^ text.length) | 0;
  const step = Math.max(1, Math.floor(text.length / hashedCharacters));
  for (let index = 0; index < text.length; index += step) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}
