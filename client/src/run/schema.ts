/** Checks what arrives from the runner: it shares a process with the author's code, so nothing is taken on trust. */
import * as z from 'zod/mini';
import type { Json, RunError } from '../../../common/runlog/events.ts';
import type { RunnerMessage } from './protocol.ts';

const json = z.json() as z.ZodMiniType<Json>;
const runError: z.ZodMiniType<RunError> = z.object({
  name: z.string(),
  message: z.string(),
  stack: optional(z.string()),
  cause: optional(z.lazy((): z.ZodMiniType<RunError> => runError)),
});

/** JSON has no undefined: a field that may be undefined is absent there. */
function optional<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | undefined> {
  return z.optional(schema);
}

const time = z.number();
const step = z.array(z.string());
const callId = optional(z.string());
const iteration = optional(z.number());

const event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run-started'), time, runId: z.string(), workflowId: z.string(), input: json }),
  z.object({
    type: z.literal('run-resumed'),
    time,
    runId: z.string(),
    workflowId: z.string(),
    step,
    index: optional(z.number()),
    data: json,
  }),
  z.object({ type: z.literal('step-started'), time, step, callId, input: json, iteration }),
  z.object({ type: z.literal('step-retried'), time, step, attempt: z.number(), error: optional(runError) }),
  z.object({ type: z.literal('step-waiting'), time, step, until: optional(z.number()) }),
  z.object({
    type: z.literal('step-progress'),
    time,
    step,
    completed: z.number(),
    total: z.number(),
    index: z.number(),
    itemStatus: z.enum(['success', 'failed', 'suspended']),
    output: optional(json),
  }),
  z.object({ type: z.literal('step-succeeded'), time, step, callId, output: json, iteration }),
  z.object({ type: z.literal('step-failed'), time, step, callId, error: runError, iteration }),
  z.object({ type: z.literal('step-suspended'), time, step, payload: json }),
  z.object({ type: z.literal('step-output'), time, step, output: json }),
  z.object({
    type: z.literal('console'),
    time,
    level: z.enum(['log', 'info', 'warn', 'error', 'debug']),
    text: z.string(),
    step: optional(step),
  }),
  z.object({
    type: z.literal('run-finished'),
    time,
    status: z.enum(['success', 'failed', 'suspended', 'canceled']),
    output: optional(json),
    error: optional(runError),
  }),
]);

const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('loaded'),
    id: z.string(),
    mastra: z.enum(['registered', 'attached', 'none']),
    inputSchema: optional(json),
    stateSchema: optional(json),
    needsState: z.boolean(),
    requestContextSchema: optional(json),
    durable: z.boolean(),
  }),
  z.object({
    type: z.literal('refused'),
    kind: z.enum(['core-missing', 'load-failed', 'workflow-not-found', 'not-committed', 'start-failed']),
    message: z.string(),
    error: optional(runError),
  }),
  z.object({
    type: z.literal('validated'),
    number: z.number(),
    issues: z.array(z.object({ path: z.array(z.string()), message: z.string() })),
  }),
  z.object({
    type: z.literal('suspended'),
    number: z.number(),
    steps: z.array(z.object({ step, index: optional(z.number()), payload: json, resumeSchema: optional(json) })),
  }),
  z.object({ type: z.literal('unresumed'), error: runError }),
  z.object({ type: z.literal('abandoned'), number: z.number(), error: optional(runError) }),
  z.object({ type: z.literal('events'), events: z.array(event) }),
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({
    type: z.literal('exiting'),
    cause: z.enum(['process-exit', 'uncaught']),
    code: z.number(),
    step: optional(step),
    error: runError,
  }),
]);

/** One line of the runner as a message; undefined for anything else. */
export function parseMessage(line: string): RunnerMessage | undefined {
  try {
    const parsed = message.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
