/** What a JSON value is to a person: its kind, its text in one line, and what the run log wrote in place of what JSON cannot hold. Pure. */
import type { Json } from '../../../common/runlog/events.ts';
import { isIdentifierName } from '../../../common/model/text.ts';

export type ValueKind =
  'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'date' | 'bigint' | 'error' | 'note';

export type JsonObject = { readonly [key: string]: Json };

/** Array.isArray does not tell read-only arrays from objects. */
export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function kindOf(value: Json): ValueKind {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  if (typeof value === 'string') return kindOfText(value);
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return errorText(value) === undefined ? 'object' : 'error';
}

/** JSON text of dates, with a time zone: what `Date.prototype.toJSON` and ISO 8601 write. */
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

const bigint = /^\[bigint (-?\d+)\]$/;

/** What common/runlog/json.ts, the log and the recorder write in place of a value. */
const note =
  /^(?:\[(?:circular|nested too deeply|redacted|unreadable: .*|not kept: .*|\w+ of \d+ bytes)\]|… [\d,]+ (?:more (?:items|fields)|bytes left out).*)$/s;

/** Longest text that may be one of the above. */
const longestMark = 300;

function kindOfText(text: string): ValueKind {
  if (text.length > longestMark) return 'string';
  if (date.test(text) && !Number.isNaN(Date.parse(text))) return 'date';
  if (bigint.test(text)) return 'bigint';
  return note.test(text) ? 'note' : 'string';
}

/** `TypeError: message` for what an error was recorded as; undefined for every other object. */
export function errorText(value: JsonObject): string | undefined {
  const { name, message } = value;
  if (typeof name !== 'string' || typeof message !== 'string' || !/(?:Error|Exception)$/.test(name)) return undefined;
  return `${name}: ${message}`;
}

/** True where the run log kept only the beginning of a text. */
export function isCutText(text: string): boolean {
  return /… [\d,]+ (?:more characters|bytes left out)$/.test(text.slice(-60));
}

/** Text of a value that is no object and no array, as it is shown: strings between quotes. */
export function plainText(value: null | boolean | number | string): string {
  if (typeof value !== 'string') return String(value);
  const big = bigint.exec(value)?.[1];
  if (big !== undefined) return `${big}n`;
  return kindOfText(value) === 'string' ? JSON.stringify(value) : value;
}

/** `3 items`, `1 field` */
export function countText(value: Json): string {
  if (isArray(value)) return counted(value.length, 'item');
  if (isObject(value)) return counted(keysOf(value).length, 'field');
  return '';
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `120 bytes`, `1.2 KB`, `3.4 MB` */
export function bytesText(bytes: number): string {
  if (bytes < 1_024) return counted(bytes, 'byte');
  if (bytes < 1_048_576) return `${(bytes / 1_024).toFixed(bytes < 10_240 ? 1 : 0)} KB`;
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}

const names = new WeakMap<object, readonly string[]>();

/** Names of the fields in their order; read once for each object. */
export function keysOf(value: JsonObject): readonly string[] {
  const known = names.get(value);
  if (known !== undefined) return known;
  const keys = Object.keys(value);
  names.set(value, keys);
  return keys;
}

/** A name of a field as it stands in front of a value. */
export function keyText(key: string): string {
  return isIdentifierName(key) ? key : JSON.stringify(key);
}

/** The beginning of an object or array in one line, at most about `room` characters: `{ sku: "A", quantity: 2, … }`. */
export function previewText(value: Json, room = 80): string {
  if (isArray(value)) {
    if (value.length === 0) return '[]';
    return `[ ${joined(value.length, room, (index) => shortText(value[index] ?? null))} ]`;
  }
  if (!isObject(value)) return shortText(value);
  const error = errorText(value);
  if (error !== undefined) return cut(error, room);
  const keys = keysOf(value);
  if (keys.length === 0) return '{}';
  return `{ ${joined(keys.length, room, (index) => {
    const key = keys[index] ?? '';
    return `${keyText(key)}: ${shortText(value[key] ?? null)}`;
  })} }`;
}

function joined(count: number, room: number, text: (index: number) => string): string {
  const parts: string[] = [];
  let left = room;
  for (let index = 0; index < count && left > 0; index += 1) {
    const part = text(index);
    parts.push(part);
    left -= part.length + 2;
  }
  if (parts.length < count) parts.push('…');
  return parts.join(', ');
}

/** A value inside of a preview. */
function shortText(value: Json): string {
  if (isArray(value)) return value.length === 0 ? '[]' : `[${value.length}]`;
  if (isObject(value)) return keysOf(value).length === 0 ? '{}' : '{…}';
  return typeof value === 'string' && value.length > 30 ? plainText(`${value.slice(0, 29)}…`) : plainText(value);
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
