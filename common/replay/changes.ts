/** What became of a recorded run's workflow since: which of its steps the source still has. */
import type { ModelNode } from '../protocol/graph.ts';
import type { StepGroup } from './occurrence.ts';
import type { RunIndex } from './run-index.ts';

/** What counts of a node here. */
export type ComparableNode = Pick<
  ModelNode,
  'id' | 'parent' | 'kind' | 'step' | 'title' | 'detail' | 'condition' | 'arrangement'
>;

export interface SourceChanges {
  /** Steps of the run that the source still has, and all of them. */
  readonly aligned: number;
  readonly total: number;
  /** Steps of the run that it has not any more, by their title when they ran. */
  readonly gone: readonly string[];
  /** Steps of the run that may now be one of several. */
  readonly ambiguous: readonly string[];
  /** Steps that it did not have when the run began. */
  readonly added: readonly string[];
  /** Steps with another condition or another way to repeat. */
  readonly changed: readonly string[];
}

/** True when the two would be drawn alike, but for their places in the source. */
export function isSameWorkflow(recorded: readonly ComparableNode[], now: readonly ComparableNode[]): boolean {
  return (
    recorded.length === now.length &&
    recorded.every((node, index) => {
      const other = now[index];
      return other !== undefined && signatureOf(node) === signatureOf(other) && meaningOf(node) === meaningOf(other);
    })
  );
}

/** `before` has the run laid over the recorded workflow, `after` over the one that the source has now. */
export function sourceChanges(
  recorded: { readonly nodes: readonly ComparableNode[]; readonly index: RunIndex },
  now: { readonly nodes: readonly ComparableNode[]; readonly index: RunIndex },
): SourceChanges {
  const titles = new Map(recorded.nodes.map((node) => [node.id, node.title]));
  const gone = new Set<string>();
  const ambiguous = new Set<string>();
  const ran = new Map<string, StepGroup>();
  for (const group of allGroups(recorded.index.occurrences.groups)) {
    // What no drawing ever had says nothing about the source.
    if (group.nodes.length > 0) ran.set(group.nodes.join('\n'), group);
  }
  for (const group of ran.values()) {
    const [first] = group.nodes;
    const title = (first === undefined ? undefined : titles.get(first)) ?? group.step.at(-1) ?? '';
    const nodes = now.index.occurrenceOf(group.first)?.group.nodes ?? [];
    if (nodes.length === 0) gone.add(title);
    else if (nodes.length > group.nodes.length) ambiguous.add(title);
  }
  const known = new Set(recorded.nodes.map(stepOf));
  const before = new Map(recorded.nodes.map((node) => [node.id, node]));
  const steps = now.nodes.filter(({ step }) => step !== undefined);
  const changed = now.nodes.filter((node) => {
    const other = before.get(node.id);
    return other !== undefined && signatureOf(other) === signatureOf(node) && meaningOf(other) !== meaningOf(node);
  });
  const total = ran.size;
  const lost = [...ran.values()].filter(
    (group) => (now.index.occurrenceOf(group.first)?.group.nodes.length ?? 0) !== group.nodes.length,
  ).length;
  return {
    aligned: total - lost,
    total,
    gone: [...gone],
    ambiguous: [...ambiguous],
    added: unique(steps.filter((node) => !known.has(stepOf(node))).map(({ title }) => title)),
    changed: unique(changed.map(({ title }) => title)),
  };
}

function allGroups(groups: readonly StepGroup[]): readonly StepGroup[] {
  return groups.flatMap((group) => [
    group,
    ...allGroups(group.groups),
    ...group.occurrences.flatMap((occurrence) => allGroups(occurrence.groups)),
  ]);
}

function signatureOf({ id, parent, kind, step }: ComparableNode): string {
  return JSON.stringify([id, parent, kind, step]);
}

/** Under which condition, how often or how long; other details only describe. */
function meaningOf({ kind, condition, detail }: ComparableNode): string {
  const says = kind === 'loop' || kind === 'foreach' || kind === 'sleep' || kind === 'sleepUntil';
  return JSON.stringify([condition, says ? detail : undefined]);
}

function stepOf({ step, kind }: ComparableNode): string {
  return `${kind} ${step?.join('.') ?? ''}`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
