/** What the real Mastra says of a few mutants of the sample project. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ordersFolder } from '../../projects/orders.expected.ts';
import type { Change } from '../mutant.ts';
import { evidenceOf } from './evidence.ts';
import { startMastra, type RealMastra } from './mastra.ts';
import type { Observation, TrialOutcome } from './observation.ts';

const run: TrialOutcome = { workflow: 'w', outcome: 'a', kept: { s: '1', mapping_w_0: '2' }, nothing: [], broken: [] };
const original: Observation = {
  load: undefined,
  runs: [run],
  collisions: ['twice'],
  hidden: [],
  pausesVary: false,
  planted: undefined,
};

describe('what shows that a mutant is a mistake', () => {
  const evidence = (change: Partial<Observation>) => evidenceOf(original, { ...original, ...change });
  const evidenceOfRun = (change: Partial<TrialOutcome>) => evidence({ runs: [{ ...run, ...change }] });

  it('is nothing where all is as before', () => {
    assert.deepEqual(evidence({}), []);
    assert.deepEqual(evidence({ runs: [] }), []);
  });

  it('is what a run does otherwise', () => {
    assert.deepEqual(evidenceOfRun({ outcome: 'b' }), ['w gives b, not a']);
    assert.deepEqual(evidenceOfRun({ broken: ['s'] }), ['w: not what the schema promises: s']);
    assert.deepEqual(evidenceOfRun({ nothing: ['s'] }), ['w: nothing is handed on by s']);
    assert.deepEqual(evidenceOfRun({ kept: { s: '3' } }), ['w keeps of s 3, not 1']);
  });

  it('is no other number of a mapping', () => {
    assert.deepEqual(evidenceOfRun({ kept: { s: '1', mapping_w_0: '3', mapping_w_1: '2' } }), []);
    assert.deepEqual(evidenceOfRun({ kept: { s: '1', mapping_w_0: '3' } }), ['w keeps of mapping_w_0 3, not 2']);
  });

  it('is what cannot be found or called', () => {
    assert.deepEqual(evidence({ load: 'no' }), ['loading it throws: no']);
    assert.deepEqual(evidence({ collisions: ['twice', 'more'] }), ['two entries keep their results under more']);
    assert.deepEqual(evidence({ hidden: ['w'] }), ['getWorkflowById gives another workflow for w']);
    assert.deepEqual(evidence({ pausesVary: true }), ['a pause has another id each time the project is loaded']);
    assert.deepEqual(evidence({ planted: 'no' }), ['what was planted throws: no']);
  });
});

describe('the real Mastra as an oracle', function () {
  this.timeout(120_000);
  let mastra: RealMastra;
  before(async () => {
    const started = await startMastra(ordersFolder);
    assert.ok(started !== undefined);
    mastra = started;
  });
  after(() => mastra.close());

  /** Replaces the first `from` in a workflow's file. */
  function change(name: string, from: string, to: string): readonly Change[] {
    const file = path.join(ordersFolder, 'src/mastra/workflows', name);
    const start = readFileSync(file, 'utf8').indexOf(from);
    assert.ok(start >= 0, from);
    return [{ file, start, end: start + from.length, text: to }];
  }

  const cases: readonly (readonly [title: string, changes: () => readonly Change[], expected: RegExp | undefined])[] = [
    ['the project as it is', () => [], undefined],
    ['a comment', () => change('classify-return.ts', '.commit()', '.commit() // as it was'), undefined],
    // Mastra commits it when it is registered.
    ['a registered workflow without commit', () => change('classify-return.ts', '.commit()', ''), undefined],
    ['a nested one without commit', () => change('pack-parcel.ts', '.commit()', ''), /Uncommitted/],
    [
      'a result that is another one',
      () => change('quote-shipping.ts', '.commit()', '.map(async () => 1).commit()'),
      /gives/,
    ],
    ['what does not parse', () => change('classify-return.ts', '.commit()', '.commit('), /cannot be built/],
    ['what throws when it is loaded', () => change('classify-return.ts', '.commit()', '.after()'), /loading it throws/],
    [
      'two steps of one id',
      () => change('classify-return.ts', `'refund-item'`, `'replace-item'`),
      /two entries keep their results under replace-item/,
    ],
    [
      'a pause without an id',
      () => change('classify-return.ts', '.commit()', '.sleep(1).commit()'),
      /a pause has another id each time/,
    ],
    [
      'a promise that is not kept',
      () => change('charge-card.ts', 'receipt: z.string()', 'receipt: z.number()'),
      /not what the schema promises: write-receipt/,
    ],
    [
      'what takes the process down',
      () => change('classify-return.ts', 'const refundItem', 'process.exit(3);\nconst refundItem'),
      /takes the process down/,
    ],
    // It is started anew for the one after it.
    ['the project as it is, again', () => [], undefined],
  ];
  for (const [title, changes, expected] of cases) {
    it(title, async () => {
      const evidence = (await mastra.evidence(changes())).join('\n');
      if (expected === undefined) assert.equal(evidence, '');
      else assert.match(evidence, expected);
    });
  }
});
