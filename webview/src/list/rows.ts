/** A workflow as the rows of a list, with the same content as the drawing: for those who hear it, and who read text faster. Pure. */
import { canFold } from '../../../common/graph/boxes.ts';
import type { Folded } from '../../../common/graph/boxes.ts';
import type { EntryAddress } from '../../../common/model/address.ts';
import type { Shape } from '../../../common/model/flow.ts';
import type { GraphModel, ModelNode } from '../../../common/protocol/graph.ts';
import { secondLine } from '../words.ts';

export interface ListRow {
  readonly id: EntryAddress;
  /** The node that it is about; of a join the box whose paths come together. */
  readonly node: ModelNode;
  readonly kind: 'node' | 'join';
  /** From 1, and its place among its siblings. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  /** Undefined for what cannot be folded. */
  readonly folded: boolean | undefined;
  /** The words of the row, in the order in which they are read. */
  readonly title: string;
  readonly parts: readonly string[];
}

/** In the order of the flow. A parallel and a branch end with a row that says where their paths come together. */
export function listRows(model: GraphModel, folded: Folded): readonly ListRow[] {
  const children = new Map<EntryAddress | undefined, ModelNode[]>();
  for (const node of model.nodes) {
    // The ends of a nested workflow are dots in the drawing: its row tells what goes in and out.
    if (node.parent !== undefined && (node.kind === 'start' || node.kind === 'end')) continue;
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }
  const rows: ListRow[] = [];
  const add = (parent: ModelNode | undefined, level: number): void => {
    const nodes = children.get(parent?.id) ?? [];
    const joins = parent?.arrangement === 'row';
    const siblings = nodes.length + (joins ? 1 : 0);
    nodes.forEach((node, index) => {
      const isFolded = canFold(node) ? folded.has(node.id) : undefined;
      rows.push({
        id: node.id,
        node,
        kind: 'node',
        level,
        position: index + 1,
        siblings,
        folded: isFolded,
        title: node.title,
        parts: partsOf(node, model.shapes),
      });
      if (isFolded !== true) add(node, level + 1);
    });
    if (!joins) return;
    const parts = [
      parent.kind === 'parallel' ? 'waits for every path' : 'waits for the paths that ran',
      ...gives(model, parent),
    ];
    rows.push({
      id: `${parent.id}/$join`,
      node: parent,
      kind: 'join',
      level,
      position: siblings,
      siblings,
      folded: undefined,
      title: 'Join',
      parts,
    });
  };
  add(undefined, 1);
  return rows;
}

function partsOf(node: ModelNode, shapes: readonly Shape[]): readonly string[] {
  const parts = node.condition === undefined ? [] : [`if ${node.condition}`];
  const second = secondLine(node);
  if (second !== '') parts.push(second);
  if (node.canSuspend) parts.push('can suspend');
  const [arrives, leaves] = [inShort(shapes, node.arrives), inShort(shapes, node.leaves)];
  if (arrives !== undefined && arrives !== leaves) parts.push(`takes ${arrives}`);
  // A mapping's second line says it already; that of a parallel stands at its join.
  const isTold = node.kind === 'mapping' || node.kind === 'end' || node.arrangement === 'row';
  if (leaves !== undefined && !isTold) parts.push(`gives ${leaves}`);
  for (const { severity, message } of node.findings) parts.push(`${severity}: ${message.replaceAll('`', '')}`);
  return parts;
}

function gives({ shapes }: GraphModel, { leaves }: ModelNode): readonly string[] {
  const text = inShort(shapes, leaves);
  return text === undefined ? [] : [`gives ${text}`];
}

function inShort(shapes: readonly Shape[], index: number | undefined): string | undefined {
  const shape = index === undefined ? undefined : shapes[index];
  if (shape?.fields === undefined || shape.fields.length === 0) return shape?.text;
  return shape.fields.map(({ name, optional }) => `${name}${optional ? '?' : ''}`).join(', ');
}

/** Where the arrow keys lead in the list; undefined at its ends. */
export function nextRow(
  rows: readonly ListRow[],
  id: EntryAddress,
  move: 'up' | 'down' | 'first' | 'last' | 'parent' | 'child',
): EntryAddress | undefined {
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  switch (move) {
    case 'first':
      return rows[0]?.id;
    case 'last':
      return rows.at(-1)?.id;
    case 'up':
      return rows[index - 1]?.id;
    case 'down':
      return rows[index + 1]?.id;
    case 'child': {
      const next = rows[index + 1];
      return row !== undefined && next !== undefined && next.level > row.level ? next.id : undefined;
    }
    case 'parent':
      return row === undefined ? undefined : rows.slice(0, index).findLast(({ level }) => level < row.level)?.id;
  }
}
