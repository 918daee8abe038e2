/** A workflow as drawn: boxes in boxes with absolute coordinates in CSS pixels, origin at the top left. Plain JSON. */
import type { EntryAddress } from '../model/address.ts';
import type { Shape } from '../model/flow.ts';
import type { Location } from '../model/text.ts';
import type { FlowEntryType, WorkflowKey } from '../model/workflow.ts';
import type { RuleId, Severity } from './rules.ts';

export interface GraphView {
  readonly workflow: GraphWorkflow;
  readonly width: number;
  readonly height: number;
  /** Parents before children. */
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphWorkflow {
  readonly key: WorkflowKey;
  /** Id, else declared name, else "workflow". */
  readonly title: string;
  readonly id: string | undefined;
  readonly description: string | undefined;
  readonly location: Location;
  readonly committed: boolean;
  /** Set where not the whole chain could be read: why, in words. */
  readonly incomplete: string | undefined;
  /** Those about the workflow as a whole; the node `$start` bears them as well. */
  readonly findings: readonly GraphFinding[];
}

export interface GraphNode {
  /** The entry's address in the workflow (common/model/address.ts). */
  readonly id: EntryAddress;
  readonly parent: EntryAddress | undefined;
  readonly kind: FlowEntryType | 'start' | 'end';
  /**
   * The step ids by which events of a run name this node, from the outside in (`['pack-order', 'weigh']`); for an
   * unnamed mapping the runtime's own `mapping_<workflow id>_<n>`. A foreach and its body carry the same path: Mastra
   * names the events of both by the body. Undefined where the source does not tell, and for boxes that make no events
   * (parallel, conditional, loop; their children do).
   */
  readonly step: readonly string[] | undefined;
  /** True for a box that holds other nodes. */
  readonly container: boolean;
  readonly title: string;
  /** A second, smaller line: condition, concurrency, duration, source of a mapping, reason of an opaque part. */
  readonly detail: string | undefined;
  readonly description: string | undefined;
  readonly canSuspend: boolean;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where the entry stands in the chain. */
  readonly source: Location | undefined;
  /** Where the step is declared, when that is elsewhere. */
  readonly definition: Location | undefined;
  readonly arrives: Shape | undefined;
  /** What it accepts; equal to `arrives` only when the two agree to the letter. */
  readonly needs: Shape | undefined;
  readonly leaves: Shape | undefined;
  readonly findings: readonly GraphFinding[];
}

export interface GraphFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
}

export interface GraphEdge {
  /** `<from>-><to>` */
  readonly id: string;
  readonly from: EntryAddress;
  readonly to: EntryAddress;
  /** At least two points; drawn as a polyline with rounded corners. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The condition on an edge into a branch, in a box of its own that nothing else overlaps. */
  readonly label: GraphLabel | undefined;
  /** What flows, when known. */
  readonly shape: Shape | undefined;
  /** Marks an edge whose data does not fit its target. */
  readonly finding: GraphFinding | undefined;
  readonly kind: 'flow' | 'loop-back';
}

export interface GraphLabel {
  /** The whole text; the panel cuts it to the box and shows the rest on hover. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
