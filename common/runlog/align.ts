/**
 * Events -> nodes of the drawing. Events name a step by its id, which is not unique: loops repeat it, a step or workflow may be
 * used twice, a nested workflow's steps are named alike for each use. So the aligner follows the flow: of several nodes with
 * the right name it takes the one that can run now. Where the flow cannot tell either, it answers with all of them and says so.
 */
import type { EntryAddress } from '../model/address.ts';
import type { GraphNode } from '../protocol/graph.ts';
import type { StepEvent } from './step.ts';

/** What counts of a step event; its values do not. */
export type AlignableEvent =
  | Pick<Extract<StepEvent, { readonly type: 'step-started' }>, 'type' | 'step' | 'callId' | 'iteration'>
  | Pick<Extract<StepEvent, { readonly type: 'step-succeeded' | 'step-failed' }>, 'type' | 'step' | 'callId'>
  | Pick<Exclude<StepEvent, { readonly callId: string | undefined }>, 'type' | 'step'>;

export type AlignableNode = Pick<GraphNode, 'id' | 'parent' | 'kind' | 'step'>;

export interface Alignment {
  /** Empty when no node of the drawing has the event's name. */
  readonly nodes: readonly EntryAddress[];
  /** The foreach box around the node, which Mastra names like its body. */
  readonly box: EntryAddress | undefined;
  /** False when it is one of `nodes`, but which one cannot be told. */
  readonly certain: boolean;
}

/** Takes the step events of one run one after the other, from the first. */
export type Aligner = (event: AlignableEvent) => Alignment;

interface Place {
  readonly node: AlignableNode;
  readonly parent: Place | undefined;
  readonly children: Place[];
  /** Starts since the workflow around it was started. */
  started: number;
  running: number;
  suspended: boolean;
}

/** A sleep without an id of its own gets a random one in each process; in early 1.x so did a mapping. */
const randomId = /^(sleep|mapping)_/;

const nowhere: Alignment = { nodes: [], box: undefined, certain: true };

export function createAligner(nodes: readonly AlignableNode[]): Aligner {
  const { roots, named, unnamed } = placesOf(nodes);
  const byCall = new Map<string, readonly Place[]>();
  const open = new Map<string, (readonly Place[])[]>();

  const candidatesOf = (id: string): readonly Place[] => {
    const exact = named.get(id);
    if (exact !== undefined) return exact;
    const dot = id.lastIndexOf('.');
    const kind = randomId.exec(id.slice(dot + 1))?.[1];
    return kind === undefined ? [] : (unnamed.get(`${kind} ${id.slice(0, Math.max(0, dot))}`) ?? []);
  };

  const begin = (event: AlignableEvent): readonly Place[] => {
    const id = event.step.join('.');
    const iteration = event.type === 'step-started' ? event.iteration : undefined;
    const chosen = choose(candidatesOf(id), iteration, roots);
    for (const place of chosen) {
      place.running += 1;
      // A resumed workflow goes on where it was.
      if (place.node.kind === 'workflow' && !place.suspended) place.children.forEach(reset);
      if (!place.suspended) place.started += 1;
      place.suspended = false;
    }
    if (event.type === 'step-started' && event.callId !== undefined) byCall.set(event.callId, chosen);
    const waiting = open.get(id);
    if (waiting === undefined) open.set(id, [chosen]);
    else waiting.push(chosen);
    return chosen;
  };

  const current = (event: AlignableEvent): readonly Place[] => {
    const id = event.step.join('.');
    const called = 'callId' in event && event.callId !== undefined ? byCall.get(event.callId) : undefined;
    // An event of a step that was never started, e.g. in a log that begins in the middle.
    return called ?? open.get(id)?.at(-1) ?? choose(candidatesOf(id), undefined, roots);
  };

  const end = (event: AlignableEvent): readonly Place[] => {
    const places = current(event);
    const waiting = open.get(event.step.join('.'));
    const index = waiting?.lastIndexOf(places) ?? -1;
    if (index >= 0) waiting?.splice(index, 1);
    for (const place of places) {
      place.started = Math.max(1, place.started);
      place.running = Math.max(0, place.running - 1);
      place.suspended = event.type === 'step-suspended';
    }
    return places;
  };

  return (event) => {
    switch (event.type) {
      case 'step-started':
      case 'step-waiting':
        return answer(begin(event));
      case 'step-retried':
      case 'step-progress':
      case 'step-output':
        return answer(current(event));
      case 'step-succeeded':
      case 'step-failed':
      case 'step-suspended':
        return answer(end(event));
    }
  };
}

function answer(places: readonly Place[]): Alignment {
  const [first] = places;
  if (first === undefined) return nowhere;
  const box = places.length === 1 ? foreachBox(first) : undefined;
  return { nodes: places.map((place) => place.node.id), box: box?.node.id, certain: places.length === 1 };
}

/** The foreach around its body, when the two carry the same name. */
function foreachBox(body: Place): Place | undefined {
  const { parent } = body;
  return parent?.node.kind === 'foreach' && sameStep(parent.node, body.node) ? parent : undefined;
}

function placesOf(nodes: readonly AlignableNode[]): {
  readonly roots: readonly Place[];
  readonly named: ReadonlyMap<string, readonly Place[]>;
  /** Places that may carry a random id: `<sleep or mapping> <path of the workflow around>`. */
  readonly unnamed: ReadonlyMap<string, readonly Place[]>;
} {
  const places = new Map<EntryAddress, Place>();
  const roots: Place[] = [];
  for (const node of nodes) {
    if (node.kind === 'start' || node.kind === 'end') continue;
    const parent = node.parent === undefined ? undefined : places.get(node.parent);
    const place: Place = { node, parent, children: [], started: 0, running: 0, suspended: false };
    places.set(node.id, place);
    (parent?.children ?? roots).push(place);
  }
  const named = new Map<string, Place[]>();
  const unnamed = new Map<string, Place[]>();
  for (const place of places.values()) {
    const { kind, step } = place.node;
    if (step !== undefined) {
      const isBox = kind === 'foreach' && place.children.some((child) => sameStep(child.node, place.node));
      if (!isBox) push(named, step.join('.'), place);
    }
    if (kind === 'mapping') push(unnamed, `mapping ${workflowAround(place)}`, place);
    else if (step === undefined && (kind === 'sleep' || kind === 'sleepUntil')) {
      push(unnamed, `sleep ${workflowAround(place)}`, place);
    }
  }
  return { roots, named, unnamed };
}

function sameStep(a: AlignableNode, b: AlignableNode): boolean {
  return a.step !== undefined && b.step !== undefined && a.step.join('.') === b.step.join('.');
}

function workflowAround(place: Place): string {
  for (let outer = place.parent; outer !== undefined; outer = outer.parent) {
    if (outer.node.kind === 'workflow') return outer.node.step?.join('.') ?? '';
  }
  return '';
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function reset(place: Place): void {
  place.started = 0;
  place.running = 0;
  place.suspended = false;
  place.children.forEach(reset);
}

/** Narrows step by step and keeps what was left before a question that rules all of them out. */
function choose(
  candidates: readonly Place[],
  iteration: number | undefined,
  roots: readonly Place[],
): readonly Place[] {
  if (candidates.length <= 1) return candidates;
  const inLoop = (place: Place): boolean => place.parent?.node.kind === 'loop';
  const questions: readonly ((place: Place) => boolean)[] = [
    // What is suspended is resumed before anything else of its name runs.
    (place) => place.suspended,
    // Only rounds of a loop are counted.
    (place) => inLoop(place) === (iteration !== undefined),
    (place) => insideRunning(place),
    (place) => canRun(place, roots),
  ];
  let left = candidates;
  for (const question of questions) {
    const narrowed = left.filter(question);
    if (narrowed.length > 0) left = narrowed;
  }
  return left;
}

/** True when the nested workflow around it runs now. */
function insideRunning(place: Place): boolean {
  for (let outer = place.parent; outer !== undefined; outer = outer.parent) {
    if (outer.node.kind === 'workflow' && outer.node.step !== undefined) return outer.running > 0;
  }
  return true;
}

/** True when everything before it in the flow is through and nothing behind it has begun. */
function canRun(place: Place, roots: readonly Place[]): boolean {
  const repeats = place.parent?.node.kind === 'loop';
  let possible = place.running === 0 && (place.started === 0 || repeats);
  for (let inner = place, outer = place.parent; ; inner = outer, outer = outer.parent) {
    // Items of a foreach run beside each other: their order says nothing.
    if (outer?.node.kind === 'foreach') possible = true;
    else if (outer === undefined || outer.node.kind === 'workflow') {
      const siblings = outer?.children ?? roots;
      const index = siblings.indexOf(inner);
      possible &&= siblings.slice(0, index).every(isThrough) && !siblings.slice(index + 1).some(hasBegun);
    }
    if (outer === undefined) return possible;
  }
}

function hasBegun(place: Place): boolean {
  return place.started > 0 || place.children.some(hasBegun);
}

function isActive(place: Place): boolean {
  return place.running > 0 || place.children.some(isActive);
}

function isThrough(place: Place): boolean {
  switch (place.node.kind) {
    case 'parallel':
    case 'loop':
    case 'foreach':
      return place.children.every(isThrough);
    case 'conditional':
      // Possibly no branch at all is taken.
      return !isActive(place);
    case 'step':
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'opaque':
    case 'start':
    case 'end':
      // A part without a name makes no events that could be told from others.
      return place.node.step === undefined || (place.started > 0 && place.running === 0);
  }
}
