import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRunIndex, jsonBytes, payloadAt, smallEvent } from '../../common/replay/index.ts';
import type { Moment, NodeRun } from '../../common/replay/index.ts';
import type { ErrorReference, PayloadReference } from '../../common/protocol/replay.ts';
import { toJson } from '../../common/runlog/index.ts';
import type { RunEvent } from '../../common/runlog/index.ts';
import { modelAndRun } from './arbitrary.ts';
import { indexOf } from './indexed.ts';
import { plainMoment } from './reference.ts';
import type { PlainMoment, PlainNode } from './reference.ts';

/** The moment with values in place of references, in the words of the reference. */
function resolved(moment: Moment, events: readonly RunEvent[]): unknown {
  const value = (reference: PayloadReference | undefined): unknown => {
    if (reference === undefined) return undefined;
    const payload = payloadAt(events, reference);
    assert.equal(payload?.kind, 'value');
    return payload.value;
  };
  const error = (reference: ErrorReference | undefined): unknown => {
    if (reference === undefined) return undefined;
    const payload = payloadAt(events, { event: reference.event, item: undefined }, 'error');
    assert.equal(payload?.kind, 'error');
    return payload.error;
  };
  const { event, nodes, unmatched, ...head } = moment;
  assert.ok(event < events.length);
  return {
    head: { ...head, input: value(head.input), output: value(head.output), error: error(head.error) },
    unmatched,
    nodes: new Map(
      [...nodes].map(([address, run]: [string, NodeRun]) => [
        address,
        {
          status: run.status,
          startedAt: run.startedAt,
          finishedAt: run.finishedAt,
          runs: run.runs,
          attempts: run.attempts,
          progress: run.progress,
          uncertain: run.uncertain ?? false,
          input: value(run.input),
          output: value(run.output),
          suspendPayload: value(run.suspendPayload),
          error: error(run.error),
        },
      ]),
    ),
  };
}

function plain({ run, nodes, unmatched }: PlainMoment): unknown {
  const { finishedAt, input, output, error } = run;
  return {
    head: {
      runId: run.runId ?? '',
      workflowId: run.workflowId ?? '',
      status: run.status ?? 'running',
      startedAt: run.startedAt ?? 0,
      finishedAt,
      input,
      output,
      error,
    },
    unmatched,
    nodes: new Map([...nodes].map(([address, node]: [string, PlainNode]) => [address, node])),
  };
}

describe('the index of a run', () => {
  it('says of every moment of any run what folding its beginning says', () => {
    fc.assert(
      fc.property(modelAndRun, ({ nodes, events }) => {
        const index = indexOf(nodes, events);
        assert.equal(index.length, events.length);
        for (let event = -1; event < events.length; event += 1) {
          const folded = plainMoment(nodes, events.slice(0, event + 1));
          assert.deepEqual(resolved(index.at(event), events), plain(folded), `after event ${event}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says the same of a moment while the run goes on as when it is over', () => {
    fc.assert(
      fc.property(modelAndRun, ({ nodes, events }) => {
        const index = createRunIndex(nodes);
        const live = events.map((event) => {
          index.append(smallEvent(event));
          return index.at(Infinity);
        });
        live.forEach((moment, event) => assert.deepEqual(index.at(event), moment));
      }),
    );
  });
});

describe('the size of a value', () => {
  it('is that of its JSON text, in bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = toJson(value);
        assert.equal(jsonBytes(json), Buffer.byteLength(JSON.stringify(json)));
      }),
    );
  });
});
