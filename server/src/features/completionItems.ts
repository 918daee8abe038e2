/** Proposals as the editor takes them, and the names of steps that several of them are made of. */
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver';
import { isNamed, knownOr, walkEntries, type Range, type WorkflowModel } from '../../../common/model/index.ts';
import { entryKind } from './entryWords.ts';

/** The ids of the steps of a workflow, and what each is. */
export function* stepsOf(workflow: WorkflowModel): Generator<readonly [name: string, detail: string]> {
  const title = knownOr(workflow.id, undefined) ?? workflow.name ?? 'workflow';
  for (const { entry } of walkEntries(workflow.entries)) {
    if (isNamed(entry) && entry.id.known) yield [entry.id.value, `${entryKind[entry.type]} in ${title}`];
  }
}

/** A name that takes the place of what is written in `range`. */
export function nameItem(
  name: string,
  detail: string,
  range: Range,
  index: number,
  kind: CompletionItemKind = CompletionItemKind.Value,
): CompletionItem {
  return {
    label: name,
    kind,
    detail,
    filterText: name,
    sortText: String(index).padStart(5, '0'),
    textEdit: { range, newText: name },
  };
}
