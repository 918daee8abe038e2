/** What both processes, the language server and the command line, do when they are told to end. */
import { constants } from 'node:os';

/** By default a signal ends a process without `exit` handlers, which are what ends the native processes. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, exit);
}

/** Has the first Ctrl+C call `interrupted` instead, which ends what goes on in good order; the second one ends the process. */
export function interruptOnce(interrupted: () => void): void {
  process.off('SIGINT', exit);
  process.once('SIGINT', () => {
    process.once('SIGINT', exit);
    interrupted();
  });
}

function exit(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
  process.exit(128 + constants.signals[signal]);
}
