/** What a `new Mastra({...})` registers, and where something registered is looked up by its name. */
import type { Location, Range } from '../text.ts';
import type { WorkflowKey } from '../workflow.ts';
import type { FactBase } from './base.ts';

/** The options of `new Mastra` that hold what is looked up by name. */
export type RegistryGroup = 'workflows' | 'agents' | 'tools' | 'vectors';

export interface RegistryFact extends FactBase {
  readonly kind: 'registry';
  readonly groups: Readonly<Record<RegistryGroup, Registrations>>;
  /** The files that its own file imports, directly or not: what they hold runs with this instance. */
  readonly reaches: readonly string[];
  /** How to add a workflow; undefined where the workflows are not listed in the call itself. */
  readonly extension: RegistryExtension | undefined;
}

export interface Registrations {
  readonly entries: readonly Registration[];
  /** False where there may be more than `entries`: spreads, computed lists, what is added while the program runs. */
  readonly complete: boolean;
}

export interface Registration extends Location {
  readonly key: string;
  /** Undefined when it is computed. */
  readonly id: string | undefined;
  readonly workflow: WorkflowKey | undefined;
}

/** The places in the file of a `new Mastra` where a further workflow is written. */
export interface RegistryExtension {
  /** Where the new property goes, and the text before and after it. */
  readonly property: { readonly range: Range; readonly before: string; readonly after: string };
  /** Where a further import goes: an empty range at the beginning of a line. */
  readonly imports: Range;
  /** The extension that relative imports of the file have: `.js`, `.ts` or none. */
  readonly importExtension: string;
  /** Names imported so far, with their modules. */
  readonly imported: readonly { readonly local: string; readonly name: string; readonly module: string }[];
  /** The quotes of its imports. */
  readonly quote: string;
  /** Every name in the file, so that the new import collides with none. */
  readonly names: readonly string[];
}

/** `mastra.getAgent('x')`, `mastra.getWorkflowById('x')`, `.agent('x')` in a chain. The range is the name without its quotes. */
export interface LookupFact extends FactBase {
  readonly kind: 'lookup';
  readonly group: RegistryGroup;
  readonly by: 'key' | 'id';
  readonly method: string;
  readonly name: string;
  /**
   * The instance that is asked: one that the source names (its place is that of its registry fact), one that Mastra
   * hands to the code of the file, or any.
   */
  readonly instance: Location | 'handed' | 'any';
  /** True inside a `try`: that it throws may be what is wanted. */
  readonly guarded: boolean;
  /** True for the step of a chain, which fails when a run gets there. */
  readonly step: boolean;
}

/** `mastra.addAgent(...)` and the like. */
export interface RegistrationAddedFact extends FactBase {
  readonly kind: 'registration-added';
  readonly group: RegistryGroup;
  /** Undefined when key or id are computed. */
  readonly names: { readonly key: string; readonly id: string } | undefined;
}
