/** Entries of one workflow whose results are kept under the same id; what duplicate-step-id and step-reused share. */
import { childAddress, childEntries, type EntryAddress } from '../../../common/model/address.ts';
import { isNamed, writtenId, type FlowEntry, type WorkflowModel } from '../../../common/model/workflow.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import { code } from './wording.ts';

export interface Use {
  readonly id: string;
  readonly entry: FlowEntry;
  readonly address: EntryAddress;
  /** The box that holds it; undefined at the top level. */
  readonly parent: FlowEntry | undefined;
}

export interface Collision {
  readonly workflow: WorkflowModel;
  readonly use: Use;
  /** The first entry with this id. */
  readonly earlier: Use;
  /** `one`: both are the same step, workflow, agent or tool. `two`: two of them share an id. */
  readonly steps: 'one' | 'two';
  /** The box that holds both side by side; `exclusive` is a branch of which only one can run. */
  readonly together: 'parallel' | 'branch' | 'exclusive' | undefined;
}

export function* collisionsIn(workflow: WorkflowModel): Generator<Collision> {
  const first = new Map<string, Use>();
  for (const use of usesIn(workflow.entries, undefined, '')) {
    const earlier = first.get(use.id);
    if (earlier === undefined) first.set(use.id, use);
    else {
      const steps = isSameStep(use.entry, earlier.entry) ? 'one' : 'two';
      yield { workflow, use, earlier, steps, together: boxOf(use, earlier) };
    }
  }
}

/** What every finding about a collision has. */
export function collisionPlace({ workflow, use, earlier }: Collision): Omit<Finding, 'rule' | 'severity' | 'message'> {
  return {
    file: use.entry.file,
    range: use.entry.range,
    related: [{ file: earlier.entry.file, range: earlier.entry.range, message: `${code(use.id)} is first used here` }],
    fixes: [],
    workflow: workflow.key,
    address: use.address,
  };
}

/** Entries of this workflow that keep a result under an id that the source tells. Nested workflows keep their own. */
function* usesIn(entries: readonly FlowEntry[], parent: FlowEntry | undefined, address: EntryAddress): Generator<Use> {
  for (const entry of entries) {
    const here = childAddress(address, entry.node);
    const id = resultId(entry);
    if (id !== undefined) yield { id, entry, address: here, parent };
    yield* usesIn(childEntries(entry), entry, here);
  }
}

/** What boxes leave is kept under the ids of the entries in them. */
function resultId(entry: FlowEntry): string | undefined {
  const keepsResult =
    isNamed(entry) || entry.type === 'mapping' || entry.type === 'sleep' || entry.type === 'sleepUntil';
  return keepsResult ? writtenId(entry) : undefined;
}

/** Declared once: what is made in place, or by a function that is called twice, has another place or none. */
function isSameStep(a: FlowEntry, b: FlowEntry): boolean {
  if (a.type !== b.type || a.definition === undefined || b.definition === undefined) return false;
  const [one, two] = [a.definition, b.definition];
  const [start, other] = [one.range.start, two.range.start];
  return one.file === two.file && start.line === other.line && start.character === other.character;
}

function boxOf(use: Use, earlier: Use): Collision['together'] {
  if (use.parent === undefined || use.parent !== earlier.parent) return undefined;
  if (use.parent.type === 'parallel') return 'parallel';
  if (use.parent.type !== 'conditional') return undefined;
  return use.parent.exclusive === true ? 'exclusive' : 'branch';
}
