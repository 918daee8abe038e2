/**
 * The workflow model (IR): what the source of a workflow says, with a range for every part. Plain JSON.
 * It mirrors `serializedStepGraph` of @mastra/core (the oracle of test/conformance): same entries, same nesting, same order.
 */
import type { Compatibility, Shape } from './flow.ts';
import { knownOr, type Known } from './known.ts';
import type { MappingRead } from './mapping.ts';
import type { FileEdit, Location, Range } from './text.ts';

/** Identity of a workflow in a project: `<file>#<declared name>`, or `<file>#<n>` for the n-th one without a name. */
export type WorkflowKey = string;

export interface WorkflowModel {
  readonly key: WorkflowKey;
  /** The `id` option; opaque when it is computed. */
  readonly id: Known<string>;
  /** The variable or property the workflow is declared as. */
  readonly name: string | undefined;
  /** The name it is exported under (`default` for a default export). */
  readonly exportName: string | undefined;
  readonly description: string | undefined;
  readonly file: string;
  /** The declared name; the `createWorkflow` callee when there is no name. */
  readonly nameRange: Range;
  /** The whole statement that makes the workflow, with the chain that belongs to it. */
  readonly range: Range;
  readonly commit: Commit;
  /** What the workflow accepts: the input side of its `inputSchema` (fields with defaults are optional). */
  readonly input: Known<Shape>;
  /** What it promises: the output side of its `outputSchema`. */
  readonly output: Known<Shape>;
  readonly state: Known<Shape> | undefined;
  readonly entries: readonly FlowEntry[];
  /** What leaves the last entry against `outputSchema`; `opaque` where either is not known, `fits` for an empty chain. */
  readonly end: Compatibility;
  /** Set where not the whole chain could be read (built in a loop, passed to a function): rules about completeness stay silent. */
  readonly incomplete: string | undefined;
  /** True for a copy made with `cloneWorkflow`: it runs the steps of the original, its own entries are only those added to it. */
  readonly isCopy?: true;
}

export type Commit =
  | { readonly kind: 'committed'; readonly range: Range }
  | {
      readonly kind: 'missing';
      /** Where to report: the declared name; without one, the object of the later statement that holds the chain's end. */
      readonly report: Range;
      /** The edit that inserts `.commit()` at the end of the last chain, in the chain's own style. */
      readonly insertion: FileEdit;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

interface EntryBase {
  /**
   * Name of the entry among its siblings; with the names of its parents joined by `/` it is the entry's address in the
   * workflow (see address.ts). Made from what the author wrote (step id, kind), so an edit elsewhere does not change it.
   */
  readonly node: string;
  readonly file: string;
  /** The argument inside the chain call; the whole call segment (`.commit()` style) when there is no argument. */
  readonly range: Range;
  /** The call segment in the chain, from the method name to the closing parenthesis; equals `range` inside parallel and branch. */
  readonly call: Range;
  /** The line break and the indent in front of the call, where it starts a line: what is put into the chain does the same. */
  readonly lineBreak?: string;
  /** Where the step, workflow, agent or tool is declared, when that is somewhere else than `range`. */
  readonly definition: Location | undefined;
  readonly description: string | undefined;
  /** What arrives at this entry against what it needs. */
  readonly check: Compatibility;
  readonly arrives: Known<Shape>;
  readonly needs: Known<Shape>;
  /** What this entry hands to the next one. */
  readonly leaves: Known<Shape>;
}

export interface StepEntry extends EntryBase {
  readonly type: 'step';
  readonly id: Known<string>;
  /** True when the step has a `suspendSchema`/`resumeSchema` or its `execute` calls `suspend`. */
  readonly canSuspend: boolean;
}

/** `.map()`; without an explicit id the runtime names it `mapping_<workflow id>_<n>`. */
export interface MappingEntry extends EntryBase {
  readonly type: 'mapping';
  readonly id: string | undefined;
  readonly form: 'function' | 'object' | 'unknown';
  /** Source text on one line, cut to 120 characters. */
  readonly source: string;
  /** What the object form reads by path or template. */
  readonly reads?: readonly MappingRead[];
}

export interface ParallelEntry extends EntryBase {
  readonly type: 'parallel';
  readonly id: string | undefined;
  readonly entries: readonly FlowEntry[];
  readonly unknownResults?: readonly UnknownResult[];
}

export interface ConditionalEntry extends EntryBase {
  readonly type: 'conditional';
  readonly id: string | undefined;
  readonly branches: readonly Branch[];
  /** What stands in the list, or in its place, and is no pair of a condition and a step; none when undefined. */
  readonly malformed?: readonly MalformedBranch[];
  /** `complete` when one condition always holds, `partial` when none may hold; undefined where that is not known. */
  readonly coverage?: 'complete' | 'partial';
  /** True when two of the conditions certainly never hold at once. */
  readonly exclusive?: true;
  readonly unknownResults?: readonly UnknownResult[];
}

/** A read, behind `.parallel` or `.branch`, of a result by an id that none of its steps has, which TypeScript does not see. */
export interface UnknownResult extends Location {
  readonly id: string;
  /** The read as it is written, e.g. `inputData.total`. */
  readonly read: string;
  /** A close id of one of the steps, and the edit that reads that one. */
  readonly similar?: string;
  readonly correction?: FileEdit;
  /** Where the step is declared whose function reads it; undefined for a function in the chain. */
  readonly step?: Location;
}

export interface MalformedBranch extends Location {
  /**
   * In place of a pair: an `object`, a `step`, a `function`, another `value`, `parts` that are not in brackets of their own, or
   * a pair without a step (`incomplete`). In a pair: a `condition` that is no function, a condition and a step that are
   * `swapped`, or a function in place of the step (`not-a-step`).
   */
  readonly found:
    'object' | 'step' | 'function' | 'value' | 'parts' | 'incomplete' | 'condition' | 'swapped' | 'not-a-step';
  /** The edit that makes pairs of it, where the source tells how. */
  readonly correction?: FileEdit;
}

export interface Branch {
  /** Source text of the condition on one line, without the arrow function's head where that stays readable. */
  readonly condition: string;
  readonly conditionRange: Range;
  readonly entry: FlowEntry;
}

export interface LoopEntry extends EntryBase {
  readonly type: 'loop';
  readonly loopType: 'dowhile' | 'dountil';
  readonly id: string | undefined;
  readonly condition: string;
  readonly body: FlowEntry;
  /** The condition, where it asks for another round every time and nothing in the body's own source ends the run. */
  readonly endless?: Range;
  /** What leaves the body against what the body needs the next time round. */
  readonly again: Compatibility;
}

export interface ForeachEntry extends EntryBase {
  readonly type: 'foreach';
  readonly id: string | undefined;
  readonly concurrency: number | undefined;
  readonly body: FlowEntry;
}

export interface SleepEntry extends EntryBase {
  readonly type: 'sleep' | 'sleepUntil';
  readonly id: string | undefined;
  /** Milliseconds when it is a literal. */
  readonly duration: number | undefined;
  readonly source: string;
  /** Set where it certainly has no id: where one goes, with what comes before and after its quotes. */
  readonly naming?: IdInsertion;
}

export interface IdInsertion {
  readonly at: Range;
  readonly before: string;
  readonly after: string;
}

/** A workflow used as a step of another one. */
export interface WorkflowEntry extends EntryBase {
  readonly type: 'workflow';
  readonly id: Known<string>;
  /** The workflow it stands for. Look it up in ProjectModel.workflows; beware of cycles. */
  readonly target: Known<WorkflowKey>;
}

export interface AgentEntry extends EntryBase {
  readonly type: 'agent';
  readonly id: Known<string>;
}

export interface ToolEntry extends EntryBase {
  readonly type: 'tool';
  readonly id: Known<string>;
}

export interface ClassifierEntry extends EntryBase {
  readonly type: 'classifier';
  readonly id: Known<string>;
}

/** A part of the chain that cannot be read from the source: drawn as such, never judged. */
export interface OpaqueEntry extends EntryBase {
  readonly type: 'opaque';
  readonly reason: string;
}

export type FlowEntry =
  | StepEntry
  | MappingEntry
  | ParallelEntry
  | ConditionalEntry
  | LoopEntry
  | ForeachEntry
  | SleepEntry
  | WorkflowEntry
  | AgentEntry
  | ToolEntry
  | ClassifierEntry
  | OpaqueEntry;

export type FlowEntryType = FlowEntry['type'];

type NamedEntryType = 'step' | 'workflow' | 'agent' | 'tool' | 'classifier';

/** Entries that stand for something with a name of its own: what a person would call a step. */
export function isNamed<E extends { readonly type: FlowEntryType }>(
  entry: E,
): entry is Extract<E, { readonly type: NamedEntryType }> {
  const type: FlowEntryType = entry.type;
  switch (type) {
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
      return true;
    case 'mapping':
    case 'parallel':
    case 'conditional':
    case 'loop':
    case 'foreach':
    case 'sleep':
    case 'sleepUntil':
    case 'opaque':
      return false;
  }
}

/** The id that the source gives an entry, its own or in the options of the call; undefined where there is none to be read. */
export function writtenId(entry: FlowEntry): string | undefined {
  if (isNamed(entry)) return knownOr(entry.id, undefined);
  return entry.type === 'opaque' ? undefined : entry.id;
}
