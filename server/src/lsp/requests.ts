/** Answers the editor's requests: waits for the analysis of the text as it is now, then asks a feature. */
import { CodeLensRefreshRequest, type CancellationToken, type Connection } from 'vscode-languageserver';
import type { Requests } from '../../../common/protocol/messages.ts';
import type { OverviewWorkflow } from '../../../common/protocol/overview.ts';
import { codeActions } from '../features/codeActions.ts';
import { codeLenses } from '../features/codeLens.ts';
import { graphOf } from '../features/graph.ts';
import { nodeAt } from '../features/nodeAt.ts';
import { overviewOf } from '../features/overview.ts';
import { workflowSummaries } from '../features/workflows.ts';
import { graphDocument } from '../graph/json.ts';
import { packagesOf } from '../project/package-of.ts';
import { ignoreFixes } from '../rules/index.ts';
import { fileOfUri, uriOfFile } from '../typescript/files.ts';
import { signalOf, type Answering } from './answering.ts';
import type { Documents } from './documents.ts';
import type { Analysis } from './folder.ts';
import type { Folders } from './folders.ts';
import type { Log } from './logging.ts';

export interface RequestParts {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly answering: Answering;
  readonly log: Log;
  /** True when the editor can be told to ask for lenses again. */
  readonly canRefreshLenses: () => boolean;
}

export interface RequestAnswers {
  /** An analysis has come to its end: what could not be answered before is asked for again. */
  readonly analysed: () => void;
}

export function answerRequests({
  connection,
  documents,
  folders,
  answering: { answer, guarded },
  log,
  canRefreshLenses,
}: RequestParts): RequestAnswers {
  /** Lenses were asked for when there was no analysis of that text. Editors do not ask a second time by themselves. */
  let owesLenses = false;

  function onRequest<M extends keyof Requests>(
    method: M,
    handler: (params: Requests[M]['params'], token: CancellationToken) => Promise<Requests[M]['result']>,
  ): void {
    connection.onRequest<unknown, unknown>(method, handler);
  }

  /** The folder of a file; all folders without one. */
  const foldersOf = (uri: string | undefined) => {
    if (uri === undefined) return folders.all();
    const file = fileOfUri(uri);
    const folder = file === undefined ? undefined : folders.of(file);
    return folder === undefined ? [] : [folder];
  };

  connection.onCodeAction(({ textDocument, range, context }, token) =>
    answer({ phase: 'The quick fixes', uri: textDocument.uri, token }, null, ({ analysis, file }) => [
      ...codeActions(
        analysis.findings,
        { file, range, diagnostics: context.diagnostics, only: context.only },
        (edited) => ({ uri: documents.uriOf(edited), version: documents.get(edited)?.version ?? null }),
        (finding) => ignoreFixes(analysis.project, finding, documents.textOf(finding.file) ?? ''),
      ),
    ]),
  );

  connection.onCodeLens(async ({ textDocument: { uri } }, token) => {
    const lenses = await answer({ phase: 'The code lens', uri, token }, null, ({ analysis: { project }, file }) => [
      ...codeLenses(project, file, uri),
    ]);
    owesLenses ||= lenses === null;
    return lenses;
  });

  onRequest('mastra/workflows', ({ uri }, token) =>
    guarded('The list of workflows', uri, [], async () => {
      const analyses = await Promise.all(foldersOf(uri).map(({ upToDate }) => upToDate(signalOf(token))));
      return analyses.flatMap((analysis) =>
        analysis === undefined ? [] : workflowSummaries(analysis.project, (name) => documents.uriOf(name)),
      );
    }),
  );

  onRequest('mastra/overview', ({ uri }, token) =>
    guarded('The overview', uri, [], async () => {
      const asked = foldersOf(uri);
      const roots = asked.map((folder) => folder.path);
      const analyses = await Promise.all(asked.map(({ upToDate }) => upToDate(signalOf(token))));
      const parts = analyses.map(async (analysis) =>
        analysis === undefined ? [] : overviewIn(analysis, roots, (name) => documents.uriOf(name)),
      );
      return (await Promise.all(parts)).flat();
    }),
  );

  onRequest('mastra/graphJson', ({ uri, key }, token) =>
    guarded('The graph as JSON', uri, null, async () => {
      const file = fileOfUri(uri);
      const folder = file === undefined ? undefined : folders.of(file);
      const analysis = await folder?.upToDate(signalOf(token));
      const workflow = analysis?.project.workflows.get(key);
      if (folder === undefined || analysis === undefined || workflow === undefined) return null;
      const name = (path: string) => (path.startsWith(`${folder.path}/`) ? path.slice(folder.path.length + 1) : path);
      return `${JSON.stringify(graphDocument(analysis.project, workflow, name), undefined, 2)}\n`;
    }),
  );

  onRequest('mastra/graph', ({ uri, key }, token) =>
    guarded('The graph', uri, { kind: 'gone' }, async () => {
      const file = fileOfUri(uri);
      const analysis = file === undefined ? undefined : await folders.of(file)?.forDrawing(key, signalOf(token));
      return analysis === undefined ? { kind: 'gone' } : graphOf(analysis, file, key);
    }),
  );

  onRequest('mastra/nodeAt', ({ uri, position }, token) =>
    answer(
      { phase: 'The place in the graph', uri, token },
      null,
      ({ analysis: { project }, file }) => nodeAt(project, file, position) ?? null,
    ),
  );

  return {
    analysed() {
      if (!owesLenses || !canRefreshLenses()) return;
      owesLenses = false;
      connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
        log.warn(`The editor did not take the request to refresh lenses: ${String(error)}`);
      });
    },
  };
}

async function overviewIn(
  { project, findings }: Analysis,
  roots: readonly string[],
  uriOf: (file: string) => string,
): Promise<readonly OverviewWorkflow[]> {
  const files = [...project.workflows.values()].map(({ file }) => file);
  const packages = await packagesOf(files, roots);
  return overviewOf({
    project,
    findings,
    uriOf,
    packageOf(file) {
      const { folder, name } = packages.get(file) ?? { folder: file, name: file };
      return { folder: uriOfFile(folder), name };
    },
  });
}
