/** How a request is answered: with the analysis of the text as it is now, cancelled with the request, and never by a crash. */
import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import { fileKey, fileOfUri } from '../typescript/files.ts';
import type { Documents } from './documents.ts';
import type { Analysis, FolderAnalysis } from './folder.ts';
import type { Folders } from './folders.ts';
import { describeFailure, isAbort, isExpected, type Log } from './logging.ts';

export interface AnsweringParts {
  readonly documents: Documents;
  readonly folders: Folders;
  readonly log: Log;
}

/** A request about one document. */
export interface Question {
  /** What is asked for, as the log names it. */
  readonly phase: string;
  readonly uri: string;
  readonly token: CancellationToken;
}

/** What an answer is made from. */
export interface Asked {
  readonly analysis: Analysis;
  readonly folder: FolderAnalysis;
  readonly file: string;
  readonly signal: AbortSignal;
}

export interface Answering {
  /**
   * `make` with the analysis of the file's folder. `fallback` where there is none, where it is of an older text of the
   * file (places would be wrong), and where `make` fails.
   */
  readonly answer: <T>(question: Question, fallback: T, make: (asked: Asked) => T | Promise<T>) => Promise<T>;
  /** `work`, or `fallback` where it fails; a request that was cancelled is answered so. */
  readonly guarded: <T>(phase: string, uri: string | undefined, fallback: T, work: () => Promise<T>) => Promise<T>;
}

export function createAnswering({ documents, folders, log }: AnsweringParts): Answering {
  async function guarded<T>(phase: string, uri: string | undefined, fallback: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isAbort(error)) throw new ResponseError(LSPErrorCodes.RequestCancelled, `${phase} was cancelled.`);
      if (!isExpected(error)) log.error(describeFailure(phase, uri, error));
      return fallback;
    }
  }

  return {
    guarded,
    async answer({ phase, uri, token }, fallback, make) {
      const file = fileOfUri(uri);
      const folder = file === undefined ? undefined : folders.of(file);
      if (file === undefined || folder === undefined) return fallback;
      return guarded(phase, uri, fallback, async () => {
        const signal = signalOf(token);
        const analysis = await folder.upToDate(signal);
        const isCurrent = analysis?.versions.get(fileKey(file)) === documents.get(file)?.version;
        return analysis === undefined || !isCurrent ? fallback : make({ analysis, folder, file, signal });
      });
    },
  };
}

/** A signal that fires when the request is cancelled. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}
