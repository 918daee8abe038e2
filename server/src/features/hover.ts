/** What a workflow, a step or a call of a chain is, and the data that goes in and comes out. */
import { MarkupKind, type Hover } from 'vscode-languageserver';
import { isNamed, knownOr, walkEntries } from '../../../common/model/index.ts';
import type {
  FlowEntry,
  Known,
  Location,
  ProjectModel,
  Shape,
  WorkflowKey,
  WorkflowModel,
} from '../../../common/model/index.ts';
import { entryKind, entryName } from './entryWords.ts';
import { code, paragraphs } from './markdown.ts';
import type { Place } from './places.ts';
import { readableType } from './shapeText.ts';

/** Entries of a chain that a hover on its workflow names. */
const mostNamedEntries = 12;

/** The hover for a place; `project` has the shapes of the place's workflow (and of the one nested there, if any). */
export function hoverOf(project: ProjectModel, place: Place, uriOf: (file: string) => string): Hover | undefined {
  const workflow = project.workflows.get(place.key);
  if (workflow === undefined) return undefined;
  const text = textOf(project, workflow, place, uriOf);
  if (text === undefined) return undefined;
  return { contents: { kind: MarkupKind.Markdown, value: text }, range: place.range };
}

/** The workflows whose shapes the hover for a place shows. */
export function workflowsOfHover(project: ProjectModel, place: Place): readonly WorkflowKey[] {
  if (place.kind === 'workflow') return [place.key];
  const entry = entryOf(project.workflows.get(place.key), place.address);
  return entry?.type === 'workflow' && entry.target.known ? [place.key, entry.target.value] : [place.key];
}

function textOf(
  project: ProjectModel,
  workflow: WorkflowModel,
  place: Place,
  uriOf: (file: string) => string,
): string | undefined {
  if (place.kind === 'workflow') return aboutWorkflow(workflow, uriOf);
  const entry = entryOf(workflow, place.address);
  if (entry === undefined) return undefined;
  if (place.kind === 'call') return aboutCall(entry, workflow);
  const nested =
    entry.type === 'workflow' && entry.target.known ? project.workflows.get(entry.target.value) : undefined;
  return nested === undefined ? aboutEntry(entry, uriOf) : aboutWorkflow(nested, uriOf);
}

function entryOf(workflow: WorkflowModel | undefined, address: string): FlowEntry | undefined {
  for (const found of walkEntries(workflow?.entries ?? [])) if (found.address === address) return found.entry;
  return undefined;
}

function aboutCall(entry: FlowEntry, workflow: WorkflowModel): string {
  const inner = entry.type === 'loop' || entry.type === 'foreach' ? entry.body : entry;
  const named = isNamed(inner) || inner.type === 'opaque' ? ` ${code(entryName(inner))}` : '';
  const needs = entry.needs.known && isOther(entry.needs.value, entry.arrives) ? entry.needs : undefined;
  return paragraphs([
    `**${entry.type === 'loop' ? entry.loopType : entryKind[entry.type]}**${named} in workflow ${code(nameOf(workflow))}`,
    entry.type === 'opaque' ? `It cannot be read from the source: ${entry.reason}.` : undefined,
    types([
      ['Arrives', entry.arrives],
      ...(needs === undefined ? [] : [['Needs', needs] as const]),
      ['Leaves', entry.leaves],
    ]),
  ]);
}

function aboutEntry(entry: FlowEntry, uriOf: (file: string) => string): string {
  return paragraphs([
    `**${entryKind[entry.type]}** ${code(entryName(entry))}`,
    entry.description,
    entry.type === 'step' && entry.canSuspend ? 'It can suspend the run.' : undefined,
    types([
      ['Input', entry.needs],
      ['Output', entry.leaves],
    ]),
    entry.definition === undefined ? undefined : linkTo(entry.definition, uriOf),
  ]);
}

function aboutWorkflow(workflow: WorkflowModel, uriOf: (file: string) => string): string {
  return paragraphs([
    `**workflow** ${code(nameOf(workflow))}`,
    workflow.description,
    chainOf(workflow),
    types([
      ['Input', workflow.input],
      ...(workflow.state === undefined ? [] : [['State', workflow.state] as const]),
      ['Output', workflow.output],
    ]),
    linkTo({ file: workflow.file, range: workflow.nameRange }, uriOf),
  ]);
}

/** The entries of the chain in one line. */
function chainOf(workflow: WorkflowModel): string | undefined {
  const names = workflow.entries.slice(0, mostNamedEntries).map(nameInChain);
  if (names.length === 0) return undefined;
  const more = workflow.entries.length > names.length || workflow.incomplete !== undefined ? ' → …' : '';
  return `${names.map(code).join(' → ')}${more}`;
}

function nameInChain(entry: FlowEntry): string {
  switch (entry.type) {
    case 'parallel':
      return `parallel(${entry.entries.map(nameInChain).join(', ')})`;
    case 'conditional':
      return `branch(${entry.branches.map((branch) => nameInChain(branch.entry)).join(', ')})`;
    case 'loop':
      return `${entry.loopType}(${nameInChain(entry.body)})`;
    case 'foreach':
      return `foreach(${nameInChain(entry.body)})`;
    case 'mapping':
      return 'map';
    case 'sleep':
    case 'sleepUntil':
      return entry.type;
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'opaque':
      return entryName(entry);
  }
}

function nameOf(workflow: WorkflowModel): string {
  return knownOr(workflow.id, undefined) ?? workflow.name ?? 'without an id';
}

function isOther(shape: Shape, other: Known<Shape>): boolean {
  return shape.text !== 'unknown' && (!other.known || other.value.text !== shape.text);
}

/** The known types as one code block, and why the others are not known. */
function types(parts: readonly (readonly [name: string, shape: Known<Shape>])[]): string {
  const seen = parts.flatMap(([name, shape]) => (shape.known ? [`type ${name} = ${readableType(shape.value)};`] : []));
  const unseen = parts.flatMap(([name, shape]) => (shape.known ? [] : [`_${name}: not known, ${shape.reason}._`]));
  return paragraphs([seen.length === 0 ? undefined : `\`\`\`ts\n${seen.join('\n')}\n\`\`\``, ...unseen]);
}

function linkTo({ file, range }: Location, uriOf: (file: string) => string): string {
  const line = String(range.start.line + 1);
  return `[${file.slice(file.lastIndexOf('/') + 1)}:${line}](${uriOf(file)}#L${line})`;
}
