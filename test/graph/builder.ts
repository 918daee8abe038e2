/** Hand-made workflow models for tests of the drawing: what the extractor would say, without a compiler. */
import { known, opaque } from '../../common/model/index.ts';
import type {
  Branch,
  Compatibility,
  FlowEntry,
  Known,
  ProjectModel,
  Range,
  Shape,
  WorkflowModel,
} from '../../common/model/index.ts';

export const file = '/project/src/mastra/workflows/orders.ts';

export function rangeAt(line: number, character = 2): Range {
  return { start: { line, character }, end: { line, character: character + 10 } };
}

export function shape(fields: Readonly<Record<string, string>>): Shape {
  const list = Object.entries(fields).map(([name, text]) => ({
    name: name.replace('?', ''),
    optional: name.endsWith('?'),
    text,
  }));
  return {
    text: `{ ${list.map((field) => `${field.name}${field.optional ? '?' : ''}: ${field.text}`).join('; ')} }`,
    fields: list,
  };
}

export const orderShape = shape({ orderId: 'string', items: '{ sku: string; quantity: number }[]', 'note?': 'string' });
export const priceShape = shape({ orderId: 'string', total: 'number' });

const order: Known<Shape> = known(orderShape);
const price: Known<Shape> = known(priceShape);
const fits: Compatibility = { kind: 'fits' };

let line = 10;

function base(node: string) {
  line += 1;
  return {
    node,
    file,
    range: rangeAt(line),
    call: rangeAt(line, 1),
    definition: undefined,
    description: undefined as string | undefined,
    check: fits,
    arrives: order,
    needs: order,
    leaves: price,
  };
}

type Of<T extends FlowEntry['type']> = Extract<FlowEntry, { type: T }>;

export const misfit: Compatibility = {
  kind: 'differs',
  arrives: priceShape,
  needs: orderShape,
  difference: { kind: 'missing', path: ['items'], needs: '{ sku: string; quantity: number }[]' },
};

export function step(id: string, parts: Partial<Of<'step'>> = {}): Of<'step'> {
  return { ...base(id), type: 'step', id: known(id), canSuspend: false, ...parts };
}

export function mapping(source = '({ inputData }) => inputData', parts: Partial<Of<'mapping'>> = {}): Of<'mapping'> {
  return { ...base(parts.id ?? 'map'), type: 'mapping', id: undefined, form: 'function', source, ...parts };
}

export function parallel(entries: readonly FlowEntry[], parts: Partial<Of<'parallel'>> = {}): Of<'parallel'> {
  return { ...base('parallel'), type: 'parallel', id: undefined, entries: distinct(entries), ...parts };
}

export function branch(
  paths: readonly (readonly [condition: string, entry: FlowEntry])[],
  parts: Partial<Of<'conditional'>> = {},
): Of<'conditional'> {
  const entries = distinct(paths.map(([, entry]) => entry));
  const branches = paths.map(([condition], index): Branch => ({
    condition,
    conditionRange: rangeAt(0),
    entry: entries[index] ?? step('none'),
  }));
  return { ...base('branch'), type: 'conditional', id: undefined, branches, ...parts };
}

export function loop(
  loopType: 'dowhile' | 'dountil',
  condition: string,
  body: FlowEntry,
  parts: Partial<Of<'loop'>> = {},
): Of<'loop'> {
  const again: Compatibility = { kind: 'fits' };
  return { ...base(loopType), type: 'loop', loopType, id: undefined, condition, body, again, ...parts };
}

export function foreach(body: FlowEntry, concurrency?: number, parts: Partial<Of<'foreach'>> = {}): Of<'foreach'> {
  return { ...base('foreach'), type: 'foreach', id: undefined, concurrency, body, ...parts };
}

export function sleep(duration: number, parts: { readonly id?: string } = {}): FlowEntry {
  return { ...base('sleep'), type: 'sleep', id: undefined, duration, source: String(duration), ...parts };
}

export function sleepUntil(source: string, id?: string): FlowEntry {
  return { ...base('sleepUntil'), type: 'sleepUntil', id, duration: undefined, source };
}

export function nested(id: string, key = keyOf(id), parts: Partial<Of<'workflow'>> = {}): Of<'workflow'> {
  return { ...base(id), type: 'workflow', id: known(id), target: known(key), ...parts };
}

export function agent(id: string, description?: string): FlowEntry {
  return { ...base(id), type: 'agent', id: known(id), description };
}

export function tool(id: string, description?: string): FlowEntry {
  return { ...base(id), type: 'tool', id: known(id), description };
}

export function classifier(id: string): FlowEntry {
  return { ...base(id), type: 'classifier', id: known(id) };
}

export function unreadable(reason: string): FlowEntry {
  const unknown = opaque(reason);
  return { ...base('opaque'), type: 'opaque', reason, arrives: unknown, needs: unknown, leaves: unknown };
}

export function keyOf(id: string): string {
  return `${file}#${id}`;
}

export function workflow(id: string, entries: readonly FlowEntry[], parts: Partial<WorkflowModel> = {}): WorkflowModel {
  return {
    key: keyOf(id),
    id: known(id),
    name: id,
    exportName: id,
    description: undefined,
    file,
    nameRange: rangeAt(5, 13),
    range: { start: { line: 5, character: 0 }, end: { line: 90, character: 0 } },
    commit: { kind: 'committed', range: rangeAt(89) },
    input: known(orderShape),
    output: known(priceShape),
    state: undefined,
    entries: distinct(entries),
    end: { kind: 'fits' },
    incomplete: undefined,
    ...parts,
  };
}

export function project(...workflows: readonly WorkflowModel[]): ProjectModel {
  return {
    workflows: new Map(workflows.map((model) => [model.key, model])),
    uses: [],
    files: [file],
    opaque: [],
    mastra: { kind: 'installed', version: '1.71.0' },
  };
}

/** Node names are unique among siblings, as the extractor makes them. */
function distinct(entries: readonly FlowEntry[]): readonly FlowEntry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const count = (seen.get(entry.node) ?? 0) + 1;
    seen.set(entry.node, count);
    return count === 1 ? entry : { ...entry, node: `${entry.node}~${count}` };
  });
}
