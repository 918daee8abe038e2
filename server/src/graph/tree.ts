/** ProjectModel -> the tree of nodes of one workflow, nested workflows whole and in place. */
import { arrangementOf } from '../../../common/graph/arrangement.ts';
import { childAddress, END, START } from '../../../common/model/index.ts';
import type {
  EntryAddress,
  FlowEntry,
  Known,
  Location,
  ProjectModel,
  Shape,
  WorkflowEntry,
  WorkflowKey,
  WorkflowModel,
} from '../../../common/model/index.ts';
import type { Arrangement, ModelNode } from '../../../common/protocol/graph.ts';
import { labelOf } from './labels.ts';
import { mappingIds, runStepId } from './run-steps.ts';

export interface FlowNode {
  readonly address: EntryAddress;
  readonly parent: EntryAddress | undefined;
  readonly kind: ModelNode['kind'];
  readonly arrangement: Arrangement;
  /** Undefined for the two ends of a workflow. */
  readonly entry: FlowEntry | undefined;
  /** The workflow whose chain the node stands in, and the node's address in that workflow (what findings are given by). */
  readonly owner: WorkflowKey;
  readonly ownAddress: EntryAddress;
  /** The workflow drawn inside the node. */
  readonly inside: WorkflowModel | undefined;
  readonly step: readonly string[] | undefined;
  readonly title: string;
  readonly detail: string | undefined;
  readonly description: string | undefined;
  readonly canSuspend: boolean;
  readonly source: Location | undefined;
  readonly arrives: Shape | undefined;
  readonly needs: Shape | undefined;
  readonly leaves: Shape | undefined;
  /** The condition under which a path of a branch runs. */
  readonly condition: string | undefined;
  readonly children: readonly FlowNode[];
}

/**
 * A workflow that is used twice on every level doubles with each level; beyond these a nested workflow is a
 * single box, so that a drawing always ends. Far above what a person can read.
 */
const maximumNodes = 20_000;
const maximumDepth = 40;

interface Context {
  readonly project: ProjectModel;
  /** Ids of mappings per workflow; a workflow used many times is counted once. */
  readonly mappings: Map<WorkflowKey, ReadonlyMap<FlowEntry, string | undefined>>;
  nodes: number;
}

interface Place {
  readonly workflow: WorkflowModel;
  /** Keys of the workflows from the outside in. */
  readonly path: readonly WorkflowKey[];
  /** Address of the entry that uses `workflow`; empty for the workflow asked for. */
  readonly prefix: EntryAddress;
  /** Run path of that entry; undefined where it is not known. */
  readonly run: readonly string[] | undefined;
}

/** The chain of `workflow` from `$start` to `$end`. */
export function flowTree(project: ProjectModel, workflow: WorkflowModel): readonly FlowNode[] {
  const context: Context = { project, mappings: new Map(), nodes: 0 };
  return chain(context, { workflow, path: [workflow.key], prefix: '', run: [] });
}

function chain(context: Context, place: Place): readonly FlowNode[] {
  const { workflow } = place;
  const last = workflow.entries.at(-1);
  const entries = workflow.entries.map((entry) => entryNode(context, place, entry, '', undefined));
  const leaving = last === undefined ? shapeOf(workflow.input) : shapeOf(last.leaves);
  return [
    endNode(place, 'start', { arrives: undefined, needs: undefined, leaves: shapeOf(workflow.input) }),
    ...entries,
    endNode(place, 'end', { arrives: leaving, needs: shapeOf(workflow.output), leaves: shapeOf(workflow.output) }),
  ];
}

function endNode(
  place: Place,
  kind: 'start' | 'end',
  shapes: Pick<FlowNode, 'arrives' | 'needs' | 'leaves'>,
): FlowNode {
  const ownAddress = kind === 'start' ? START : END;
  return {
    address: childAddress(place.prefix, ownAddress),
    parent: place.prefix === '' ? undefined : place.prefix,
    kind,
    arrangement: 'leaf',
    entry: undefined,
    owner: place.workflow.key,
    ownAddress,
    inside: undefined,
    step: undefined,
    title: kind === 'start' ? 'Start' : 'End',
    detail: undefined,
    description: undefined,
    canSuspend: false,
    source: { file: place.workflow.file, range: place.workflow.nameRange },
    ...shapes,
    condition: undefined,
    children: [],
  };
}

/** `parent` is the address of the entry's parent inside its own workflow. */
function entryNode(
  context: Context,
  place: Place,
  entry: FlowEntry,
  parent: EntryAddress,
  condition: string | undefined,
): FlowNode {
  context.nodes += 1;
  const ownAddress = childAddress(parent, entry.node);
  const address = childAddress(place.prefix, ownAddress);
  const step = runPath(context, place, entry);
  const nested =
    entry.type === 'workflow' ? nestedChain(context, place, entry, address, step) : ({ kind: 'none' } as const);
  const children = nested.kind === 'drawn' ? nested.children : ownChildren(context, place, entry, ownAddress);
  const label = labelOf(entry);
  const outside = joinAddress(place.prefix, parent);
  return {
    address,
    parent: outside === '' ? undefined : outside,
    kind: entry.type,
    arrangement: children.length === 0 ? 'leaf' : arrangementOf(entry.type),
    entry,
    owner: place.workflow.key,
    ownAddress,
    inside: nested.kind === 'drawn' ? nested.workflow : undefined,
    step,
    title: label.title,
    detail: nested.kind === 'folded' ? nested.detail : label.detail,
    description: entry.description ?? (entry.type === 'mapping' ? entry.source : undefined),
    canSuspend: entry.type === 'step' && entry.canSuspend,
    source: { file: entry.file, range: entry.range },
    arrives: shapeOf(entry.arrives),
    needs: shapeOf(entry.needs),
    leaves: shapeOf(entry.leaves),
    condition,
    children,
  };
}

function runPath(context: Context, place: Place, entry: FlowEntry): readonly string[] | undefined {
  if (place.run === undefined) return undefined;
  let mappings = context.mappings.get(place.workflow.key);
  if (mappings === undefined) {
    mappings = mappingIds(place.workflow);
    context.mappings.set(place.workflow.key, mappings);
  }
  const id = runStepId(entry, mappings);
  return id === undefined ? undefined : [...place.run, id];
}

function ownChildren(context: Context, place: Place, entry: FlowEntry, ownAddress: EntryAddress): readonly FlowNode[] {
  switch (entry.type) {
    case 'parallel':
      return entry.entries.map((child) => entryNode(context, place, child, ownAddress, undefined));
    case 'conditional':
      return entry.branches.map((branch) => entryNode(context, place, branch.entry, ownAddress, branch.condition));
    case 'loop':
    case 'foreach':
      return [entryNode(context, place, entry.body, ownAddress, undefined)];
    case 'step':
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'opaque':
      return [];
  }
}

type Nested =
  | { readonly kind: 'drawn'; readonly workflow: WorkflowModel; readonly children: readonly FlowNode[] }
  | { readonly kind: 'folded'; readonly detail: string };

function nestedChain(
  context: Context,
  place: Place,
  entry: WorkflowEntry,
  address: EntryAddress,
  run: readonly string[] | undefined,
): Nested {
  if (!entry.target.known) return { kind: 'folded', detail: `not drawn: ${entry.target.reason}` };
  const key = entry.target.value;
  const workflow = context.project.workflows.get(key);
  if (workflow === undefined) return { kind: 'folded', detail: 'not drawn: declared outside the files read' };
  if (key === place.path.at(-1)) return { kind: 'folded', detail: 'nested in itself' };
  if (place.path.includes(key)) return { kind: 'folded', detail: 'nested in itself, through other workflows' };
  if (workflow.entries.length === 0) return { kind: 'folded', detail: 'has no steps yet' };
  if (context.nodes >= maximumNodes || place.path.length >= maximumDepth) {
    return { kind: 'folded', detail: 'not drawn here: the drawing would be too large' };
  }
  const inner: Place = { workflow, path: [...place.path, key], prefix: address, run };
  return { kind: 'drawn', workflow, children: chain(context, inner) };
}

function joinAddress(prefix: EntryAddress, inner: EntryAddress): EntryAddress {
  return inner === '' ? prefix : childAddress(prefix, inner);
}

function shapeOf(part: Known<Shape>): Shape | undefined {
  return part.known ? part.value : undefined;
}
