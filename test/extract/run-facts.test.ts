/** Facts about runs: what becomes of `createRun()`, and what a step does when it suspends. */
import assert from 'node:assert/strict';
import type { Fact } from '../../common/model/facts/index.ts';
import { startSuite, type ExtractSuite } from './project.ts';

const head = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
const data = z.object({ n: z.number() });
const step = createStep({ id: 'step', inputSchema: data, outputSchema: data, execute: async ({ inputData }) => inputData });
const flow = createWorkflow({ id: 'flow', inputSchema: data, outputSchema: data }).then(step).commit();
`;

describe('facts about runs', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  async function factsOf<K extends Fact['kind']>(kind: K, code: string) {
    const { models } = await suite.extract({ 'main.ts': head + code });
    return models.flatMap((model) => model.facts).filter((fact) => fact.kind === kind) as Extract<Fact, { kind: K }>[];
  }

  const fates: readonly (readonly [title: string, body: string, result: string, member: string | undefined])[] = [
    ['awaited', 'const run = await flow.createRun(); run.start({ inputData: { n: 1 } });', 'awaited', undefined],
    ['used through a variable', 'const run = flow.createRun(); run.start({});', 'used', 'start'],
    ['used at once', 'flow.createRun().cancel();', 'used', 'cancel'],
    ['taken apart', 'const { start } = flow.createRun();', 'used', 'start'],
    [
      'awaited in another statement',
      'const pending = flow.createRun(); (await pending).start({});',
      'awaited',
      undefined,
    ],
    ['a chained promise', 'flow.createRun().then((run) => run.runId);', 'awaited', undefined],
    ['an element of a list', 'await Promise.all([flow.createRun()]);', 'unknown', undefined],
    ['a variable that is handed on', 'const run = flow.createRun(); console.log(run);', 'unknown', undefined],
    [
      'another variable of that name',
      'const run = flow.createRun(); { const run = { start() {} }; run.start(); }',
      'unknown',
      undefined,
    ],
  ];
  for (const [title, body, result, member] of fates) {
    it(`createRun, ${title}`, async () => {
      const [fact, ...others] = await factsOf('create-run', `export async function main() { ${body} }`);
      assert.deepEqual(others, []);
      assert.equal(fact?.result, result);
      assert.equal(fact.use?.member, member);
    });
  }

  it('createRun of something else has no fact', async () => {
    assert.deepEqual(
      await factsOf('create-run', 'const other = { createRun: () => ({ start() {} }) }; other.createRun().start();'),
      [],
    );
  });

  it('awaits only where that changes nothing for callers', async () => {
    const facts = await factsOf(
      'create-run',
      `
export function promised(): Promise<unknown> { return flow.createRun().start({}); }
export const starts = () => flow.createRun().start({});
export const plain = () => { flow.createRun().start({}); return 1; };
export function* generated() { yield flow.createRun().runId; }
export class Runner { run = flow.createRun().runId; constructor() { flow.createRun().cancel(); } static begin(): Promise<unknown> { return flow.createRun().start({}); } }`,
    );
    assert.deepEqual(
      facts.map(({ awaiting }) => awaiting?.map(({ newText }) => newText).join('…')),
      ['(await …)…async ', '(await …)…async ', undefined, undefined, undefined, undefined, '(await …)…async '],
    );
  });

  const suspending = (body: string) =>
    `export const wait = createStep({ id: 'wait', inputSchema: data, outputSchema: data, execute: async ({ inputData, resumeData, suspend, setState }) => { ${body} } });`;

  const afterwards: readonly (readonly [title: string, body: string, goesOn: boolean])[] = [
    ['returned', 'if (!resumeData) return await suspend(); await setState({}); return inputData;', false],
    ['code behind the condition', 'if (!resumeData) { await suspend(); } await setState({}); return inputData;', true],
    ['a plain result', 'await suspend(); return { n: inputData.n };', false],
    ['a result that is computed elsewhere', 'await suspend(); return await step.execute({} as never);', true],
    ['an error', "await suspend(); throw new Error('no');", true],
    ['the other branch', 'if (!resumeData) { await suspend(); } else { await setState({}); } return inputData;', false],
    [
      'what is for the resumed run',
      'if (!resumeData) { await suspend(); } if (resumeData) { await setState({}); } return inputData;',
      false,
    ],
    ['the next round', 'for (const n of [1, 2]) { if (n > 1) await suspend(); } return inputData;', true],
    ['behind try', 'try { await suspend(); } finally { console.log(1); } await setState({}); return inputData;', true],
    [
      'a switch, whose way on is not followed',
      'switch (inputData.n) { case 1: await suspend(); break; } await setState({}); return inputData;',
      false,
    ],
  ];
  /** Whether what follows `if (!resumeData) { await suspend(); }` throws at first, only runs, or neither. */
  const unresumed: readonly (readonly [code: string, outcome: 'fails' | 'runs' | 'nothing'])[] = [
    ['return { n: resumeData.n };', 'fails'],
    ['return { n: (resumeData as { n: number })!.n };', 'fails'],
    ['const { n } = resumeData; return { n };', 'fails'],
    ['const answer = resumeData; return { n: answer.n };', 'fails'],
    ['if (resumeData.n > 1) { return inputData; } return { n: 0 };', 'fails'],
    ['switch (resumeData.n) { case 1: return inputData; } return { n: 0 };', 'fails'],
    ['for (const n of resumeData.list) { await setState({ n }); } return inputData;', 'fails'],
    ['const n = resumeData?.list.map((x) => x)[0]; return { n: resumeData?.a.b ?? 1 };', 'nothing'],
    ['const { n } = resumeData ?? { n: 1 }; return { n };', 'nothing'],
    [
      'return { n: resumeData ? resumeData.n : 1, m: resumeData && resumeData.m, o: !resumeData || resumeData.o };',
      'nothing',
    ],
    ['if (resumeData?.n === 1) { await setState({}); } return inputData;', 'nothing'],
    ['if (resumeData?.n === 1) { return inputData; } await setState({}); return inputData;', 'runs'],
    ['const ok = resumeData?.ok; if (!ok) { await setState({}); } return inputData;', 'runs'],
    ['const ok = resumeData?.ok === true; if (ok) { await setState({}); } return inputData;', 'nothing'],
    ['if (resumeData?.n === inputData.n) { await setState({}); } return inputData;', 'nothing'],
    ['switch (resumeData?.n) { case 1: await setState({}); } return inputData;', 'nothing'],
    ['if (inputData.n > 1) { await setState({}); } return inputData;', 'runs'],
    ['const late = () => resumeData.n; return { n: 1 };', 'nothing'],
  ];
  for (const [code, outcome] of unresumed) {
    it(`suspend, then ${code}`, async () => {
      const [fact] = await factsOf('suspension', suspending(`if (!resumeData) { await suspend(); } ${code}`));
      assert.ok(fact !== undefined);
      const [{ goesOn, fails } = { goesOn: undefined }] = fact.calls;
      assert.equal(fails === true ? 'fails' : goesOn === undefined ? 'nothing' : 'runs', outcome);
    });
  }

  it('suspend does not fail where the run was resumed before, nor inside try', async () => {
    const bodies = [
      'if (!resumeData) return await suspend(); if (inputData.n > 1) { await suspend(); } await setState({ n: resumeData.n }); return inputData;',
      'if (resumeData) { await suspend(); } await setState({ n: resumeData.n }); return inputData;',
      'if (resumeData.again) { await suspend(); } await setState({ n: resumeData.n }); return inputData;',
      'try { if (!resumeData) { await suspend(); } await setState({ n: resumeData.n }); } catch {} return inputData;',
    ];
    for (const body of bodies) {
      const [fact] = await factsOf('suspension', suspending(body));
      const last = fact?.calls.at(-1);
      assert.ok(last?.goesOn !== undefined && last.fails === undefined, body);
    }
  });

  for (const [title, body, goesOn] of afterwards) {
    it(`suspend, ${title}`, async () => {
      const [fact] = await factsOf('suspension', suspending(body));
      assert.equal(fact?.calls.length, 1);
      assert.equal(fact.calls[0]?.goesOn !== undefined, goesOn);
    });
  }

  it('leaves callbacks, and functions of another origin, alone', async () => {
    assert.deepEqual(
      await factsOf(
        'suspension',
        `${suspending('[1].forEach(async () => { await suspend(); }); return inputData;')}
function make(options: { execute: (context: { suspend(): Promise<void> }) => Promise<void> }) { return options; }
export const other = make({ execute: async ({ suspend }) => { await suspend(); await suspend(); } });`,
      ),
      [],
    );
  });

  it('tells the schema of resume data from how it is used', async () => {
    const [fact] = await factsOf(
      'suspension',
      suspending(
        "if (!resumeData?.approved || resumeData.by === 'me') return await suspend({ n: 1 }); return inputData;",
      ).replaceAll('Schema: data', 'Schema: z.object({ n: z.number() })'),
    );
    assert.ok(fact?.resumeSchema.kind === 'absent' && fact.suspendSchema.kind === 'absent');
    assert.match(
      fact.resumeSchema.insertion?.newText ?? '',
      /resumeSchema: z\.object\(\{ approved: z\.boolean\(\), by: z\.string\(\) \}\)/,
    );
  });
});
