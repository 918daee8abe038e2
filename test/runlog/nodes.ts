/** Short notation for the nodes of a drawing, and for the events of a run. */
import type { AlignableNode, Json, RunEvent, RunEventBody, StepEvent } from '../../common/runlog/index.ts';

type Kind = AlignableNode['kind'];

export interface NodeSketch {
  readonly kind: Kind;
  /** Own id; the path is made from the workflows around. Undefined for boxes and for what the source does not tell. */
  readonly id: string | undefined;
  readonly address: string;
  readonly children: readonly NodeSketch[];
}

export const step = (id: string | undefined, address = id ?? 'unknown'): NodeSketch => ({
  kind: 'step',
  id,
  address,
  children: [],
});

export const box = (kind: Kind, address: string, ...children: readonly NodeSketch[]): NodeSketch => ({
  kind,
  id: kind === 'foreach' ? children[0]?.id : undefined,
  address,
  children,
});

export const workflow = (id: string, address: string, ...children: readonly NodeSketch[]): NodeSketch => ({
  kind: 'workflow',
  id,
  address,
  children,
});

export const sleep = (address: string): NodeSketch => ({ kind: 'sleep', id: undefined, address, children: [] });

/** As the server lists them: parents before children, with addresses joined by `/`. */
export function nodesOf(
  sketches: readonly NodeSketch[],
  parent?: string,
  path: readonly string[] = [],
): readonly AlignableNode[] {
  const end = (kind: 'start' | 'end'): AlignableNode => ({
    id: `${parent === undefined ? '' : `${parent}/`}$${kind}`,
    parent,
    kind,
    step: undefined,
  });
  const list = sketches.flatMap((sketch) => {
    const id = parent === undefined ? sketch.address : `${parent}/${sketch.address}`;
    const own = sketch.id === undefined ? undefined : [...path, sketch.id];
    const inner = sketch.kind === 'workflow' ? (own ?? path) : path;
    return [{ id, parent, kind: sketch.kind, step: own }, ...nodesOf(sketch.children, id, inner)];
  });
  return parent === undefined ? [end('start'), ...list, end('end')] : list;
}

type Sketch = Partial<{ callId: string; iteration: number; input: Json; output: Json }>;

/** `started('a.b')`; a dotted path as in Mastra's stream. */
export const started = (id: string, more: Sketch = {}): RunEventBody => ({
  type: 'step-started',
  time: 0,
  step: id.split('.'),
  callId: more.callId,
  input: more.input ?? null,
  iteration: more.iteration,
});

export const succeeded = (id: string, more: Sketch = {}): RunEventBody => ({
  type: 'step-succeeded',
  time: 0,
  step: id.split('.'),
  callId: more.callId,
  output: more.output ?? null,
  iteration: more.iteration,
});

export const failed = (id: string, message = 'broke'): RunEventBody => ({
  type: 'step-failed',
  time: 0,
  step: id.split('.'),
  callId: undefined,
  error: { name: 'Error', message, stack: undefined, cause: undefined },
  iteration: undefined,
});

export const suspended = (id: string, payload: Json = null): RunEventBody => ({
  type: 'step-suspended',
  time: 0,
  step: id.split('.'),
  payload,
});

export const runStarted: RunEventBody = { type: 'run-started', time: 0, runId: 'r', workflowId: 'w', input: null };

export const finished = (status: 'success' | 'failed' | 'suspended' | 'canceled'): RunEventBody => ({
  type: 'run-finished',
  time: 9,
  status,
  output: undefined,
  error: undefined,
});

export function numbered(bodies: readonly RunEventBody[]): readonly RunEvent[] {
  return bodies.map((body, seq) => ({ ...body, seq }));
}

export function isStepEvent(event: RunEvent): event is StepEvent {
  return event.type.startsWith('step-');
}
