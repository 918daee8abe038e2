/** Stored runs of a real server: as events, and what waits in them. */
import assert from 'node:assert/strict';
import { decodeRecord, foldRun, initialDecodeState } from '../../../common/runlog/index.ts';
import type { RunEvent, RunEventBody, RunState } from '../../../common/runlog/index.ts';
import { createLedger } from '../../../client/src/run/http/ledger.ts';
import { eventsOfRun } from '../../../client/src/run/http/stored.ts';
import { suspendedSteps } from '../../../client/src/run/http/suspended.ts';
import { recordedDetails, recordedRun, recordedStream } from './recorded.ts';

function fold(bodies: readonly RunEventBody[]): RunState {
  return foldRun(bodies.map((body, seq): RunEvent => ({ ...body, seq })));
}

function lines(bodies: readonly RunEventBody[]): readonly string[] {
  return bodies.map((body) =>
    'step' in body && body.step !== undefined ? `${body.type} ${body.step.join('/')}` : body.type,
  );
}

describe('a stored run as events', () => {
  it('has every step between its start and its end, nested ones inside', () => {
    assert.deepEqual(lines(eventsOfRun(recordedRun('run-nested'))), [
      'run-started',
      'step-started prep',
      'step-succeeded prep',
      'step-started child-workflow',
      'step-started child-workflow/child-a',
      'step-succeeded child-workflow/child-a',
      'step-started child-workflow/child-b',
      'step-succeeded child-workflow/child-b',
      'step-succeeded child-workflow',
      'step-started finish',
      'step-succeeded finish',
      'run-finished',
    ]);
    const state = fold(eventsOfRun(recordedRun('run-nested')));
    assert.deepEqual([state.status, state.output, state.input], ['success', { done: 'hi+A+B' }, { text: ' hi ' }]);
    assert.ok((state.startedAt ?? 0) <= (state.steps.get('prep')?.startedAt ?? 0));
    assert.deepEqual(
      [...state.steps.values()].map(({ status, runs }) => [status, runs]),
      [...state.steps.values()].map(() => ['success', 1]),
    );
  });

  it('keeps the error of a failed run and the items of its foreach', () => {
    const events = eventsOfRun(recordedRun('run-foreach-failed'));
    const items = events.flatMap((event) => (event.type === 'step-progress' ? [[event.index, event.itemStatus]] : []));
    assert.deepEqual(items, [
      [0, 'success'],
      [1, 'failed'],
      [2, 'success'],
    ]);
    const state = fold(events);
    assert.equal(state.error?.message, 'boom word');
    assert.equal(state.steps.get('upper')?.status, 'failed');
  });

  it('says which round of a loop it still has', () => {
    const rounds = eventsOfRun(recordedRun('run-loop')).flatMap((event) =>
      event.type === 'step-started' ? [[event.step[0], event.iteration]] : [],
    );
    assert.deepEqual(rounds, [
      ['increment', 2],
      ['halve', 2],
    ]);
  });

  it('has no end while the run goes on', () => {
    const run = { ...recordedRun('run-approval'), status: 'running' } as const;
    assert.ok(!lines(eventsOfRun(run)).includes('run-finished'));
  });
});

describe('what waits in a stored run', () => {
  it('is named with its payload and its schema', () => {
    const [step, ...more] = suspendedSteps(recordedRun('run-approval'), recordedDetails('details-approval'));
    assert.deepEqual(more, []);
    assert.deepEqual(step?.step, ['approve']);
    assert.deepEqual(step.payload, { reason: 'needs human approval', preview: 'About cats' });
    assert.deepEqual(step.resumeSchema, {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        approved: { type: 'boolean' },
        by: { type: 'string', minLength: 1 },
        comment: { type: 'string' },
      },
      required: ['approved', 'by'],
    });
  });

  it('is the step inside a nested workflow, once', () => {
    const run = recordedRun('run-nested-approval');
    const steps = suspendedSteps(run, { allSteps: {} });
    assert.deepEqual(
      steps.map(({ step, index, payload }) => [step, index, payload]),
      [[['approval-workflow', 'approve'], undefined, { reason: 'needs human approval', preview: 'About DOGS' }]],
    );
    // A server that hands out no nested steps: the note of Mastra has the path.
    const outer = Object.entries(run.steps ?? {}).filter(([id]) => !id.includes('.'));
    const alone = suspendedSteps({ ...run, steps: Object.fromEntries(outer) }, { allSteps: {} });
    assert.deepEqual(
      alone.map(({ step }) => step),
      [['approval-workflow', 'approve']],
    );
  });

  it('is each item of a foreach', () => {
    const steps = suspendedSteps(recordedRun('run-foreach-approval'), { allSteps: {} });
    assert.deepEqual(
      steps.map(({ step, index, payload }) => [step, index, payload]),
      [
        [['ask'], 0, { who: 'ann' }],
        [['ask'], 1, { who: 'bob' }],
      ],
    );
  });

  it('is nothing once the run is over', () => {
    const run = { ...recordedRun('run-approval'), status: 'canceled' } as const;
    assert.deepEqual(suspendedSteps(run, recordedDetails('details-approval')), []);
  });
});

describe('what a stored run tells beyond its stream', () => {
  const decoded = (name: string, count: number): readonly RunEventBody[] => {
    let state = initialDecodeState;
    return recordedStream(name)
      .slice(0, count)
      .flatMap((record) => {
        const { state: next, events } = decodeRecord(state, record, 0, null);
        state = next;
        return events;
      });
  };

  it('is the rest, wherever the stream broke', () => {
    const stored = recordedRun('run-nested-approval');
    const stream = recordedStream('stream-nested-approval');
    const base = Math.min(...Object.values(stored.steps ?? {}).map((step) => step.startedAt ?? Infinity));
    assert.ok(base > 0);
    for (let count = 0; count <= stream.length; count += 1) {
      const told = decoded('stream-nested-approval', count).filter((event) => event.type.startsWith('step-'));
      // Both were recorded from runs of the same workflow: times differ, so the stored ones count.
      const same = told.map((event) => ({ ...event, time: base + 1_000 }));
      const ledger = createLedger(undefined);
      same.forEach((event) => ledger.add(event));
      const missing = ledger.missing(stored);
      const state = fold([...same, ...missing]);
      assert.deepEqual(
        [...state.steps].map(([id, step]) => [id, step.status, step.runs]).toSorted(),
        [
          ['approval-workflow', 'suspended', 1],
          ['approval-workflow.approve', 'suspended', 1],
          ['approval-workflow.draft', 'success', 1],
          ['intro', 'success', 1],
        ],
        `after ${count} records`,
      );
    }
  });

  it('is nothing when everything was told', () => {
    const stored = recordedRun('run-nested');
    const ledger = createLedger(undefined);
    eventsOfRun(stored).forEach((event) => ledger.add(event));
    assert.deepEqual(ledger.missing(stored), []);
    assert.deepEqual(createLedger(stored).missing(stored), []);
  });

  it('is that a step was interrupted, when the server ran it again', () => {
    const stored = recordedRun('run-nested');
    const ledger = createLedger(undefined);
    const prep = stored.steps?.['prep'];
    assert.ok(typeof prep?.startedAt === 'number');
    const before = { callId: undefined, input: null, iteration: undefined, step: ['prep'] };
    ledger.add({ type: 'step-started', time: prep.startedAt - 5_000, ...before });
    assert.deepEqual(lines(ledger.missing(stored)).slice(0, 3), [
      'step-failed prep',
      'step-started prep',
      'step-succeeded prep',
    ]);
  });
});
