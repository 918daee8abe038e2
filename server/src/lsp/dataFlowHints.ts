/** Inlay hints over the connection: their setting, and when the editor has to ask for them again. */
import { InlayHintRefreshRequest, type Connection } from 'vscode-languageserver';
import * as z from 'zod/mini';
import { dataFlowHints, type DataFlowDetail } from '../features/inlayHints.ts';
import { fileKey } from '../typescript/files.ts';
import type { Answering } from './answering.ts';
import type { Documents } from './documents.ts';
import type { Log } from './logging.ts';

export interface DataFlowHintParts {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly answering: Answering;
  readonly log: Log;
  readonly canAskForSettings: () => boolean;
  readonly canRefresh: () => boolean;
}

export interface DataFlowHintAnswers {
  readonly reconfigured: () => void;
  readonly analysed: () => void;
  readonly modelChanged: (files: readonly string[]) => void;
}

/** A value that is not understood counts as not set. */
const setting = z.catch(z.enum(['off', 'short', 'full']), 'off');

export function answerDataFlowHints(parts: DataFlowHintParts): DataFlowHintAnswers {
  const { connection, documents, answering, log } = parts;
  const details = new Map<string, Promise<DataFlowDetail | 'off'>>();
  /** The version of each document, by file key, that hints were last given for. */
  const answered = new Map<string, number>();
  /** Hints were asked for when there was no analysis of that text. */
  let owes = false;

  async function ask(scopeUri: string): Promise<DataFlowDetail | 'off'> {
    if (!parts.canAskForSettings()) return 'off';
    const item = { section: 'mastra.inlayHints.dataFlow', scopeUri };
    return setting.parse(await connection.workspace.getConfiguration(item).catch(() => 'off'));
  }

  function detailFor(uri: string): Promise<DataFlowDetail | 'off'> {
    const detail = details.get(uri) ?? ask(uri);
    details.set(uri, detail);
    return detail;
  }

  function refresh(): void {
    owes = false;
    if (!parts.canRefresh()) return;
    connection.sendRequest(InlayHintRefreshRequest.type).catch((error: unknown) => {
      log.warn(`The editor did not take the request to refresh inlay hints: ${String(error)}`);
    });
  }

  connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }, token) => {
    const detail = await detailFor(uri);
    if (detail === 'off') return null;
    const hints = await answering.answer(
      { phase: 'The inlay hints', uri, token },
      null,
      async ({ folder, file, signal }) => {
        const shaped = await folder.withShapes(() => [file], signal);
        const version = documents.get(file)?.version;
        if (shaped === undefined || shaped.versions.get(fileKey(file)) !== version) return null;
        if (version !== undefined) answered.set(fileKey(file), version);
        return [...dataFlowHints(shaped.project, file, range, detail)];
      },
    );
    owes ||= hints === null;
    return hints;
  });

  return {
    reconfigured() {
      details.clear();
      refresh();
    },
    analysed() {
      if (owes) refresh();
    },
    /** An edited document is asked about again by itself; one that only depends on the edited one is not. */
    modelChanged(files) {
      const isWaiting = (file: string) => {
        const version = answered.get(fileKey(file));
        return version !== undefined && version === documents.get(file)?.version;
      };
      if (!files.some(isWaiting)) return;
      answered.clear();
      refresh();
    },
  };
}
