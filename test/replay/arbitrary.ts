/** Random workflows, and random runs of them: some as Mastra tells of them, some with events lost, doubled and in any order. */
import fc from 'fast-check';
import { toJson, toRunError } from '../../common/runlog/index.ts';
import type { AlignableNode, RunEvent, RunEventBody } from '../../common/runlog/index.ts';
import { box, nodesOf, numbered, sleep, step, workflow } from '../runlog/nodes.ts';
import type { NodeSketch } from '../runlog/nodes.ts';

const ids = ['a', 'b', 'c'];
const id = fc.constantFrom(...ids);

const sketch = fc.letrec<{ entry: NodeSketch; list: readonly NodeSketch[] }>((tie) => ({
  list: fc.array(tie('entry'), { minLength: 1, maxLength: 3 }),
  entry: fc.oneof(
    { maxDepth: 3 },
    id.map((name) => step(name)),
    fc.constant(step(undefined)),
    fc.constant(sleep('nap')),
    fc
      .tuple(fc.constantFrom('parallel' as const, 'conditional' as const), tie('list'))
      .map(([kind, list]) => box(kind, kind, ...list)),
    tie('entry').map((inner) => box('loop', 'loop', inner)),
    tie('entry').map((inner) => box('foreach', 'foreach', inner)),
    fc.tuple(fc.constantFrom('i', 'j'), tie('list')).map(([name, list]) => workflow(name, name, ...list)),
  ),
}));

/** Nodes of one list with the same address get a number. */
function distinct(list: readonly NodeSketch[]): readonly NodeSketch[] {
  const seen = new Map<string, number>();
  return list.map((entry) => {
    const count = (seen.get(entry.address) ?? 0) + 1;
    seen.set(entry.address, count);
    const address = count === 1 ? entry.address : `${entry.address}-${count}`;
    return { ...entry, address, children: distinct(entry.children) };
  });
}

const nodes = fc.array(sketch.entry, { minLength: 1, maxLength: 5 }).map((list) => nodesOf(distinct(list)));

const json = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map((value) => toJson(value)),
  fc.array(fc.jsonValue({ maxDepth: 1 }).map((value) => toJson(value))),
);
const time = fc.nat(1_000);
const call = fc.option(fc.constantFrom('1', '2', '3', '4'), { nil: undefined });
const iteration = fc.option(fc.nat(3), { nil: undefined });
const error = fc.anything().map((thrown) => toRunError(thrown));

function eventsOn(paths: readonly (readonly string[])[]): fc.Arbitrary<RunEventBody> {
  const path = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...paths) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<readonly string[]>([], ['zz'], ['i', 'zz'], ['sleep_1'], ['i', 'sleep_1']),
    },
  );
  const on = <T extends RunEventBody['type']>(type: T) => ({ type: fc.constant(type), time, step: path });
  return fc.oneof(
    { weight: 12, arbitrary: fc.record({ ...on('step-started'), callId: call, input: json, iteration }) },
    { weight: 12, arbitrary: fc.record({ ...on('step-succeeded'), callId: call, output: json, iteration }) },
    { weight: 2, arbitrary: fc.record({ ...on('step-failed'), callId: call, error, iteration }) },
    { weight: 2, arbitrary: fc.record({ ...on('step-suspended'), payload: json }) },
    { weight: 2, arbitrary: fc.record({ ...on('step-retried'), attempt: fc.integer({ min: 2, max: 4 }), error }) },
    { weight: 1, arbitrary: fc.record({ ...on('step-waiting'), until: fc.constant(undefined) }) },
    { weight: 1, arbitrary: fc.record({ ...on('step-output'), output: json }) },
    {
      weight: 3,
      arbitrary: fc.record({
        ...on('step-progress'),
        completed: fc.nat(5),
        total: fc.nat(5),
        index: fc.nat(5),
        itemStatus: fc.constantFrom('success' as const, 'failed' as const, 'suspended' as const),
        output: fc.option(json, { nil: undefined }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('run-started' as const),
        time,
        runId: fc.string(),
        workflowId: fc.string(),
        input: json,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        ...on('run-resumed'),
        runId: fc.string(),
        workflowId: fc.string(),
        index: fc.option(fc.nat(5), { nil: undefined }),
        data: json,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('console' as const),
        time,
        level: fc.constant('log' as const),
        text: fc.string(),
        step: fc.option(path, { nil: undefined }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('run-finished' as const),
        time,
        status: fc.constantFrom('success' as const, 'failed' as const, 'suspended' as const, 'canceled' as const),
        output: fc.option(json, { nil: undefined }),
        error: fc.option(error, { nil: undefined }),
      }),
    },
  );
}

export interface ModelAndRun {
  readonly nodes: readonly AlignableNode[];
  readonly events: readonly RunEvent[];
}

/** A workflow and a run over it, mostly of steps that it has. */
export const modelAndRun: fc.Arbitrary<ModelAndRun> = nodes.chain((list) => {
  const named = list.flatMap((node) => (node.step === undefined ? [] : [node.step]));
  const paths = named.length === 0 ? [['zz']] : named;
  return fc.array(eventsOn(paths), { maxLength: 40 }).map((bodies) => ({ nodes: list, events: numbered(bodies) }));
});
