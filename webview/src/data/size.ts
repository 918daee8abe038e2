/** Bytes of values as JSON in UTF-8, counted piece by piece so that 50 MB do not stop the page. */
import { jsonBytes } from '../../../common/replay/small.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { isArray, keysOf } from './kinds.ts';
import type { JsonObject } from './kinds.ts';

/** Characters, or values, between two pauses. */
const pause = 4_096;
const textPause = 262_144;

export interface Sizes {
  /** Undefined while it is not counted yet. */
  of(value: Json): number | undefined;
  /** Counts all of `value`, with pauses. */
  count(value: Json): Generator<undefined, number>;
}

interface Frame {
  readonly value: readonly Json[] | JsonObject;
  readonly keys: readonly string[] | undefined;
  next: number;
  bytes: number;
}

export function createSizes(): Sizes {
  const containers = new WeakMap<object, number>();
  const longTexts = new Map<string, number>();

  const of = (value: Json): number | undefined => {
    if (typeof value === 'string') return value.length > textPause ? longTexts.get(value) : jsonBytes(value);
    if (typeof value !== 'object' || value === null) return String(value).length;
    return containers.get(value);
  };

  function* countText(text: string): Generator<undefined, number> {
    let bytes = 2;
    for (let start = 0; start < text.length;) {
      const end = pieceEnd(text, start + textPause);
      bytes += jsonBytes(text.slice(start, end)) - 2;
      start = end;
      yield;
    }
    longTexts.set(text, bytes);
    return bytes;
  }

  function* count(value: Json): Generator<undefined, number> {
    const known = of(value);
    if (known !== undefined) return known;
    if (typeof value === 'string') return yield* countText(value);
    const open: Frame[] = [frameOf(value as readonly Json[] | JsonObject)];
    let steps = 0;
    let total = 0;
    for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
      const length = frame.keys?.length ?? (frame.value as readonly Json[]).length;
      if (frame.next >= length) {
        containers.set(frame.value, frame.bytes);
        total = frame.bytes;
        open.pop();
        const outer = open.at(-1);
        if (outer !== undefined) outer.bytes += frame.bytes;
        continue;
      }
      const key = frame.keys?.[frame.next];
      const inner = itemOf(frame.value, key ?? frame.next);
      if (frame.next > 0) frame.bytes += 1;
      if (key !== undefined) frame.bytes += jsonBytes(key) + 1;
      frame.next += 1;
      const size = of(inner);
      if (size !== undefined) frame.bytes += size;
      else if (typeof inner === 'string') frame.bytes += yield* countText(inner);
      else open.push(frameOf(inner as readonly Json[] | JsonObject));
      steps += 1;
      if (steps % pause === 0) yield;
    }
    return total;
  }

  return { of, count };
}

function frameOf(value: readonly Json[] | JsonObject): Frame {
  return { value, keys: isArray(value) ? undefined : keysOf(value), next: 0, bytes: 2 };
}

function itemOf(value: readonly Json[] | JsonObject, key: string | number): Json {
  return (isArray(value) ? value[Number(key)] : value[key]) ?? null;
}

/** Not between the halves of a pair of surrogates. */
function pieceEnd(text: string, wanted: number): number {
  const before = text.charCodeAt(wanted - 1);
  return before >= 0xd800 && before <= 0xdbff ? wanted + 1 : Math.min(wanted, text.length);
}
