/** The rows that a JSON value is shown in, made when they are looked at: fields, items, and large arrays in parts. Pure. */
import type { Json } from '../../../common/runlog/events.ts';
import { pathKey } from '../../../common/runlog/path.ts';
import type { JsonPath } from '../../../common/runlog/path.ts';
import { isArray, isObject, keysOf, plainText } from './kinds.ts';
import { lineAt, linesOf } from './lines.ts';

export type ValueNode = {
  /** Stays the same while the value around it changes. */
  readonly id: string;
  /** Of the value that it shows, or shows a part of. */
  readonly path: JsonPath;
  /** 1 for the outermost rows. */
  readonly level: number;
  /** 1-based place among its siblings, and their number. */
  readonly position: number;
  readonly siblings: number;
  readonly value: Json;
} & (
  | {
      readonly kind: 'value';
      /** Undefined for a value that stands alone. */ readonly key: string | number | undefined;
    }
  /** Items, fields or characters `from` to `to` (exclusive) of a value with very many. */
  | { readonly kind: 'part'; readonly from: number; readonly to: number }
  /** One line of a long text, and the character at which it begins. */
  | { readonly kind: 'line'; readonly from: number; readonly text: string }
);

/** As many children are shown below each other; more are put into parts. */
export const partSize = 100;

/** The outermost rows of a value. */
export function rootsOf(value: Json): readonly ValueNode[] {
  const root: ValueNode = {
    id: pathKey([]),
    path: [],
    level: 0,
    position: 1,
    siblings: 1,
    value,
    kind: 'value',
    key: undefined,
  };
  return isOpenable(value) ? childrenOf(root, Infinity) : [{ ...root, level: 1 }];
}

function isOpenable(value: Json): boolean {
  return lengthOf(value) > 0;
}

/** Items or fields; 0 for everything else. */
export function lengthOf(value: Json): number {
  if (isArray(value)) return value.length;
  return isObject(value) ? keysOf(value).length : 0;
}

/**
 * True where there is something to open. A text can be opened where it has more than one line, or is longer than the room of
 * `columns` characters that a row has.
 */
export function isExpandable(node: ValueNode, columns: number): boolean {
  if (node.kind !== 'value') return node.kind === 'part';
  const { value } = node;
  if (typeof value !== 'string') return isOpenable(value);
  const before = typeof node.key === 'string' ? node.key.length + 2 : 6;
  return value.length + 2 > roomAt(node.level, columns) - before || value.includes('\n');
}

/** Characters that fit into a row of this level; a level is as deep as two characters are wide. */
export function roomAt(level: number, columns: number): number {
  return Math.max(20, columns - level * 2);
}

export function childrenOf(node: ValueNode, columns: number): readonly ValueNode[] {
  if (node.kind === 'line') return [];
  const { value } = node;
  if (typeof value === 'string') return linesOf(node, value, roomAt(node.level + 1, columns));
  const length = lengthOf(value);
  const [from, to] = node.kind === 'part' ? [node.from, node.to] : [0, length];
  const size = childSize(to - from);
  const siblings = Math.ceil((to - from) / size);
  return Array.from({ length: siblings }, (_, index): ValueNode => {
    const start = from + index * size;
    const place = { level: node.level + 1, position: index + 1, siblings };
    if (size === 1) return valueAt(node.path, value, start, place);
    const end = Math.min(to, start + size);
    return { kind: 'part', id: partId(node.path, start, end), path: node.path, value, from: start, to: end, ...place };
  });
}

/** 1 where children are shown one by one, else how many of them a part holds. */
function childSize(count: number): number {
  let size = 1;
  while (count > size * partSize * 2) size *= partSize;
  return size;
}

function partId(path: JsonPath, from: number, to: number): string {
  return `${pathKey(path)}@${from}-${to}`;
}

function valueAt(
  path: JsonPath,
  value: Json,
  index: number,
  place: { readonly level: number; readonly position: number; readonly siblings: number },
): ValueNode {
  const key = isArray(value) ? index : isObject(value) ? (keysOf(value)[index] ?? '') : index;
  const inner = (isArray(value) ? value[index] : isObject(value) ? value[String(key)] : undefined) ?? null;
  const innerPath = [...path, key];
  return { kind: 'value', id: pathKey(innerPath), path: innerPath, key, value: inner, ...place };
}

/** The nodes from the outermost row to the one at `path`; of a text also the line that `offset` is in, when that is given. */
export function nodesTo(root: Json, path: JsonPath, columns: number, offset?: number): readonly ValueNode[] {
  const found: ValueNode[] = [];
  let level = rootsOf(root);
  let value = root;
  for (const key of path) {
    const index = typeof key === 'number' ? key : isObject(value) ? keysOf(value).indexOf(key) : -1;
    for (;;) {
      const next = level.find((node) =>
        node.kind === 'part' ? node.from <= index && index < node.to : node.kind === 'value' && node.key === key,
      );
      if (next === undefined) return found;
      found.push(next);
      level = childrenOf(next, columns);
      if (next.kind !== 'value') continue;
      ({ value } = next);
      break;
    }
  }
  const last = found.at(-1) ?? level[0];
  if (last === undefined) return found;
  if (found.length === 0) found.push(last);
  if (offset !== undefined && typeof last.value === 'string' && isExpandable(last, columns)) {
    found.push(...lineAt(last, last.value, roomAt(last.level + 1, columns), offset));
  }
  return found;
}

export interface Row {
  readonly node: ValueNode;
  readonly level: number;
  readonly expandable: boolean;
  readonly open: boolean;
}

/** Every row that is to be seen while `isOpen` says so. */
export function rowsOf(root: Json, isOpen: (id: string) => boolean, columns: number): readonly Row[] {
  const rows: Row[] = [];
  const add = (node: ValueNode): void => {
    const expandable = isExpandable(node, columns);
    const open = expandable && isOpen(node.id);
    rows.push({ node, level: node.level, expandable, open });
    if (open) for (const child of childrenOf(node, columns)) add(child);
  };
  for (const node of rootsOf(root)) add(node);
  return rows;
}

/** What is open before anyone has opened anything: as much from the outside in as fits into `limit` rows. */
export function openAtFirst(root: Json, limit: number): ReadonlySet<string> {
  const open = new Set<string>();
  // A text that stands alone is there to be read.
  if (typeof root === 'string') open.add(pathKey([]));
  let level = rootsOf(root);
  let left = limit - level.length;
  while (level.length > 0 && left > 0) {
    const next: ValueNode[] = [];
    for (const node of level) {
      if (node.kind !== 'value' || typeof node.value === 'string') continue;
      const length = lengthOf(node.value);
      if (length === 0 || length > left) continue;
      left -= length;
      open.add(node.id);
      next.push(...childrenOf(node, Infinity));
    }
    level = next;
  }
  return open;
}

/** What is copied of a row: strings as they are, everything else as JSON. */
export function copyText(node: ValueNode): string {
  if (node.kind === 'line') return node.text;
  if (node.kind === 'value') return typeof node.value === 'string' ? node.value : JSON.stringify(node.value, null, 2);
  const { value, from, to } = node;
  if (typeof value === 'string') return value.slice(from, to);
  if (isArray(value)) return JSON.stringify(value.slice(from, to), null, 2);
  if (!isObject(value)) return plainText(value);
  const keys = keysOf(value).slice(from, to);
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, value[key] ?? null])), null, 2);
}
