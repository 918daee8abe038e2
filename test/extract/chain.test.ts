/** Chains over several statements, whether they are committed, and the edit that commits them. */
import assert from 'node:assert/strict';
import type { WorkflowModel } from '../../common/model/workflow.ts';
import { flow, head, startSuite, type Extracted, type ExtractSuite } from './project.ts';

describe('chains', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  function read(source: string): Promise<Extracted> {
    return suite.extract({ 'main.ts': `${head}${source}` });
  }

  const whole: readonly (readonly [title: string, source: string, entries: string])[] = [
    [
      'a const first, the chain in later statements',
      `const main = ${flow}; main.then(add).then(say); main.then(measure); main.commit();`,
      'add say measure',
    ],
    [
      'the result given to another const, which goes on',
      `const main = ${flow}.then(add); const more = main.then(say); more.then(measure); export const committed = more.commit();`,
      'add say measure',
    ],
    [
      'a variable assigned again',
      `let main = ${flow}; main = main.then(add) as any; main = main.commit() as any;`,
      'add',
    ],
    ['declared first, made later', `let main: any; main = ${flow}.then(add); main.commit();`, 'add'],
    [
      'wrapped in parentheses, as, satisfies and non-null',
      `const main = ((${flow} as any).then(add)! satisfies unknown).then(say); (main as any).then(measure).commit();`,
      'add say measure',
    ],
    [
      'inside a block and a function',
      `function setup() { { const main = ${flow}; main.then(add); main.commit(); } } setup();`,
      'add',
    ],
    [
      'handed to functions that do not go on with it',
      `const main = ${flow}.then(add).commit(); console.log(main); function show(x: any) { return x.id; } show(main);`,
      'add',
    ],
    [
      'of another variable with the same name',
      `const main = ${flow}.then(add).commit(); function other(main: any) { main.then(say); main.commit(); } other({});`,
      'add',
    ],
  ];
  for (const [title, source, entries] of whole) {
    it(`reads the whole chain: ${title}`, async () => {
      const [main] = (await read(source)).workflows;
      assert.ok(main);
      assert.equal(main.entries.map((entry) => entry.node).join(' '), entries);
      assert.equal(main.commit.kind, 'committed');
      assert.equal(main.incomplete, undefined);
    });
  }

  const partial: readonly (readonly [title: string, source: string, reason: string])[] = [
    ['in a loop', `const main = ${flow}; for (const step of [add]) main.then(step); main.commit();`, 'added in a loop'],
    [
      'in a callback',
      `const main = ${flow}; [add].forEach((step) => main.then(step)); main.commit();`,
      'added in a function',
    ],
    [
      'under a condition',
      `const main = ${flow}.then(add); if (Math.random() > 0.5) main.then(add); main.commit();`,
      'added under a condition',
    ],
    [
      'by a function that it is passed to',
      `function more(target: any) { target.then(say); } const main = ${flow}.then(add).commit(); more(main);`,
      'passed to a function, which may go on with it',
    ],
    [
      'by the caller of a function',
      `export function make() { const main = ${flow}.then(add); return main; }`,
      'returned by a function, whose caller may go on with it',
    ],
    [
      'through a member',
      `class Flows { main = ${flow}.then(add); constructor() { this.main.commit(); } }`,
      'continued through a member',
    ],
  ];
  for (const [title, source, reason] of partial) {
    it(`says that the chain may be longer: ${title}`, async () => {
      const [main] = (await read(source)).workflows;
      assert.ok(main);
      assert.equal(main.incomplete, reason);
      assert.notEqual(main.commit.kind, 'missing');
      assert.equal(main.end.kind, 'opaque');
    });
  }

  it('says when the commit itself is uncertain', async () => {
    const { workflows } = await read(`const main = ${flow}.then(add); if (Math.random() > 0.5) main.commit();`);
    assert.deepEqual(workflows[0]?.commit, { kind: 'unknown', reason: 'added under a condition' });
  });

  const insertions: readonly (readonly [title: string, source: string, report: string, result: string])[] = [
    ['on one line', `const main = ${flow}.then(add);`, 'main', `const main = ${flow}.then(add).commit();`],
    ['without a semicolon', `const main = ${flow}.then(add)`, 'main', `const main = ${flow}.then(add).commit()`],
    ['without steps', `const main = ${flow};`, 'main', `const main = ${flow}.commit();`],
    [
      'on lines of its own',
      `const main = ${flow}\n    .then(add)\n    .then(add);`,
      'main',
      `const main = ${flow}\n    .then(add)\n    .then(add)\n    .commit();`,
    ],
    [
      'with Windows line ends and tabs',
      `const main = ${flow}\r\n\t.then(add);\r\n`,
      'main',
      `const main = ${flow}\r\n\t.then(add)\r\n\t.commit();\r\n`,
    ],
    [
      'behind options over several lines',
      `const main = createWorkflow({\n  id: 'flow',\n  inputSchema: count,\n  outputSchema: count,\n}).then(add);`,
      'main',
      `const main = createWorkflow({\n  id: 'flow',\n  inputSchema: count,\n  outputSchema: count,\n}).then(add).commit();`,
    ],
    [
      'in a later statement',
      `const main = ${flow};\nmain.then(add);`,
      'main',
      `const main = ${flow};\nmain.then(add).commit();`,
    ],
    [
      'inside a wrapper',
      `const main = (${flow}.then(add) as any);`,
      'main',
      `const main = (${flow}.then(add).commit() as any);`,
    ],
    [
      'as the default export',
      `export default ${flow}.then(add);`,
      'createWorkflow',
      `export default ${flow}.then(add).commit();`,
    ],
    [
      'with a comment behind the last call',
      `const main = ${flow}\n  .then(add) // done\n;`,
      'main',
      `const main = ${flow}\n  .then(add)\n  .commit() // done\n;`,
    ],
    [
      'with names outside of ASCII before it',
      `const grüße = '😀'; const main = ${flow}.then(add);`,
      'main',
      `const grüße = '😀'; const main = ${flow}.then(add).commit();`,
    ],
  ];
  for (const [title, source, report, result] of insertions) {
    it(`offers the missing commit: ${title}`, async () => {
      const extracted = await read(source);
      const [main] = extracted.workflows;
      assert.ok(main);
      assert.ok(main.commit.kind === 'missing', main.commit.kind);
      assert.equal(extracted.source(main.file, main.commit.report), report);
      assert.equal(applied(`${head}${source}`, main.commit.insertion), `${head}${result}`);
      const again = await read(result);
      assert.equal(again.workflows[0]?.commit.kind, 'committed');
    });
  }

  it('reports a missing commit at the declared name, wherever the chain ends', async () => {
    const extracted = await read(`const main = ${flow};\nconst x = 1;\nmain.then(add);`);
    const [main] = extracted.workflows;
    assert.ok(main?.commit.kind === 'missing');
    assert.deepEqual(main.commit.report, main.nameRange);
    assert.equal(main.commit.report.start.line, head.split('\n').length - 1);
  });

  it('gives the ranges of the workflow, its name, its calls and arguments', async () => {
    const extracted = await read(
      `/** Doc. */\nexport const main = ${flow}\n  .then(add)\n  .parallel([add, say]);\nmain.commit();\n`,
    );
    const main = extracted.workflow('main');
    const text = (range: WorkflowModel['range']): string => extracted.source(main.file, range);
    assert.equal(text(main.nameRange), 'main');
    assert.ok(text(main.range).startsWith('export const main = ') && text(main.range).endsWith('main.commit();'));
    assert.ok(main.commit.kind === 'committed');
    assert.equal(text(main.commit.range), 'commit()');
    const [first, second] = main.entries;
    assert.ok(first && second?.type === 'parallel');
    assert.deepEqual([text(first.range), text(first.call)], ['add', 'then(add)']);
    assert.deepEqual([text(second.range), text(second.call)], ['[add, say]', 'parallel([add, say])']);
    assert.deepEqual(
      second.entries.map((entry) => [text(entry.range), text(entry.call)]),
      [
        ['add', 'add'],
        ['say', 'say'],
      ],
    );
  });

  it('tells under which name a workflow is exported', async () => {
    const { workflows } = await read(`
const a = ${flow}; const b = ${flow}; const c = ${flow}; export const d = ${flow}; const e = ${flow};
const done = e.commit();
export { a, b as renamed, done };
export default c;`);
    assert.deepEqual(
      workflows.map((workflow) => [workflow.name, workflow.exportName]),
      [
        ['a', 'a'],
        ['b', 'renamed'],
        ['c', 'default'],
        ['d', 'd'],
        ['e', 'done'],
      ],
    );
  });

  it('survives source that is half written', async () => {
    const source = `${head}export const main = ${flow}\n  .then(add)\n  .then(say)\n  .map(async ({ inputData }) => ({ n: inputData.text.length }))\n  .parallel([add, say])\n  .commit();\n`;
    for (let length = head.length; length < source.length; length += 7) {
      const { models } = await suite.extract({ 'main.ts': source.slice(0, length) });
      const [model] = models;
      assert.ok(model);
      if (length > head.length + 60 && length < source.length - 3) assert.ok(model.workflows.length <= 1);
    }
    const cutAfterThen = await suite.extract({ 'main.ts': source.slice(0, source.indexOf('.map(') + 1) });
    assert.equal(cutAfterThen.workflows[0]?.entries.length, 2);
    assert.notEqual(cutAfterThen.models[0]?.syntaxError, undefined);
  });
});

function applied(source: string, edit: { readonly range: WorkflowModel['range']; readonly newText: string }): string {
  const lines = source.split('\n');
  const before = lines.slice(0, edit.range.start.line).map((line) => line.length + 1);
  const offset = before.reduce((sum, length) => sum + length, 0) + edit.range.start.character;
  return source.slice(0, offset) + edit.newText + source.slice(offset);
}
