/** The names in a file that stand for a workflow or for a part of one. */
import { isNamed, rangeContains, walkEntries } from '../../../common/model/index.ts';
import type {
  EntryAddress,
  Position,
  ProjectModel,
  Range,
  WorkflowKey,
  WorkflowModel,
} from '../../../common/model/index.ts';
import { rangeFrom, restOfLine } from './textAt.ts';

export type Place =
  /** The method of a chain call: `then` in `.then(parse)`. */
  | { readonly kind: 'call'; readonly key: WorkflowKey; readonly address: EntryAddress; readonly range: Range }
  /** What a step, workflow, agent or tool is called, in the chain or where it is declared. */
  | { readonly kind: 'entry'; readonly key: WorkflowKey; readonly address: EntryAddress; readonly range: Range }
  /** The name of a workflow, where it is declared or used outside of chains. */
  | { readonly kind: 'workflow'; readonly key: WorkflowKey; readonly range: Range };

/** The name that `position` is in. `text` is the file's, as the model was read from it. */
export function placeAt(project: ProjectModel, file: string, text: string, position: Position): Place | undefined {
  const holds = (range: Range | undefined) => range !== undefined && rangeContains(range, position);
  const places: Place[] = [];
  for (const workflow of project.workflows.values()) {
    for (const place of placesInChain(workflow, file, text)) if (holds(place.range)) places.push(place);
  }
  const [first] = places.sort((a, b) => order[a.kind] - order[b.kind]);
  if (first !== undefined) return first;
  for (const use of project.uses) {
    const range = use.file === file && holds(use.range) ? nameAt(text, use.range.start) : undefined;
    if (range !== undefined && holds(range)) return { kind: 'workflow', key: use.workflow, range };
  }
  return undefined;
}

const order: Readonly<Record<Place['kind'], number>> = { call: 0, workflow: 1, entry: 2 };

function* placesInChain(workflow: WorkflowModel, file: string, text: string): Generator<Place> {
  const { key } = workflow;
  if (workflow.file === file) yield { kind: 'workflow', key, range: workflow.nameRange };
  for (const { entry, address } of walkEntries(workflow.entries)) {
    const { definition } = entry;
    if (entry.file === file) {
      const method = methodAt(text, entry.call.start);
      if (method !== undefined) yield { kind: 'call', key, address, range: method };
    }
    if (!isNamed(entry)) continue;
    if (entry.file === file) {
      const name = nameAt(text, entry.range.start);
      if (name !== undefined) yield { kind: 'entry', key, address, range: name };
    }
    if (definition?.file === file) {
      const name = nameAt(text, definition.range.start);
      if (name !== undefined) yield { kind: 'entry', key, address, range: name };
    }
  }
}

/** The method name that a chain call begins with; undefined for an entry in a list, which is no call of its own. */
function methodAt(text: string, start: Position): Range | undefined {
  const before = restOfLine(text, { line: start.line, character: 0 }).slice(0, start.character);
  if (!/\.\s*$/.test(before)) return undefined;
  const method = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec(restOfLine(text, start))?.[0];
  return method === undefined ? undefined : rangeFrom(start, method.length);
}

/** The name, dotted path or string literal that starts at a position, without what follows: arguments, an object. */
function nameAt(text: string, start: Position): Range | undefined {
  const name =
    /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*|'[^']*'|"[^"]*")/u.exec(
      restOfLine(text, start),
    )?.[0];
  return name === undefined ? undefined : rangeFrom(start, name.length);
}
