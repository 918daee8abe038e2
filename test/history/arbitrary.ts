/** Events and headers of all kinds, for property-based tests of logs. */
import fc from 'fast-check';
import { toJson, toRunError } from '../../common/runlog/index.ts';
import type { RunEvent, RunEventBody } from '../../common/runlog/index.ts';
import type { LogHeader } from '../../common/runlog/file.ts';

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const step = fc.array(text, { maxLength: 3 });
const callId = fc.option(text, { nil: undefined });
const iteration = fc.option(fc.nat(), { nil: undefined });
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => toJson(value));
const maybe = fc.option(json, { nil: undefined });
const error = fc.anything().map((thrown) => toRunError(thrown));
const time = fc.nat();
const is = <T extends string>(type: T): fc.Arbitrary<T> => fc.constant(type);

export const anyEvent: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.record({ type: is('run-started'), time, runId: text, workflowId: text, input: json }),
  fc.record({ type: is('run-resumed'), time, runId: text, workflowId: text, step, index: iteration, data: json }),
  fc.record({ type: is('step-started'), time, step, callId, input: json, iteration }),
  fc.record({ type: is('step-retried'), time, step, attempt: fc.nat(), error: fc.option(error, { nil: undefined }) }),
  fc.record({ type: is('step-waiting'), time, step, until: iteration }),
  fc.record({
    type: is('step-progress'),
    time,
    step,
    completed: fc.nat(),
    total: fc.nat(),
    index: fc.nat(),
    itemStatus: fc.constantFrom('success' as const, 'failed' as const, 'suspended' as const),
    output: maybe,
  }),
  fc.record({ type: is('step-succeeded'), time, step, callId, output: json, iteration }),
  fc.record({ type: is('step-failed'), time, step, callId, error, iteration }),
  fc.record({ type: is('step-suspended'), time, step, payload: json }),
  fc.record({ type: is('step-output'), time, step, output: json }),
  fc.record({
    type: is('console'),
    time,
    level: fc.constantFrom('log' as const, 'info' as const, 'warn' as const, 'error' as const, 'debug' as const),
    text,
    step: fc.option(step, { nil: undefined }),
  }),
  fc.record({
    type: is('run-finished'),
    time,
    status: fc.constantFrom('success' as const, 'failed' as const, 'suspended' as const, 'canceled' as const),
    output: maybe,
    error: fc.option(error, { nil: undefined }),
  }),
);

export const anyEvents: fc.Arbitrary<readonly RunEvent[]> = fc
  .array(anyEvent, { maxLength: 20 })
  .map((bodies) => bodies.map((body, seq) => ({ ...body, seq })));

const plain = { noNullPrototype: true } as const;

export const anyHeader: fc.Arbitrary<Omit<LogHeader, 'format' | 'version'>> = fc.record({
  id: fc.string({ minLength: 1 }),
  workflow: fc.record({ key: text, id: callId, name: callId, file: text }, plain),
  server: fc.record({ id: text, kind: fc.constantFrom('embedded', 'dev', 'remote', 'other'), name: text }, plain),
  mastraVersion: callId,
  startedAt: fc.nat(),
  inputName: callId,
  imported: fc.option(fc.record({ at: fc.nat(), from: text }, plain), { nil: undefined }),
  graph: fc.constant(undefined),
});
