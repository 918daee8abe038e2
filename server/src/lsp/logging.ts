/** What the server tells the user's log, and how a part that fails is kept from taking the others with it. */
import type { Connection } from 'vscode-languageserver';
import { EngineStopped } from '../typescript/engine.ts';

export interface Log {
  /** Editors show it at the log level Debug only. */
  readonly debug: (message: string) => void;
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
}

export function connectionLog(connection: Connection): Log {
  return {
    debug: (message) => {
      connection.console.debug(message);
    },
    info: (message) => {
      connection.console.info(message);
    },
    warn: (message) => {
      connection.console.warn(message);
    },
    error: (message) => {
      connection.console.error(message);
    },
  };
}

/** A failure with its phase and file, and with the stack that leads to the place in our code. */
export function describeFailure(phase: string, file: string | undefined, error: unknown): string {
  const place = file === undefined ? '' : ` of ${file}`;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${phase}${place} failed: ${detail}`;
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Ends that are part of normal life: the request was cancelled, or the engine is being started anew. */
export function isExpected(error: unknown): boolean {
  return isAbort(error) || error instanceof EngineStopped;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
