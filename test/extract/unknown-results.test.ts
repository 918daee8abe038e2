/** Reads of results that `.parallel` and `.branch` do not leave, as the model has them: which there are, and what corrects them. */
import assert from 'node:assert/strict';
import { applyEdits } from '../rules/pages/project.ts';
import { flow, head, startSuite, type ExtractSuite } from './project.ts';

describe('unknown results', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  /** The reads of a mapping behind `.parallel([say, count-words])` by an id that neither has, each with its correction. */
  async function readsOf(mapping: string): Promise<readonly string[]> {
    const text = `${head}
const copy = cloneStep(say, { id: 'count-words' });
export const main = ${flow}.parallel([say, copy]).map(${mapping}).commit();`.replace(
      'createWorkflow',
      'cloneStep, createWorkflow',
    );
    const { workflow, source } = await suite.extract({ 'main.ts': text });
    const [box] = workflow('main').entries;
    assert.ok(box?.type === 'parallel');
    return (box.unknownResults ?? []).map((result) => {
      assert.equal(source(result.file, result.range), result.id);
      if (result.correction === undefined) return `${result.id}: ${result.read}`;
      const corrected = applyEdits(text, [result.correction]);
      return `${result.id}: ${corrected.slice(corrected.indexOf('.map(') + 5, corrected.lastIndexOf(').commit()'))}`;
    });
  }

  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['async ({ inputData }: any) => inputData.sya.text', ['sya: async ({ inputData }: any) => inputData.say.text']],
    [
      'async (context: any) => context.inputData?.countWords',
      ["countWords: async (context: any) => context.inputData?.['count-words']"],
    ],
    [
      "async ({ inputData: all }: any) => all['count-word'].text",
      ["count-word: async ({ inputData: all }: any) => all['count-words'].text"],
    ],
    [
      'async ({ inputData: { countWords, say, ...rest } }: any) => [countWords, say, rest]',
      [
        "countWords: async ({ inputData: { 'count-words': countWords, say, ...rest } }: any) => [countWords, say, rest]",
      ],
    ],
    ['async ({ inputData }: any) => inputData.order.id', ['order: inputData.order']],
    // Known ids, and what is ready for absence.
    ["async ({ inputData }: any) => [inputData.say, inputData['count-words']]", []],
    ['async ({ inputData }: any) => inputData.sya ?? 1', []],
    ['async ({ inputData }: any) => (inputData.sya?.text || 1)', []],
    ['async ({ inputData }: any) => (inputData.sya ? 1 : 2)', []],
    ['async ({ inputData }: any) => inputData.order?.id', []],
    ['async ({ inputData: { sya = 1 } }: any) => sya', []],
    // The input is written to, or hidden behind another variable of its name.
    ['async ({ inputData }: any) => { inputData.order = 1; return inputData.order; }', []],
    ['async ({ inputData }: any) => [1].map((inputData: any) => inputData.order)', []],
  ];

  for (const [mapping, expected] of cases) {
    it(mapping, async () => {
      assert.deepEqual(await readsOf(mapping), expected);
    });
  }
});
