/** From a reference back to the value, where the log is at hand. */
import type { PayloadReference } from '../protocol/replay.ts';
import type { Json, RunError, RunEvent } from '../runlog/events.ts';

export type Payload =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'error'; readonly error: RunError }
  | { readonly kind: 'console'; readonly level: string; readonly text: string };

/** What is asked of an event: its value, of which it has at most one, or its error. */
export type PayloadPart = 'value' | 'error';

/** What an event carries; undefined when there is no such event, or it carries no such thing. */
export function payloadAt(
  events: readonly RunEvent[],
  { event: number, item }: Pick<PayloadReference, 'event' | 'item'>,
  part: PayloadPart = 'value',
): Payload | undefined {
  const event = events[number];
  if (event?.type === 'console') return { kind: 'console', level: event.level, text: event.text };
  if (part === 'error') {
    const error = event?.type === 'step-failed' || event?.type === 'run-finished' ? event.error : undefined;
    return error === undefined ? undefined : { kind: 'error', error };
  }
  const whole = event === undefined ? undefined : valueOf(event);
  const value = item === undefined ? whole : Array.isArray(whole) ? (whole as readonly Json[])[item] : undefined;
  return value === undefined ? undefined : { kind: 'value', value };
}

function valueOf(event: RunEvent): Json | undefined {
  switch (event.type) {
    case 'run-started':
    case 'step-started':
      return event.input;
    case 'run-resumed':
      return event.data;
    case 'step-succeeded':
    case 'step-output':
    case 'step-progress':
    case 'run-finished':
      return event.output;
    case 'step-suspended':
      return event.payload;
    case 'step-failed':
    case 'step-retried':
    case 'step-waiting':
    case 'console':
      return undefined;
  }
}
