/**
 * A workflow to draw, and as drawn. The language server answers with a `GraphModel`; `layoutGraph` (common/graph/view.ts)
 * makes a `GraphView` of it, in the panel, in the command line and in tests. Plain JSON, both of them.
 */
import type { EntryAddress } from '../model/address.ts';
import type { Shape } from '../model/flow.ts';
import type { Location } from '../model/text.ts';
import type { FlowEntryType, WorkflowKey } from '../model/workflow.ts';
import type { RuleId, Severity } from './rules.ts';

/** All that is to be drawn, nested workflows whole, without a place on the screen. */
export interface GraphModel {
  readonly workflow: GraphWorkflow;
  /** The shapes that nodes name by their index, each once: what leaves a step mostly is what arrives at the next. */
  readonly shapes: readonly Shape[];
  /** Parents before children, siblings in the order of the flow. */
  readonly nodes: readonly ModelNode[];
}

/** How a box arranges what it holds; `leaf` holds nothing. */
export type Arrangement = 'leaf' | 'row' | 'loop' | 'foreach' | 'sequence';

/** An index in `GraphModel.shapes`; undefined where the shape is not known. */
export type ShapeIndex = number | undefined;

/** What is known of a node wherever it stands, and whether or not it is shown. */
export interface NodeFacts {
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
  readonly title: string;
  /** A second, smaller line: condition, concurrency, duration, source of a mapping, reason of an opaque part. */
  readonly detail: string | undefined;
  readonly description: string | undefined;
  readonly canSuspend: boolean;
  /** Where the entry stands in the chain. */
  readonly source: Location | undefined;
  /** Where the step is declared, when that is elsewhere. */
  readonly definition: Location | undefined;
  readonly findings: readonly GraphFinding[];
}

export interface ModelNode extends NodeFacts {
  readonly arrangement: Arrangement;
  /** The condition under which a path of a branch runs, as it is written. */
  readonly condition: string | undefined;
  readonly arrives: ShapeIndex;
  /** What it accepts; equal to `arrives` only when the two agree to the letter. */
  readonly needs: ShapeIndex;
  readonly leaves: ShapeIndex;
  /** What does not fit on the way into the node: marks the line that leads there. */
  readonly mismatch: GraphFinding | undefined;
  /** For the body of a loop: what does not fit when its output goes in again. */
  readonly mismatchAgain: GraphFinding | undefined;
}

/** A workflow as drawn: boxes in boxes with absolute coordinates in CSS pixels, origin at the top left. */
export interface GraphView {
  readonly workflow: GraphWorkflow;
  readonly width: number;
  /** Pixels that what is wrong with the lines of the outermost chain reaches beyond the width, at its right. */
  readonly overhang: number;
  readonly height: number;
  /** Parents before children. What a folded node holds is left out. */
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

export interface GraphNode extends NodeFacts {
  /** True for a box that holds other nodes in this drawing. */
  readonly container: boolean;
  /** Undefined for what cannot be folded: everything but a nested workflow that is drawn in place. */
  readonly folding: NodeFolding | undefined;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly arrives: Shape | undefined;
  /** What it accepts; equal to `arrives` only when the two agree to the letter. */
  readonly needs: Shape | undefined;
  readonly leaves: Shape | undefined;
}

export interface NodeFolding {
  readonly folded: boolean;
  /** Steps inside, at any depth; boxes that only arrange others do not count. */
  readonly steps: number;
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
  /** Whose shape it is: where the data goes to its declaration (`PanelToHost`). */
  readonly carries: DataPlace;
  /** What flows in short, or what does not fit, where there is room beside the line. */
  readonly data: GraphLabel | undefined;
  /** Marks an edge whose data does not fit its target. */
  readonly finding: GraphFinding | undefined;
  readonly kind: 'flow' | 'loop-back';
}

/** One side of a node. */
export interface DataPlace {
  readonly node: EntryAddress;
  readonly side: 'arrives' | 'leaves';
}

/** A text with a box of its own, which nothing else overlaps. */
export interface GraphLabel {
  /** The whole text; the panel cuts it to the box and shows the rest on hover. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
