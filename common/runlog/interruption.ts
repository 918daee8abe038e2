/** The end that is put to a recording that breaks off, so that nothing seems to go on in it. */
import type { RunError, RunEvent } from './events.ts';

/** Only whoever recorded a run knows that it was canceled; an error beside that status is this one. */
const name = 'Interrupted';

/** The events of a run whose log ends before the run did, with an end at the time of the last of them. */
export function interrupted(events: readonly RunEvent[]): readonly RunEvent[] {
  const message = 'The recording ends here: the process of the run, or the editor, ended before the run did.';
  const error: RunError = { name, message, stack: undefined, cause: undefined };
  const time = events.at(-1)?.time ?? 0;
  return [...events, { type: 'run-finished', seq: events.length, time, status: 'canceled', output: undefined, error }];
}

/** True for the end of a run that broke off, of which nobody knows how it would have ended. */
export function isInterrupted(end: {
  readonly status: string;
  readonly error: Pick<RunError, 'name'> | undefined;
}): boolean {
  return end.status === 'canceled' && end.error?.name === name;
}
