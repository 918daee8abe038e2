/** The language features over the connection: what is offered, and which feature answers which request. */
import type { ClientCapabilities, Connection, ServerCapabilities } from 'vscode-languageserver';
import { hoverOf, workflowsOfHover } from '../features/hover.ts';
import { modelHoverAt } from '../features/modelHover.ts';
import { placeAt } from '../features/places.ts';
import { documentSymbols, workspaceSymbols } from '../features/symbols.ts';
import { nameIn } from '../features/textAt.ts';
import { fileKey } from '../typescript/files.ts';
import { signalOf, type Answering } from './answering.ts';
import { answerDataFlowHints, type DataFlowHintAnswers } from './dataFlowHints.ts';
import { createDocsHover } from './docsHover.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import { answerNameFeatures } from './languageFeaturesNames.ts';
import type { Log } from './logging.ts';

export const languageCapabilities: ServerCapabilities = {
  hoverProvider: true,
  documentSymbolProvider: { label: 'Mastra' },
  workspaceSymbolProvider: true,
  inlayHintProvider: true,
  completionProvider: { triggerCharacters: ["'", '"', '`', '.', '/', '{'] },
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
};

export interface LanguageFeatureParts {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly answering: Answering;
  readonly log: Log;
  readonly client: () => ClientCapabilities | undefined;
}

export type LanguageFeatureAnswers = DataFlowHintAnswers;

export function answerLanguageFeatures(parts: LanguageFeatureParts): LanguageFeatureAnswers {
  const { connection, documents, folders, client } = parts;
  const { answer, guarded } = parts.answering;
  const uriOf = (file: string) => documents.uriOf(file);
  const docs = createDocsHover();

  connection.onHover(({ textDocument: { uri }, position }, token) =>
    answer({ phase: 'The hover', uri, token }, null, async ({ analysis, folder, file, signal }) => {
      const text = documents.textOf(file);
      if (text === undefined) return null;
      const place = placeAt(analysis.project, file, text, position);
      if (place === undefined) {
        return modelHoverAt(analysis.project, file, position) ?? docs.ofImport(file, text, position);
      }
      const shaped = await folder.withShapes((project) => {
        const keys = workflowsOfHover(project, place);
        return [...new Set(keys.flatMap((key) => project.workflows.get(key)?.file ?? []))];
      }, signal);
      const isCurrent = shaped?.versions.get(fileKey(file)) === documents.get(file)?.version;
      const hover = shaped === undefined || !isCurrent ? undefined : hoverOf(shaped.project, place, uriOf);
      if (hover === undefined || place.kind !== 'call') return hover ?? null;
      return docs.addOfMethod(hover, file, nameIn(text, place.range));
    }),
  );

  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answer({ phase: 'The outline', uri, token }, null, ({ analysis: { project }, file }) => [
      ...documentSymbols(project, file),
    ]),
  );

  connection.onWorkspaceSymbol(({ query }, token) =>
    guarded('The search for symbols', undefined, null, async () => {
      const signal = signalOf(token);
      const analyses = await Promise.all(folders.all().map((folder) => folder.upToDate(signal)));
      return analyses.flatMap((analysis) =>
        analysis === undefined ? [] : workspaceSymbols(analysis.project, query, uriOf),
      );
    }),
  );

  answerNameFeatures(parts);

  return answerDataFlowHints({
    ...parts,
    canAskForSettings: () => client()?.workspace?.configuration === true,
    canRefresh: () => client()?.workspace?.inlayHint?.refreshSupport === true,
  });
}
