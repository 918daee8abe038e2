/** What both processes, the language server and the command line, do when they are told to end. */
import { constants } from 'node:os';

/** By default a signal ends a process without `exit` handlers, which are what ends the native processes. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
