/** Names in strings over the connection: completion, definition, references and rename. */
import { LSPErrorCodes, ResponseError, type Location as EditorLocation, type Connection } from 'vscode-languageserver';
import type { Location } from '../../../common/model/index.ts';
import { completionsAt } from '../features/completion.ts';
import { groupBy } from '../features/groups.ts';
import { definitionsOf, nameAt, occurrencesOf } from '../features/names/occurrences.ts';
import { renameEdits, renamingAt, type Renaming } from '../features/names/rename.ts';
import { fileKey } from '../typescript/files.ts';
import type { Answering } from './answering.ts';
import type { Documents } from './documents.ts';

export interface NameFeatureParts {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly answering: Answering;
}

export function answerNameFeatures({ connection, documents, answering: { answer } }: NameFeatureParts): void {
  const placeOf = ({ file, range }: Location): EditorLocation => ({ uri: documents.uriOf(file), range });

  connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    answer({ phase: 'The completion', uri, token }, null, async ({ analysis, folder, file, signal }) => {
      // Most places have nothing to propose, and need no shapes for that.
      if (completionsAt(analysis.project, file, position) === undefined) return null;
      const shaped = await folder.withShapes(() => [file], signal);
      const isCurrent = shaped?.versions.get(fileKey(file)) === documents.get(file)?.version;
      return shaped === undefined || !isCurrent ? null : [...(completionsAt(shaped.project, file, position) ?? [])];
    }),
  );

  connection.onDefinition(({ textDocument: { uri }, position }, token) =>
    answer({ phase: 'The definition', uri, token }, null, ({ analysis: { project }, file }) => {
      const name = nameAt(project, file, position);
      return name?.isQuoted === true ? definitionsOf(project, name).map(placeOf) : null;
    }),
  );

  connection.onReferences(({ textDocument: { uri }, position, context }, token) =>
    answer({ phase: 'The references', uri, token }, null, ({ analysis: { project }, file }) => {
      const name = nameAt(project, file, position);
      if (name === undefined) return null;
      return occurrencesOf(project, name)
        .filter(({ role }) => context.includeDeclaration || role === 'reference')
        .map(placeOf);
    }),
  );

  connection.onPrepareRename(async ({ textDocument: { uri }, position }, token) => {
    const renaming = await answer({ phase: 'The rename', uri, token }, undefined, ({ analysis: { project }, file }) =>
      renamingAt(project, file, position),
    );
    if (renaming === undefined) return null;
    const { place, text } = ready(renaming);
    return { range: place.range, placeholder: text };
  });

  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }, token) => {
    const renamed = await answer({ phase: 'The rename', uri, token }, undefined, ({ analysis, file }) => {
      const renaming = renamingAt(analysis.project, file, position);
      if (renaming?.kind !== 'ready') return renaming;
      const edits = renameEdits(analysis.project, renaming.value, newName);
      return edits.kind === 'ready' ? { kind: edits.kind, value: { analysis, edits: edits.value } } : edits;
    });
    if (renamed === undefined) return null;
    const { analysis, edits } = ready(renamed);
    return {
      documentChanges: [...groupBy(edits, ({ file }) => file)].map(([file, ofFile]) => ({
        // The editor refuses edits of a text that has moved on since.
        textDocument: { uri: documents.uriOf(file), version: analysis.versions.get(fileKey(file)) ?? null },
        edits: ofFile.map(({ range, newText }) => ({ range, newText })),
      })),
    };
  });
}

/** The value; an error with the reason, which the editor shows, where it was refused. */
function ready<T>(renaming: Renaming<T>): T {
  if (renaming.kind === 'refused') throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.reason);
  return renaming.value;
}
