/** A long text as rows: its own lines, cut where a row ends; very long ones in parts first. Pure. */
import { pathKey } from '../../../common/runlog/path.ts';
import type { ValueNode } from './nodes.ts';

/** Characters of a part. */
const partCharacters = 20_000;

/** Parts below each other. */
const maxParts = 100;

/** The children of a text, or of a part of one, in a room of `columns` characters. */
export function linesOf(node: ValueNode, text: string, columns: number): readonly ValueNode[] {
  const [from, to] = node.kind === 'part' ? [node.from, node.to] : [0, text.length];
  const size = partLength(to - from);
  return size === undefined ? lines(node, text, from, to, columns) : parts(node, text, from, to, size);
}

/** The nodes below `node` down to the line that the character at `offset` is in. */
export function lineAt(node: ValueNode, text: string, columns: number, offset: number): readonly ValueNode[] {
  const found: ValueNode[] = [];
  for (let level = linesOf(node, text, columns); ;) {
    const next = level.findLast((child) => startOf(child) <= offset);
    if (next === undefined) return found;
    found.push(next);
    if (next.kind !== 'part') return found;
    level = linesOf(next, text, columns);
  }
}

/** Where a line or part of a text begins. */
function startOf(node: ValueNode): number {
  if (node.kind === 'part') return node.from;
  return node.kind === 'line' ? node.from : 0;
}

/** Undefined where the text is short enough for lines. */
function partLength(characters: number): number | undefined {
  if (characters <= partCharacters) return undefined;
  let size = partCharacters;
  while (characters > size * maxParts) size *= maxParts;
  return size;
}

function parts(node: ValueNode, text: string, from: number, to: number, size: number): readonly ValueNode[] {
  const siblings = Math.ceil((to - from) / size);
  return Array.from({ length: siblings }, (_, index): ValueNode => {
    const start = from + index * size;
    const end = Math.min(to, start + size);
    return {
      kind: 'part',
      id: `${pathKey(node.path)}@${start}-${end}`,
      path: node.path,
      value: text,
      from: start,
      to: end,
      level: node.level + 1,
      position: index + 1,
      siblings,
    };
  });
}

function lines(node: ValueNode, text: string, from: number, to: number, columns: number): readonly ValueNode[] {
  const cuts: { readonly from: number; readonly text: string }[] = [];
  for (let start = from; start < to;) {
    const lineBreak = text.indexOf('\n', start);
    const lineEnd = lineBreak === -1 || lineBreak > to ? to : lineBreak;
    const end = Math.min(lineEnd, start + columns);
    cuts.push({ from: start, text: text.slice(start, end) });
    start = end === lineEnd ? end + 1 : end;
  }
  // The empty line behind a line break at the end.
  if (to === text.length && text.endsWith('\n')) cuts.push({ from: to, text: '' });
  return cuts.map((cut, index): ValueNode => ({
    kind: 'line',
    id: `${pathKey(node.path)}:${cut.from}`,
    path: node.path,
    value: text,
    from: cut.from,
    text: cut.text,
    level: node.level + 1,
    position: index + 1,
    siblings: cuts.length,
  }));
}
