/**
 * Branches that were not taken, at any moment of a run. The stream says nothing of conditions: a branch is known to be skipped once the
 * flow is past it. Told when a node is reached for the first time, the rest is looked up.
 */
import type { EntryAddress } from '../model/address.ts';
import type { AlignableNode } from '../runlog/align.ts';
import type { RunStatus } from '../runlog/events.ts';
import type { StepState } from '../runlog/step.ts';
import { addToTrack, createTrack, valueAt } from './track.ts';
import type { Track } from './track.ts';

export interface SkippedBranches {
  /** The first event of a node. */
  reached(node: EntryAddress, event: number): void;
  /**
   * The outermost nodes of branches that were not taken by then. Mastra starts all branches whose condition holds at once, so once one
   * of them ran and the branch is over, the others were skipped; when none ran, all were, provided that what follows has begun. A branch
   * whose steps have no known id stays unmarked. `stateOf` gives the state of a node after `event`.
   */
  at(event: number, run: RunStatus | undefined, stateOf: StateOf): readonly EntryAddress[];
}

type StateOf = (node: EntryAddress) => Pick<StepState<unknown, unknown>, 'open' | 'status'> | undefined;

interface Place {
  readonly node: AlignableNode;
  /** Undefined in the outermost sequence. */
  readonly parent: Place | undefined;
  /** The list that holds it. */
  readonly siblings: Siblings;
  readonly index: number;
  readonly children: Siblings;
  /** The first event of it or of anything in it. */
  reachedAt: number;
}

interface Siblings {
  readonly places: Place[];
  /** The furthest of them that was reached. */
  readonly furthest: Track<number>;
}

export function createSkippedBranches(nodes: readonly AlignableNode[]): SkippedBranches {
  const { places, conditionals } = placesOf(nodes);
  return {
    reached(node, event) {
      let place = places.get(node);
      for (; place?.reachedAt === Infinity; place = place.parent) {
        place.reachedAt = event;
        const { furthest } = place.siblings;
        if (place.index > (furthest.values.at(-1) ?? -1)) addToTrack(furthest, event, place.index);
      }
    },
    at(event, run, stateOf) {
      const skipped: EntryAddress[] = [];
      for (const place of conditionals) {
        const taken = place.reachedAt <= event;
        const over = taken ? isOver(place, event, run, stateOf) : isPassed(place, event, run, stateOf);
        if (!over) continue;
        for (const child of place.children.places) {
          if (child.reachedAt > event && isNamed(child)) skipped.push(child.node.id);
        }
      }
      return skipped;
    },
  };
}

/** The branch cannot start anything more. */
function isOver(place: Place, event: number, run: RunStatus | undefined, stateOf: StateOf): boolean {
  if (run !== undefined && run !== 'running') return true;
  for (let inner: Place = place; ; inner = inner.parent) {
    if (isSequence(inner.parent) && isPast(inner, event)) return true;
    if (inner.parent === undefined) return false;
    if (stateOf(inner.parent.node.id)?.open === 0) return true;
  }
}

/** The flow went through the branch without taking any of its paths. */
function isPassed(place: Place, event: number, run: RunStatus | undefined, stateOf: StateOf): boolean {
  const { parent, siblings, index } = place;
  if (!isSequence(parent)) return false;
  if (index < siblings.places.length - 1) return isPast(place, event);
  return parent === undefined ? run === 'success' : stateOf(parent.node.id)?.status === 'success';
}

/** Something behind it in the flow was reached. */
function isPast({ siblings, index }: Place, event: number): boolean {
  return (valueAt(siblings.furthest, event) ?? -1) > index;
}

function isSequence(parent: Place | undefined): boolean {
  return parent === undefined || parent.node.kind === 'workflow';
}

function isNamed(place: Place): boolean {
  return place.node.step !== undefined || place.children.places.some(isNamed);
}

function placesOf(nodes: readonly AlignableNode[]): {
  readonly places: ReadonlyMap<EntryAddress, Place>;
  readonly conditionals: readonly Place[];
} {
  const places = new Map<EntryAddress, Place>();
  const roots = noSiblings();
  for (const node of nodes) {
    if (node.kind === 'start' || node.kind === 'end') continue;
    const parent = node.parent === undefined ? undefined : places.get(node.parent);
    const siblings = parent?.children ?? roots;
    const index = siblings.places.length;
    const place: Place = { node, parent, siblings, index, children: noSiblings(), reachedAt: Infinity };
    places.set(node.id, place);
    siblings.places.push(place);
  }
  return { places, conditionals: [...places.values()].filter((place) => place.node.kind === 'conditional') };
}

function noSiblings(): Siblings {
  return { places: [], furthest: createTrack() };
}
