/** The events of a stored log as they are checked when they are read. A new type of event, or a new field of one, gets its line here. */
import * as z from 'zod/mini';
import type { Json, RunError, RunEvent, RunEventType } from './events.ts';

/** What is checked was made by JSON.parse, so every value that is there is JSON. */
const json = z.custom<Json>((value: unknown) => value !== undefined);
const step = z.array(z.string());
const text = z.optional(z.string());
const count = z.optional(z.number());
const base = { seq: z.number(), time: z.number() };

const runError: z.ZodMiniType<RunError> = z.lazy(() =>
  z.pipe(
    z.object({ name: z.string(), message: z.string(), stack: text, cause: z.optional(runError) }),
    z.transform((error) => ({ ...error, stack: error.stack, cause: error.cause })),
  ),
);

type EventSchemas = { readonly [T in RunEventType]: z.ZodMiniType<Extract<RunEvent, { readonly type: T }>> };

/** JSON leaves undefined fields out; the transformations put them back. */
const schemas: EventSchemas = {
  'run-started': z.object({
    ...base,
    type: z.literal('run-started'),
    runId: z.string(),
    workflowId: z.string(),
    input: json,
  }),
  'run-resumed': z.pipe(
    z.object({
      ...base,
      type: z.literal('run-resumed'),
      runId: z.string(),
      workflowId: z.string(),
      step,
      index: count,
      data: json,
    }),
    z.transform((event) => ({ ...event, index: event.index })),
  ),
  'step-started': z.pipe(
    z.object({ ...base, type: z.literal('step-started'), step, callId: text, input: json, iteration: count }),
    z.transform((event) => ({ ...event, callId: event.callId, iteration: event.iteration })),
  ),
  'step-retried': z.pipe(
    z.object({ ...base, type: z.literal('step-retried'), step, attempt: z.number(), error: z.optional(runError) }),
    z.transform((event) => ({ ...event, error: event.error })),
  ),
  'step-waiting': z.pipe(
    z.object({ ...base, type: z.literal('step-waiting'), step, until: count }),
    z.transform((event) => ({ ...event, until: event.until })),
  ),
  'step-progress': z.pipe(
    z.object({
      ...base,
      type: z.literal('step-progress'),
      step,
      completed: z.number(),
      total: z.number(),
      index: z.number(),
      itemStatus: z.enum(['success', 'failed', 'suspended']),
      output: z.optional(json),
    }),
    z.transform((event) => ({ ...event, output: event.output })),
  ),
  'step-succeeded': z.pipe(
    z.object({ ...base, type: z.literal('step-succeeded'), step, callId: text, output: json, iteration: count }),
    z.transform((event) => ({ ...event, callId: event.callId, iteration: event.iteration })),
  ),
  'step-failed': z.pipe(
    z.object({ ...base, type: z.literal('step-failed'), step, callId: text, error: runError, iteration: count }),
    z.transform((event) => ({ ...event, callId: event.callId, iteration: event.iteration })),
  ),
  'step-suspended': z.object({ ...base, type: z.literal('step-suspended'), step, payload: json }),
  'step-output': z.object({ ...base, type: z.literal('step-output'), step, output: json }),
  console: z.pipe(
    z.object({
      ...base,
      type: z.literal('console'),
      level: z.enum(['log', 'info', 'warn', 'error', 'debug']),
      text: z.string(),
      step: z.optional(step),
    }),
    z.transform((event) => ({ ...event, step: event.step })),
  ),
  'run-finished': z.pipe(
    z.object({
      ...base,
      type: z.literal('run-finished'),
      status: z.enum(['success', 'failed', 'suspended', 'canceled']),
      output: z.optional(json),
      error: z.optional(runError),
    }),
    z.transform((event) => ({ ...event, output: event.output, error: event.error })),
  ),
};

export type ParsedEvent =
  | { readonly kind: 'event'; readonly event: RunEvent }
  /** An event of a type that this version does not know. */
  | { readonly kind: 'unknown'; readonly type: string }
  | { readonly kind: 'corrupt' };

const typed = z.object({ type: z.string(), seq: z.number() });

/** What JSON.parse made of a line of a log. Never throws. */
export function parseEvent(value: unknown): ParsedEvent {
  try {
    const named = typed.safeParse(value);
    if (!named.success) return { kind: 'corrupt' };
    const { type } = named.data;
    if (!isKnown(type)) return { kind: 'unknown', type };
    const schema: z.ZodMiniType<RunEvent> = schemas[type];
    const parsed = schema.safeParse(value);
    return parsed.success ? { kind: 'event', event: parsed.data } : { kind: 'corrupt' };
  } catch {
    // Causes nested without end take the whole stack.
    return { kind: 'corrupt' };
  }
}

function isKnown(type: string): type is RunEventType {
  return Object.hasOwn(schemas, type);
}
