/** Branches that were not taken. The stream says nothing of conditions: a branch is known to be skipped once the flow is past it. */
import type { EntryAddress } from '../model/address.ts';
import type { AlignableNode } from './align.ts';
import type { RunStatus } from './events.ts';
import type { StepState } from './step.ts';

interface Place {
  readonly node: AlignableNode;
  readonly parent: Place | undefined;
  readonly children: Place[];
}

/**
 * The outermost nodes of branches that were not taken. Mastra starts all branches whose condition holds at once, so once one of them
 * ran and the branch is over, the others were skipped; when none ran, all were, provided that what follows has begun. A branch
 * whose steps have no known id stays unmarked.
 */
export function skippedBranches(
  nodes: readonly AlignableNode[],
  states: ReadonlyMap<EntryAddress, StepState>,
  run: RunStatus | undefined,
): readonly EntryAddress[] {
  const { roots, conditionals } = treeOf(nodes);
  const reached = (place: Place): boolean => states.has(place.node.id) || place.children.some(reached);
  return conditionals.flatMap((place) => {
    const taken = place.children.some(reached);
    const over = taken ? isOver(place, roots, states, run, reached) : isPassed(place, roots, states, run, reached);
    if (!over) return [];
    return place.children.filter((child) => !reached(child) && isNamed(child)).map((child) => child.node.id);
  });
}

/** The branch cannot start anything more. */
function isOver(
  place: Place,
  roots: readonly Place[],
  states: ReadonlyMap<EntryAddress, StepState>,
  run: RunStatus | undefined,
  reached: (place: Place) => boolean,
): boolean {
  if (run !== undefined && run !== 'running') return true;
  let inner = place;
  for (;;) {
    const { parent } = inner;
    if (isSequence(parent) && following(inner, roots).some(reached)) return true;
    if (parent === undefined) return false;
    const state = states.get(parent.node.id);
    if (state !== undefined && state.open === 0) return true;
    inner = parent;
  }
}

/** The flow went through the branch without taking any of its paths. */
function isPassed(
  place: Place,
  roots: readonly Place[],
  states: ReadonlyMap<EntryAddress, StepState>,
  run: RunStatus | undefined,
  reached: (place: Place) => boolean,
): boolean {
  const { parent } = place;
  if (!isSequence(parent)) return false;
  const next = following(place, roots);
  if (next.length > 0) return next.some(reached);
  return parent === undefined ? run === 'success' : states.get(parent.node.id)?.status === 'success';
}

function isSequence(parent: Place | undefined): boolean {
  return parent === undefined || parent.node.kind === 'workflow';
}

function following(place: Place, roots: readonly Place[]): readonly Place[] {
  const siblings = place.parent?.children ?? roots;
  return siblings.slice(siblings.indexOf(place) + 1);
}

function isNamed(place: Place): boolean {
  return place.node.step !== undefined || place.children.some(isNamed);
}

function treeOf(nodes: readonly AlignableNode[]): {
  readonly roots: readonly Place[];
  readonly conditionals: readonly Place[];
} {
  const places = new Map<EntryAddress, Place>();
  const roots: Place[] = [];
  for (const node of nodes) {
    if (node.kind === 'start' || node.kind === 'end') continue;
    const parent = node.parent === undefined ? undefined : places.get(node.parent);
    const place: Place = { node, parent, children: [] };
    places.set(node.id, place);
    (parent?.children ?? roots).push(place);
  }
  return { roots, conditionals: [...places.values()].filter((place) => place.node.kind === 'conditional') };
}
