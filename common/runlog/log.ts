/** The append-only list of one run's events. Numbers them, bounds what they may fill, and hands out a stable array. */
import type { Json, RunEvent } from './events.ts';

type WithoutSeq<E> = E extends unknown ? Omit<E, 'seq'> : never;

/** An event before the log numbered it. */
export type RunEventBody = WithoutSeq<RunEvent>;

export interface RunLog {
  /** Grows in place; a reader that remembers a length may read on from there. */
  readonly events: readonly RunEvent[];
  /** Console events that were not kept because there were too many; they reached the output channel all the same. */
  readonly droppedConsole: number;
  append(body: RunEventBody): RunEvent | undefined;
}

/** Console lines kept per run for the panel and for replay. */
export const maxConsoleEvents = 5_000;

/** Characters of inputs, outputs and payloads kept per run: an endless loop must not fill the editor's memory. */
export const maxValueCharacters = 64_000_000;

const notKept = '[not kept: the log of this run is full]';

export function createRunLog(limit = maxValueCharacters): RunLog {
  const events: RunEvent[] = [];
  let consoleEvents = 0;
  let droppedConsole = 0;
  let characters = 0;
  const keep = (value: Json): Json => {
    characters += sizeOf(value);
    return characters > limit ? notKept : value;
  };
  return {
    events,
    get droppedConsole() {
      return droppedConsole;
    },
    append(body) {
      if (body.type === 'console') {
        if (consoleEvents >= maxConsoleEvents) {
          droppedConsole += 1;
          return undefined;
        }
        consoleEvents += 1;
      }
      const event: RunEvent = { ...bounded(body, keep), seq: events.length };
      events.push(event);
      return event;
    },
  };
}

/** The event with what it carries passed through `keep`. The ends of the run itself are always kept. */
function bounded(body: RunEventBody, keep: (value: Json) => Json): RunEventBody {
  switch (body.type) {
    case 'step-started':
      return { ...body, input: keep(body.input) };
    case 'step-succeeded':
    case 'step-output':
      return { ...body, output: keep(body.output) };
    case 'step-progress':
      return body.output === undefined ? body : { ...body, output: keep(body.output) };
    case 'step-suspended':
      return { ...body, payload: keep(body.payload) };
    case 'run-started':
    case 'run-resumed':
    case 'step-retried':
    case 'step-waiting':
    case 'step-failed':
    case 'console':
    case 'run-finished':
      return body;
  }
}

/** About as many characters as its JSON text. */
function sizeOf(value: Json): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  let size = 2;
  for (const [name, inner] of Object.entries(value)) size += name.length + 4 + sizeOf(inner);
  return size;
}
