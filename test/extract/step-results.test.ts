/** Steps without an output schema: what leaves them is what their function returns. */
import assert from 'node:assert/strict';
import { head, startSuite, type ExtractSuite } from './project.ts';

interface Case {
  readonly title: string;
  /** The options of the first step, beside its id and input schema. */
  readonly options: string;
  /** What the second step needs. */
  readonly needs: string;
  /** What the model says of the second step, and of the first in front of it. */
  readonly expect: string;
  readonly before?: string;
}

const cases: readonly Case[] = [
  {
    title: 'a value that fits',
    options: 'execute: async ({ inputData }) => ({ text: String(inputData.n) })',
    needs: 'text: z.string()',
    expect: 'first: step first -> { text: string }\nsecond: step second',
  },
  {
    title: 'a field that is never there',
    options: 'execute: async ({ inputData }) => ({ txt: String(inputData.n) })',
    needs: 'text: z.string()',
    expect: 'first: step first -> { txt: string }\nsecond: step second [misses text: string, has txt]',
  },
  {
    title: 'a field of another kind',
    options: 'async execute({ inputData }) { return { text: inputData.n }; }',
    needs: 'text: z.string()',
    expect: 'first: step first -> { text: number }\nsecond: step second [text is number, not string]',
  },
  {
    title: 'a function that is declared elsewhere',
    before: 'async function run() { return { txt: 1 }; }',
    options: 'execute: run',
    needs: 'text: z.string()',
    expect: 'first: step first -> { txt: number }\nsecond: step second [misses text: string, has txt]',
  },
  {
    title: 'a suspension is no result',
    options:
      'execute: async ({ suspend, resumeData }) => { if (!resumeData) return suspend({}); return { text: "" }; }',
    needs: 'text: z.string()',
    expect: 'first: step first suspends -> { text: string }\nsecond: step second',
  },
  {
    title: 'a literal that TypeScript reads as any string',
    options: "execute: async () => ({ mode: 'rail' })",
    needs: "mode: z.enum(['rail', 'road'])",
    expect: `first: step first -> { mode: string }\nsecond: step second ${unsure()}`,
  },
  {
    title: 'one of several results',
    options: "execute: async ({ inputData }) => (inputData.n > 0 ? { text: 'a' } : { reason: 'b' })",
    needs: 'text: z.string()',
    expect: `first: step first -> { text: string } | { reason: string }\nsecond: step second ${unsure()}`,
  },
  {
    title: 'a field that is there sometimes',
    options: 'execute: async ({ inputData }): Promise<{ text?: string }> => (inputData.n > 0 ? { text: "" } : {})',
    needs: 'text: z.string()',
    expect: `first: step first -> { text?: string }\nsecond: step second ${unsure()}`,
  },
  {
    title: 'any',
    options: "execute: async () => JSON.parse('{}')",
    needs: 'text: z.string()',
    expect: 'first: step first\nsecond: step second [unknown: there is no outputSchema]',
  },
  {
    title: 'any, with fields beside it',
    options: "execute: async () => ({ ...JSON.parse('{}'), txt: 1 })",
    needs: 'text: z.string()',
    expect: 'first: step first\nsecond: step second [unknown: there is no outputSchema]',
  },
  {
    title: 'a thenable of a library',
    before:
      'interface Query { then(done: (rows: { text: string }[]) => void): void; readonly sql: string }\ndeclare const query: Query;',
    options: 'execute: () => query',
    needs: 'text: z.string()',
    expect: 'first: step first\nsecond: step second [unknown: there is no outputSchema]',
  },
  {
    title: 'some object',
    options: 'execute: async (): Promise<{}> => ({})',
    needs: 'text: z.string()',
    expect: 'first: step first\nsecond: step second [unknown: there is no outputSchema]',
  },
  {
    title: 'nothing',
    options: 'execute: async () => {}',
    needs: 'text: z.string()',
    expect: 'first: step first\nsecond: step second [unknown: there is no outputSchema]',
  },
];

function unsure(): string {
  return '[unknown: nothing says what the step is to return, so its type may be too wide]';
}

describe('steps without an output schema', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  for (const { title, options, needs, expect, before: above = '' } of cases) {
    it(title, async () => {
      const { workflow, text } = await suite.extract({
        'flow.ts': `${head}
${above}
const first = createStep({ id: 'first', inputSchema: z.object({ n: z.number() }), ${options} });
const second = createStep({ id: 'second', inputSchema: z.object({ ${needs} }), execute: async () => ({ done: true }) });
export const flow = createWorkflow({
  id: 'flow', inputSchema: z.object({ n: z.number() }), outputSchema: z.object({ done: z.boolean() }),
}).then(first).then(second).commit();`,
      });
      assert.equal(workflow('flow').entries.length, 2);
      const lines = text({ data: true })
        .split('\n')
        .slice(3)
        .map((line) => line.trim());
      assert.equal(lines.join('\n').replace(/(second: step second) -> \{ done: boolean \}/, '$1'), expect);
    });
  }

  it('are no schema for another step', async () => {
    const { text } = await suite.extract({
      'flow.ts': `${head}
const first = createStep({ id: 'first', inputSchema: z.object({ n: z.number() }), execute: async () => ({ text: '' }) });
const second = createStep({ id: 'second', inputSchema: first.outputSchema, outputSchema: z.object({}), execute: async () => ({}) });
export const flow = createWorkflow({ id: 'flow', inputSchema: z.object({ n: z.number() }), outputSchema: z.object({}) })
  .then(first).then(second).commit();`,
    });
    assert.match(text(), /second: step second \[unknown: there is no outputSchema\]/);
  });
});
