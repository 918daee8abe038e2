/** The outline of a file (workflows with their chains) and the search for workflows and steps in a project. */
import { SymbolKind, type DocumentSymbol, type WorkspaceSymbol } from 'vscode-languageserver';
import { childEntries, isNamed, knownOr, walkEntries } from '../../../common/model/index.ts';
import type {
  FlowEntry,
  FlowEntryType,
  Location,
  ProjectModel,
  Range,
  WorkflowModel,
} from '../../../common/model/index.ts';
import { entryKind, entryName } from './entryWords.ts';

const kinds: Readonly<Record<FlowEntryType, SymbolKind>> = {
  step: SymbolKind.Function,
  mapping: SymbolKind.Operator,
  parallel: SymbolKind.Array,
  conditional: SymbolKind.Enum,
  loop: SymbolKind.Array,
  foreach: SymbolKind.Array,
  sleep: SymbolKind.Event,
  sleepUntil: SymbolKind.Event,
  workflow: SymbolKind.Module,
  agent: SymbolKind.Interface,
  tool: SymbolKind.Method,
  classifier: SymbolKind.Interface,
  opaque: SymbolKind.Null,
};

/** The workflows of a file in source order, each with the entries of its chain nested as they are in the chain. */
export function documentSymbols(project: ProjectModel, file: string): readonly DocumentSymbol[] {
  return [...project.workflows.values()]
    .filter((workflow) => workflow.file === file)
    .sort((a, b) => a.nameRange.start.line - b.nameRange.start.line)
    .map((workflow) => ({
      name: workflow.name ?? titleOf(workflow),
      detail: detailOf(workflow),
      kind: kinds.workflow,
      range: workflow.range,
      selectionRange: workflow.nameRange,
      children: symbolsOf(workflow.entries, file, ({ call }) => call),
    }));
}

/**
 * What a chain holds in another file (made by a function there) is no part of this file's outline. The body of a loop
 * shares the loop's call, so only the calls of the chain itself stand for their entries.
 */
function symbolsOf(
  entries: readonly FlowEntry[],
  file: string,
  rangeOf: (entry: FlowEntry) => Range,
): DocumentSymbol[] {
  return entries
    .filter((entry) => entry.file === file)
    .map((entry) => ({
      name: entryName(entry),
      detail: entryKind[entry.type],
      kind: kinds[entry.type],
      range: rangeOf(entry),
      selectionRange: entry.range,
      children: symbolsOf(childEntries(entry), file, ({ range }) => range),
    }));
}

/**
 * Workflows and the steps of their chains whose id or declared name has the characters of `query` in this order, each
 * once, where it is declared.
 */
export function workspaceSymbols(
  project: ProjectModel,
  query: string,
  uriOf: (file: string) => string,
): readonly WorkspaceSymbol[] {
  const symbols = new Map<string, WorkspaceSymbol>();
  const add = (name: string, kind: SymbolKind, { file, range }: Location, containerName: string) => {
    const place = `${file} ${String(range.start.line)} ${String(range.start.character)}`;
    if (!symbols.has(place)) symbols.set(place, { name, kind, location: { uri: uriOf(file), range }, containerName });
  };
  for (const workflow of project.workflows.values()) {
    const { file, nameRange } = workflow;
    if (matches(query, titleOf(workflow)) || matches(query, workflow.name ?? '')) {
      add(titleOf(workflow), kinds.workflow, { file, range: nameRange }, 'workflow');
    }
  }
  for (const workflow of project.workflows.values()) {
    for (const { entry } of walkEntries(workflow.entries)) {
      if (!isNamed(entry) || entry.type === 'workflow' || !matches(query, entryName(entry))) continue;
      const place = entry.definition ?? entry;
      add(entryName(entry), kinds[entry.type], place, `${entryKind[entry.type]} in ${titleOf(workflow)}`);
    }
  }
  return [...symbols.values()];
}

function titleOf(workflow: WorkflowModel): string {
  return knownOr(workflow.id, undefined) ?? workflow.name ?? 'workflow';
}

function detailOf(workflow: WorkflowModel): string {
  const id = knownOr(workflow.id, undefined);
  return id === undefined || id === workflow.name ? 'workflow' : `workflow ${id}`;
}

/** As editors filter: the characters of the query in their order, whatever stands between them. */
function matches(query: string, name: string): boolean {
  const text = name.toLowerCase();
  let from = 0;
  for (const character of query.toLowerCase()) {
    const at = text.indexOf(character, from);
    if (at < 0) return false;
    from = at + character.length;
  }
  return true;
}
