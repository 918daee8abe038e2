/** Two runs of a workflow beside each other: where they part, and what is the same. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareRuns } from '../../common/replay/compare.ts';
import type { RunComparison } from '../../common/replay/compare.ts';
import type { Json, RunEvent, RunEventBody } from '../../common/runlog/index.ts';
import { box, failed, nodesOf, numbered, started, step, succeeded, workflow } from '../runlog/nodes.ts';

const nodes = nodesOf([
  step('check'),
  box('conditional', 'branch', step('by-air'), workflow('by-sea', 'by-sea', step('load'), step('sail'))),
  box('loop', 'loop', step('retry')),
  box('foreach', 'foreach', step('pack')),
  step('report'),
]);

const begin = (input: Json): RunEventBody => ({ type: 'run-started', time: 0, runId: 'r', workflowId: 'w', input });
const end = (status: 'success' | 'failed', output?: Json): RunEventBody => ({
  type: 'run-finished',
  time: 9,
  status,
  output,
  error: undefined,
});
const ran = (id: string, input: Json, output: Json, more: { iteration?: number } = {}): readonly RunEventBody[] => [
  started(id, { input, callId: `${id}-${more.iteration ?? 0}`, ...more }),
  succeeded(id, { output, callId: `${id}-${more.iteration ?? 0}`, ...more }),
];
const packed = (index: number, output: Json): RunEventBody => ({
  type: 'step-progress',
  time: 3,
  step: ['pack'],
  completed: index + 1,
  total: 2,
  index,
  itemStatus: 'success',
  output,
});

function compared(left: readonly RunEventBody[], right: readonly RunEventBody[], drawing = nodes): RunComparison {
  return compareRuns({ nodes: drawing, events: numbered(left) }, { nodes: drawing, events: numbered(right) });
}

/** `load#1 output`, one line for each step that is not the same. */
function differing({ steps }: RunComparison): readonly string[] {
  return steps.flatMap(({ step: path, item, iteration, differences }) =>
    differences.length === 0
      ? []
      : [
          `${path.join('.')}${iteration === undefined ? '' : ` round ${iteration}`}${item === undefined ? '' : ` item ${item}`}: ${differences.join(', ')}`,
        ],
  );
}

/** `sail output`: the step and how it shows. */
function parting(comparison: RunComparison): string | undefined {
  const found = comparison.steps.find(({ id }) => id === comparison.parting?.step);
  return found === undefined ? undefined : `${found.step.join('.')} ${comparison.parting?.reason}`;
}

describe('comparing two runs', () => {
  it('finds nothing between a run and itself', () => {
    const run = [begin(1), ...ran('check', 1, 2), ...ran('by-air', 2, 3), end('success', 3)];
    const comparison = compared(run, run);
    assert.deepEqual(differing(comparison), []);
    assert.equal(comparison.parting, undefined);
    assert.equal(comparison.inputDiffers, false);
    assert.equal(comparison.outputDiffers, false);
    assert.deepEqual(
      comparison.steps.map(({ nodes: [node], left, right }) => [node, left?.status, right?.status]),
      [
        ['check', 'success', 'success'],
        ['branch/by-air', 'success', 'success'],
      ],
    );
  });

  it('names the first step that made something else of the same input', () => {
    const comparison = compared(
      [begin(1), ...ran('check', 1, 2), ...ran('report', 2, 3), end('success', 3)],
      [begin(1), ...ran('check', 1, 20), ...ran('report', 20, 30), end('success', 30)],
    );
    assert.equal(parting(comparison), 'check output');
    assert.deepEqual(differing(comparison), ['check: output', 'report: input, output']);
    assert.equal(comparison.outputDiffers, true);
  });

  it('says that a step was given something else when the runs were', () => {
    const comparison = compared([begin(1), ...ran('check', 1, 5)], [begin(2), ...ran('check', 2, 5)]);
    assert.equal(comparison.inputDiffers, true);
    assert.equal(parting(comparison), 'check input');
  });

  it('looks into a nested workflow for the step that is to blame', () => {
    const sea = (cargo: Json): readonly RunEventBody[] => [
      begin(1),
      started('by-sea', { input: 1, callId: 'sea' }),
      ...ran('by-sea.load', 1, 2),
      ...ran('by-sea.sail', 2, cargo),
      succeeded('by-sea', { output: cargo, callId: 'sea' }),
      end('success', cargo),
    ];
    const comparison = compared(sea('tea'), sea('salt'));
    assert.deepEqual(differing(comparison), ['by-sea: output', 'by-sea.sail: output']);
    assert.equal(parting(comparison), 'by-sea.sail output');
    assert.deepEqual(
      comparison.steps.map(({ level, step: path }) => [level, path.at(-1)]),
      [
        [1, 'by-sea'],
        [2, 'load'],
        [2, 'sail'],
      ],
    );
  });

  it('tells a failure from another result', () => {
    const comparison = compared(
      [begin(1), ...ran('check', 1, 2), ...ran('report', 2, 3), end('success', 3)],
      [begin(1), started('check', { input: 1 }), failed('check', 'no stock'), end('failed')],
    );
    assert.equal(parting(comparison), 'check status');
    assert.deepEqual(differing(comparison), ['check: status, error, output', 'report: only-left']);
  });

  it('tells that they took different paths of a branch', () => {
    const comparison = compared(
      [begin(1), ...ran('check', 1, 2), ...ran('by-air', 2, 3)],
      [begin(1), ...ran('check', 1, 2), started('by-sea', { input: 2 }), ...ran('by-sea.load', 2, 3)],
    );
    assert.equal(parting(comparison), 'by-air branch');
    assert.deepEqual(differing(comparison), ['by-air: only-left', 'by-sea: only-right', 'by-sea.load: only-right']);
  });

  it('tells that one went round a loop once more', () => {
    const round = (number: number): readonly RunEventBody[] => ran('retry', number, number + 1, { iteration: number });
    const comparison = compared(
      [begin(1), ...round(1), ...round(2)],
      [begin(1), ...round(1), ...round(2), ...round(3)],
    );
    assert.equal(parting(comparison), 'retry rounds');
    assert.deepEqual(differing(comparison), ['retry round 3: only-right']);
  });

  it('compares the items of a foreach one by one', () => {
    const pack = (...outputs: readonly Json[]): readonly RunEventBody[] => [
      begin(1),
      started('pack', { input: ['a', 'b'] }),
      ...outputs.map((output, index) => packed(index, output)),
      succeeded('pack', { output: [...outputs] }),
    ];
    const comparison = compared(pack('A', 'B'), pack('A', 'C'));
    assert.deepEqual(differing(comparison), ['pack: output', 'pack item 1: output']);
    assert.equal(parting(comparison), 'pack output');
    assert.equal(comparison.steps.find(({ id }) => id === comparison.parting?.step)?.item, 1);
  });

  it('tells that one did not come as far as the other', () => {
    const comparison = compared(
      [begin(1), ...ran('check', 1, 2), ...ran('report', 2, 3)],
      [begin(1), ...ran('check', 1, 2)],
    );
    assert.equal(parting(comparison), 'report missing');
  });

  it('does without a drawing: then the ids of the steps tell them apart', () => {
    const comparison = compareRuns(
      { nodes: [], events: numbered([begin(1), ...ran('check', 1, 2)]) },
      { nodes, events: numbered([begin(1), ...ran('check', 1, 3)]) },
    );
    assert.equal(parting(comparison), 'check output');
    assert.deepEqual(differing(comparison), ['check: output']);
  });
});

describe('for any two runs', () => {
  const ids = fc.constantFrom('check', 'by-air', 'by-sea', 'by-sea.load', 'retry', 'pack', 'report', 'unknown');
  const event: fc.Arbitrary<RunEventBody> = fc.oneof(
    ids.map((id) => started(id, { input: id.length % 2 })),
    fc.tuple(ids, fc.nat(2)).map(([id, output]) => succeeded(id, { output })),
    ids.map((id) => failed(id)),
    fc.tuple(fc.nat(2), fc.nat(2)).map(([index, output]) => packed(index, output)),
    fc.constant(begin(1)),
    fc.constant(end('success', 1)),
  );
  const events: fc.Arbitrary<readonly RunEvent[]> = fc.array(event, { maxLength: 30 }).map(numbered);

  it('a run and itself are the same', () => {
    fc.assert(
      fc.property(events, (run) => {
        const comparison = compareRuns({ nodes, events: run }, { nodes, events: run });
        assert.deepEqual(differing(comparison), []);
        assert.equal(comparison.parting, undefined);
      }),
    );
  });

  it('left and right changed places say the same the other way round', () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        const one = compareRuns({ nodes, events: a }, { nodes, events: b });
        const other = compareRuns({ nodes, events: b }, { nodes, events: a });
        const turned = { 'only-left': 'only-right', 'only-right': 'only-left' } as const;
        const told = ({ steps }: RunComparison, turn: boolean) =>
          steps
            .map(({ id, differences }) => {
              const words = differences.map((word) =>
                turn && word in turned ? turned[word as keyof typeof turned] : word,
              );
              return `${id} ${words.join()}`;
            })
            .sort();
        assert.deepEqual(told(one, false), told(other, true));
        assert.equal(one.parting === undefined, other.parting === undefined);
      }),
    );
  });

  it('every step has an id of its own, comes behind the one around it, and ran in at least one of them', () => {
    fc.assert(
      fc.property(events, events, (a, b) => {
        const { steps, parting: found } = compareRuns({ nodes, events: a }, { nodes, events: b });
        const seen = new Set<string>();
        for (const { id, left, right } of steps) {
          assert.ok(!seen.has(id));
          seen.add(id);
          assert.ok(left !== undefined || right !== undefined);
        }
        if (found !== undefined) assert.ok(seen.has(found.step));
        assert.equal(
          found === undefined,
          steps.every(({ differences }) => differences.length === 0),
        );
      }),
    );
  });
});
