import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cutText,
  decodeRecord,
  defaultJsonLimits,
  foldRun,
  initialDecodeState,
  toJson,
  toRunError,
} from '../../common/runlog/index.ts';
import type { RunEvent, RunEventBody } from '../../common/runlog/index.ts';
import { childRows, rootRows } from '../../client/src/run/view/rows.ts';
import type { Row } from '../../client/src/run/view/rows.ts';
import { createRunTree } from '../../client/src/run/view/tree.ts';
import { momentAfter } from '../replay/indexed.ts';
import { box, nodesOf, numbered, sleep, step, workflow } from './nodes.ts';

const nodes = nodesOf([
  step('a'),
  box('parallel', 'p', step('b'), workflow('i', 'i', step('a'), box('conditional', 'c', step('b'), step('a')))),
  box('loop', 'l', step('a', 'again')),
  box('foreach', 'f', workflow('i', 'each', step('a'))),
  sleep('nap'),
]);

const path = fc.array(fc.constantFrom('a', 'b', 'i', 'sleep_1', 'zz'), { minLength: 0, maxLength: 3 });
const call = fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined });
const iteration = fc.option(fc.nat(3), { nil: undefined });
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => toJson(value));
const error = fc.anything().map((thrown) => toRunError(thrown));
const time = fc.nat();

const event: fc.Arbitrary<RunEventBody> = fc.oneof(
  fc.record({
    type: fc.constant('run-started' as const),
    time,
    runId: fc.string(),
    workflowId: fc.string(),
    input: json,
  }),
  fc.record({
    type: fc.constant('run-resumed' as const),
    time,
    runId: fc.string(),
    workflowId: fc.string(),
    step: path,
    index: fc.option(fc.nat(5), { nil: undefined }),
    data: json,
  }),
  fc.record({ type: fc.constant('step-started' as const), time, step: path, callId: call, input: json, iteration }),
  fc.record({ type: fc.constant('step-retried' as const), time, step: path, attempt: fc.nat(), error }),
  fc.record({ type: fc.constant('step-waiting' as const), time, step: path, until: fc.constant(undefined) }),
  fc.record({
    type: fc.constant('step-progress' as const),
    time,
    step: path,
    completed: fc.nat(),
    total: fc.nat(),
    index: fc.nat(5),
    itemStatus: fc.constantFrom('success' as const, 'failed' as const, 'suspended' as const),
    output: fc.option(json, { nil: undefined }),
  }),
  fc.record({ type: fc.constant('step-succeeded' as const), time, step: path, callId: call, output: json, iteration }),
  fc.record({ type: fc.constant('step-failed' as const), time, step: path, callId: call, error, iteration }),
  fc.record({ type: fc.constant('step-suspended' as const), time, step: path, payload: json }),
  fc.record({ type: fc.constant('step-output' as const), time, step: path, output: json }),
  fc.record({
    type: fc.constant('run-finished' as const),
    time,
    status: fc.constantFrom('success' as const, 'failed' as const, 'suspended' as const, 'canceled' as const),
    output: fc.option(json, { nil: undefined }),
    error: fc.option(error, { nil: undefined }),
  }),
);

const run = fc.array(event, { maxLength: 40 }).map((bodies) => numbered(bodies));

function split(events: readonly RunEvent[], at: number): readonly [readonly RunEvent[], readonly RunEvent[]] {
  const place = Math.min(at, events.length);
  return [events.slice(0, place), events.slice(place)];
}

describe('properties of the run log', () => {
  it('folding in parts is folding at once, and leaves the state before untouched', () => {
    fc.assert(
      fc.property(run, fc.nat(40), (events, at) => {
        const [first, rest] = split(events, at);
        const before = foldRun(first);
        const copy = structuredClone(before);
        assert.deepEqual(foldRun(rest, before), foldRun(events));
        assert.deepEqual(before, copy);
      }),
    );
  });

  it('every prefix of any log folds and lies over a drawing', () => {
    fc.assert(
      fc.property(run, fc.nat(40), (events, at) => {
        const [first] = split(events, at);
        const moment = momentAfter(nodes, first);
        const known = new Set(nodes.map((node) => node.id));
        for (const address of moment.nodes.keys()) assert.ok(known.has(address));
        const over = first.findLast((each) => each.type === 'run-started' || each.type === 'run-finished');
        if (over?.type === 'run-finished' && first.at(-1) === over) {
          for (const node of moment.nodes.values()) assert.ok(!['running', 'waiting'].includes(node.status));
        }
      }),
    );
  });

  it('every log grows into a tree whose rows can all be read', () => {
    fc.assert(
      fc.property(run, (events) => {
        const growing = createRunTree();
        for (const each of events) growing.append(each);
        const read = (rows: readonly Row[]): void => rows.forEach((row) => read(childRows(row)));
        read(rootRows(growing.tree));
      }),
    );
  });

  it('decoding takes anything', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (records) => {
        let state = initialDecodeState;
        for (const record of records) {
          const decoded = decodeRecord(state, record, 0, null);
          state = decoded.state;
          assert.doesNotThrow(() => JSON.stringify(decoded.events));
        }
      }),
    );
  });

  it('what JSON can hold stays as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        assert.deepEqual(toJson(value), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('any value becomes JSON of bounded size', () => {
    const limits = { ...defaultJsonLimits, characters: 500, string: 100 };
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true, withTypedArray: true }), (value) => {
        const text = JSON.stringify(toJson(value, limits));
        assert.ok(text.length < 3_000, `${text.length}`);
      }),
    );
  });

  it('cut text keeps its beginning', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), (text, limit) => {
        assert.ok(cutText(text, limit).startsWith(text.slice(0, limit)));
      }),
    );
  });
});
