/** What is different between two moments of a run. Pure. */
import type { EntryAddress } from '../model/address.ts';
import type { PayloadReference } from '../protocol/replay.ts';
import type { Moment, NodeRun } from './moment.ts';

export type ChangedPart = 'status' | 'runs' | 'input' | 'output' | 'suspended' | 'error';

export interface NodeChange {
  readonly node: EntryAddress;
  /** Undefined where it was not reached by then. */
  readonly before: NodeRun | undefined;
  readonly after: NodeRun | undefined;
  /** At least one. Values count as changed when they come from another event: they may still be equal. */
  readonly parts: readonly ChangedPart[];
}

/** Every node that is not as it was, in the order in which the later moment reached them. */
export function momentChanges(before: Pick<Moment, 'nodes'>, after: Pick<Moment, 'nodes'>): readonly NodeChange[] {
  const nodes = new Set([...after.nodes.keys(), ...before.nodes.keys()]);
  return [...nodes].flatMap((node): readonly NodeChange[] => {
    const [was, is] = [before.nodes.get(node), after.nodes.get(node)];
    if (was === is) return [];
    const parts = changedParts(was, is);
    return parts.length === 0 ? [] : [{ node, before: was, after: is, parts }];
  });
}

function changedParts(was: NodeRun | undefined, is: NodeRun | undefined): readonly ChangedPart[] {
  const checks: readonly (readonly [ChangedPart, boolean])[] = [
    ['status', was?.status !== is?.status],
    ['runs', was !== undefined && is !== undefined && was.runs !== is.runs],
    ['input', isOther(was?.input, is?.input)],
    ['output', isOther(was?.output, is?.output)],
    ['suspended', isOther(was?.suspendPayload, is?.suspendPayload)],
    ['error', was?.error?.event !== is?.error?.event],
  ];
  return checks.flatMap(([part, changed]) => (changed ? [part] : []));
}

function isOther(was: PayloadReference | undefined, is: PayloadReference | undefined): boolean {
  return was?.event !== is?.event || was?.item !== is?.item;
}
