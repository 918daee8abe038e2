/** Which steps of a run were told so far, and what a stored run knows beyond that. */
import { toRunError } from '../../../../common/runlog/error.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import type { StoredRun } from './shapes.ts';
import { eventsOfSteps } from './stored.ts';

export interface Ledger {
  add(event: RunEventBody): void;
  /** Events that the stored run tells and nobody has told yet. Does not add them. */
  missing(run: StoredRun): readonly RunEventBody[];
}

interface Told {
  startedAt: number;
  open: boolean;
  /** The type of the event that ended it. */
  end: string | undefined;
}

/** `before`: the run as it was stored when the telling began; its steps count as told. */
export function createLedger(before: StoredRun | undefined): Ledger {
  const told = new Map<string, Told>();
  const add = (event: RunEventBody): void => {
    if (event.type === 'console' || !('step' in event) || event.step.length === 0) return;
    const id = event.step.join('.');
    switch (event.type) {
      case 'step-started':
      case 'step-waiting':
        told.set(id, { startedAt: event.time, open: true, end: undefined });
        return;
      case 'step-succeeded':
      case 'step-failed':
      case 'step-suspended':
        told.set(id, { startedAt: told.get(id)?.startedAt ?? event.time, open: false, end: event.type });
        return;
      case 'step-retried':
      case 'step-progress':
      case 'step-output':
      case 'run-resumed':
        return;
    }
  };
  if (before !== undefined) eventsOfSteps(before).forEach(add);
  return {
    add,
    missing(run) {
      const events: RunEventBody[] = [];
      const now = new Map<string, Told>();
      const stateOf = (id: string): Told | undefined => now.get(id) ?? told.get(id);
      for (const event of eventsOfSteps(run)) {
        if (event.type === 'console' || !('step' in event)) continue;
        const id = event.step.join('.');
        const state = stateOf(id);
        switch (event.type) {
          case 'step-started':
          case 'step-waiting':
            // A step that was resumed was told with the later time.
            if (state !== undefined && state.startedAt >= event.time) break;
            // A server that starts again runs what was going on once more.
            if (state?.open === true) events.push(interrupted(event.step, event.time));
            events.push(event);
            now.set(id, { startedAt: event.time, open: true, end: undefined });
            break;
          case 'step-succeeded':
          case 'step-failed':
          case 'step-suspended':
            if (state !== undefined && !state.open && state.end === event.type) break;
            events.push(event);
            now.set(id, { startedAt: state?.startedAt ?? event.time, open: false, end: event.type });
            break;
          case 'step-progress':
            if (state?.open === true) events.push(event);
            break;
          case 'step-retried':
          case 'step-output':
          case 'run-resumed':
            break;
        }
      }
      return events;
    },
  };
}

function interrupted(step: readonly string[], time: number): RunEventBody {
  const error = toRunError({ name: 'Interrupted', message: 'The server stopped while the step ran, and ran it again' });
  return { type: 'step-failed', time, step, callId: undefined, error, iteration: undefined };
}
