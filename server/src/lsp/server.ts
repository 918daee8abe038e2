/** The language server on a connection: who is asked what. The work is done by the folders' analyses and the features. */
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type ServerCapabilities,
} from 'vscode-languageserver';
import type { Notifications } from '../../../common/protocol/messages.ts';
import { diagnosticsByFile } from '../features/diagnostics.ts';
import { usesMastra } from '../project/discover.ts';
import { fileKey, fileOfUri } from '../typescript/files.ts';
import { createAnswering } from './answering.ts';
import { followDocuments, type Documents } from './documents.ts';
import { analyseFolder, type FolderAnalysis } from './folder.ts';
import { createFolders, type Folders } from './folders.ts';
import { answerLanguageFeatures, languageCapabilities } from './languageFeatures.ts';
import { connectionLog, describeFailure } from './logging.ts';
import { createPublisher } from './publisher.ts';
import { answerRequests } from './requests.ts';
import { rulePages } from './rulePages.ts';
import { folderSettings } from './settings.ts';
import { changesOf, watchers } from './watching.ts';

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  codeLensProvider: {},
  ...languageCapabilities,
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** Wires `connection`; the caller makes it listen. Nothing heavy happens before the editor says `initialized`. */
export function serve(connection: Connection): void {
  const log = connectionLog(connection);
  let client: InitializeParams | undefined;

  const documents: Documents = followDocuments(connection, {
    changed({ file, text }, isNewText) {
      const folder = folders.of(file) ?? (usesMastra(text) ? folders.addFor(file) : undefined);
      folder?.edited(file, isNewText);
    },
    closed(file, isNewText) {
      folders.of(file)?.edited(file, isNewText);
      watch(folders.removeUnused(documents.all().map((document) => document.file)), 'Closing a folder');
    },
  });
  const rulePage = rulePages();
  const settings = folderSettings(connection, () => client?.capabilities.workspace?.configuration === true);
  const folders: Folders = createFolders((folder) => start(folder));

  function start({ uri, path }: { readonly uri: string; readonly path: string }): FolderAnalysis {
    const publisher = createPublisher(({ version, ...file }) => {
      const params = { uri: file.uri, diagnostics: [...file.diagnostics] };
      watch(connection.sendDiagnostics(version === undefined ? params : { ...params, version }), 'Sending diagnostics');
    });
    const analysis = analyseFolder({
      uri,
      path,
      documents,
      log,
      settings: () => settings.of(uri),
      owns: (file) => folders.of(file)?.path === path,
      onAnalysed: () => {
        answers.analysed();
        languageFeatures.analysed();
      },
      onStatus: (status) => {
        notify('mastra/status', status);
      },
      onFindings(findings, versions) {
        const diagnostics = diagnosticsByFile(findings, { rulePage, uriOf: (file) => documents.uriOf(file) });
        publisher.publish(
          [...diagnostics].map(([file, ofFile]) => ({
            uri: documents.uriOf(file),
            version: versions.get(fileKey(file)),
            diagnostics: ofFile,
          })),
        );
      },
      onModelChanged(files) {
        languageFeatures.modelChanged(files);
        notify('mastra/modelChanged', { uris: files.map((file) => documents.uriOf(file)) });
      },
    });
    return {
      ...analysis,
      async close() {
        await analysis.close();
        publisher.publish([]);
      },
    };
  }

  function notify<M extends keyof Notifications>(method: M, params: Notifications[M]): void {
    watch(connection.sendNotification(method, params), `Sending ${method}`);
  }

  /** Lets `work` go on by itself; a failure goes to the log. */
  function watch(work: Promise<unknown>, phase: string): void {
    work.catch((error: unknown) => {
      log.error(describeFailure(phase, undefined, error));
    });
  }

  connection.onInitialize((params) => {
    client = params;
    return { capabilities, serverInfo: { name: 'Mastra Workflows' } };
  });

  connection.onInitialized(() => {
    const workspace = client?.capabilities.workspace;
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
      watch(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }), 'Watching files');
    }
    if (workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      watch(
        connection.client.register(DidChangeConfigurationNotification.type, { section: 'mastra' }),
        'Watching settings',
      );
    }
    if (workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) watch(folders.remove(uri), `Closing ${uri}`);
        for (const { uri } of added) folders.add(uri);
        for (const folder of folders.all()) folder.changed({ everything: true });
      });
    }
    for (const { uri } of client?.workspaceFolders ?? []) folders.add(uri);
  });

  connection.onDidChangeConfiguration(() => {
    settings.forget();
    languageFeatures.reconfigured();
    for (const folder of folders.all()) folder.reconfigured();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const folder of folders.all()) {
      const ofFolder = changes.filter(({ uri }) => {
        const file = fileOfUri(uri);
        return file !== undefined && folders.of(file) === folder;
      });
      const meaning = changesOf(ofFolder);
      if (meaning !== undefined) folder.changed(meaning);
    }
  });

  const answering = createAnswering({ documents, folders, log });
  const answers = answerRequests({
    connection,
    documents,
    folders,
    answering,
    log,
    canRefreshLenses: () => client?.capabilities.workspace?.codeLens?.refreshSupport === true,
  });

  const languageFeatures = answerLanguageFeatures({
    connection,
    documents,
    folders,
    answering,
    log,
    client: () => client?.capabilities,
  });

  connection.onShutdown(() => folders.close());
}
