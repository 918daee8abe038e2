/** Proposals inside of `.map({...})`: the fields along a path, the scopes and steps of a template's placeholder. */
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import {
  isNamed,
  knownOr,
  rangeContains,
  walkEntries,
  type MappingEntry,
  type MappingRead,
  type Position,
  type ProjectModel,
  type Range,
  type Shape,
  type ShapeField,
  type WorkflowModel,
} from '../../../common/model/index.ts';
import { splitFields } from '../typescript/types.ts';
import { nameItem, stepsOf } from './completionItems.ts';

export interface ReadAt {
  readonly workflow: WorkflowModel;
  readonly entry: MappingEntry;
  readonly read: MappingRead;
}

/** What Mastra fills the placeholders of a template from. */
const scopes: readonly (readonly [name: string, detail: string])[] = [
  ['inputData', 'what arrives at the mapping'],
  ['initData', 'the input of the workflow'],
  ['stepResults', 'the output of an earlier step'],
  ['state', 'the state of the run'],
  ['requestContext', 'a value of the request context'],
];

/** The path or placeholder that a position is in. */
export function mappingReadAt(project: ProjectModel, file: string, position: Position): ReadAt | undefined {
  for (const workflow of project.workflows.values()) {
    for (const { entry } of walkEntries(workflow.entries)) {
      if (entry.type !== 'mapping') continue;
      const read = entry.reads?.find((each) => each.file === file && rangeContains(each.range, position));
      if (read !== undefined) return { workflow, entry, read };
    }
  }
  return undefined;
}

export function mappingCompletions({ workflow, entry, read }: ReadAt, position: Position): readonly CompletionItem[] {
  const { source } = read;
  if (source.kind === 'scope') return items(scopes, source.range);
  if (source.kind === 'malformed') {
    const here = { start: position, end: position };
    if (source.problem === 'empty') return items(scopes, here);
    return source.problem === 'no-step' ? items(stepsBefore(workflow, entry), here) : [];
  }
  if (source.kind === 'step' && rangeContains(source.range, position) && read.form === 'template') {
    return items(stepsBefore(workflow, entry), source.range);
  }
  const index = read.keys.findIndex(({ range }) => rangeContains(range, position));
  // A path without keys is empty, or the dot that stands for the whole value.
  const range = read.keys[index]?.range ?? (read.keys.length === 0 && read.form === 'path' ? read.range : undefined);
  if (range === undefined) return [];
  const before = read.keys.slice(0, Math.max(index, 0)).map(({ name }) => name);
  const fields = fieldsAt(sourceShape(workflow, entry, read), before) ?? [];
  return fields.map(({ name, optional, text }, order) =>
    nameItem(name, optional ? `${text} | undefined` : text, range, order, CompletionItemKind.Field),
  );
}

function items(names: Iterable<readonly [name: string, detail: string]>, range: Range): readonly CompletionItem[] {
  return [...names].map(([name, detail], index) => nameItem(name, detail, range, index));
}

/** The steps whose results are there when the mapping runs. */
function stepsBefore(workflow: WorkflowModel, entry: MappingEntry): Iterable<readonly [name: string, detail: string]> {
  const index = workflow.entries.indexOf(entry);
  return new Map(stepsOf(index < 0 ? workflow : { ...workflow, entries: workflow.entries.slice(0, index) }));
}

function sourceShape(workflow: WorkflowModel, entry: MappingEntry, { source }: MappingRead): Shape | undefined {
  switch (source.kind) {
    case 'step': {
      const id = knownOr(source.id, undefined);
      for (const { entry: other } of walkEntries(workflow.entries)) {
        if (isNamed(other) && id !== undefined && knownOr(other.id, undefined) === id) {
          return knownOr(other.leaves, undefined);
        }
      }
      return undefined;
    }
    case 'initData':
      return knownOr(workflow.input, undefined);
    case 'inputData':
      return knownOr(entry.arrives, undefined);
    case 'state':
      return workflow.state === undefined ? undefined : knownOr(workflow.state, undefined);
    case 'requestContext':
    case 'steps':
    case 'scope':
    case 'malformed':
    case 'spaced':
      return undefined;
  }
}

function fieldsAt(shape: Shape | undefined, path: readonly string[]): readonly ShapeField[] | undefined {
  let fields = shape?.fields;
  for (const key of path) {
    const text = fields?.find(({ name }) => name === key)?.text.replace(/ \| (?:null|undefined)$/, '');
    fields = text === undefined ? undefined : splitFields(text);
  }
  return fields;
}
