import assert from 'node:assert/strict';
import { MarkupContent } from 'vscode-languageserver';
import { hoverOf, workflowsOfHover } from '../../server/src/features/hover.ts';
import { placeAt } from '../../server/src/features/places.ts';
import { sampleSuite } from './project.ts';
import { everyCall, steps } from './sample.ts';

describe('hover', () => {
  const suite = sampleSuite({ 'flow.ts': everyCall, 'steps.ts': steps });

  function hover(search: string, occurrence = 1, name = 'flow.ts'): string | undefined {
    const { project, file, text, at, uriOf } = suite.sample;
    const place = placeAt(project, file(name), text(name), at(name, search, occurrence));
    const contents = place === undefined ? undefined : hoverOf(project, place, uriOf)?.contents;
    if (contents === undefined) return undefined;
    assert.ok(MarkupContent.is(contents));
    return contents.value;
  }

  const codeOf = (text: string | undefined) => /```ts\n([^]*?)\n```/.exec(text ?? '')?.[1];

  it('on a chain call says what arrives and what leaves', () => {
    assert.equal(
      hover('.|then(add)'),
      '**step** `add` in workflow `inner-flow`\n\n```ts\ntype Arrives = { n: number };\ntype Leaves = { n: number };\n```',
    );
    const types: Readonly<Record<string, string>> = {
      '.|parallel(': '{ n: number } -> { add: { n: number }; "inner-flow": { n: number } }',
      '.|map(async () => ({ n: 1 }))': '{ add: { n: number }; "inner-flow": { n: number } } -> { n: number }',
      '.|foreach(': '{ n: number }[] -> { n: number }[]',
      '.|dountil(': '{ n: number } -> { n: number }',
      '.|sleep(': '{ n: number } -> { n: number }',
    };
    for (const [search, expected] of Object.entries(types)) {
      const [arrives = '', leaves = ''] = expected.split(' -> ');
      assert.equal(codeOf(hover(search)), `type Arrives = ${arrives};\ntype Leaves = ${leaves};`, search);
    }
    assert.match(hover('.|dountil(') ?? '', /^\*\*dountil\*\* `add` in workflow `flow`/);
  });

  it('writes a long type on several lines', () => {
    assert.equal(
      codeOf(hover('.|branch(')),
      [
        'type Arrives = { n: number };',
        'type Leaves = {',
        '  add?: { n: number };',
        '  say?: {',
        '    text: string;',
        '    address?: { street: string; city: string; country: string; zip: string };',
        '    tags: { name: string; weight: number }[];',
        '  };',
        '};',
      ].join('\n'),
    );
  });

  it('on a step says what it is and where it is declared, wherever it is used', () => {
    const add =
      '**step** `add`\n\nAdds one\n\n```ts\ntype Input = { n: number };\ntype Output = { n: number };\n```\n\n' +
      '[flow.ts:7](project:/flow.ts#L7)';
    for (const search of [
      'const |add',
      '.then(|add',
      'parallel([|add',
      'true, a|dd',
      'foreach(add|,',
      'dountil(|add',
    ]) {
      assert.equal(hover(search), add, search);
    }
    const say = hover('.then(|say');
    assert.match(say ?? '', /\[steps\.ts:4\]\(project:\/steps\.ts#L4\)$/);
    assert.equal(hover('const |say', 1, 'steps.ts'), say);
  });

  it('on a workflow says what it accepts and promises, and shows its chain', () => {
    const inner =
      '**workflow** `inner-flow`\n\nOnly adds\n\n`add`\n\n```ts\ntype Input = { n: number };\ntype Output = { n: number };\n```\n\n' +
      '[flow.ts:14](project:/flow.ts#L14)';
    for (const search of ['const |inner', '.then(|inner', 'parallel([add, |inner']) {
      assert.equal(hover(search), inner, search);
    }
    const flow = hover('const |flow');
    assert.match(
      flow ?? '',
      /`inner-flow` → `parallel\(add, inner-flow\)` → `map` → `branch\(add, say\)` → `map` → `foreach\(add\)`/,
    );
    assert.equal(hover('workflows: { |flow'), flow);
  });

  it('says why something is not known', async () => {
    const opaque = await suite.read({
      'a.ts': `import { createWorkflow } from '@mastra/core/workflows';
declare const steps: any;
export const flow = createWorkflow({ id: 'flow' } as any).then(steps.first).commit();
`,
    });
    const place = placeAt(opaque.project, opaque.file('a.ts'), opaque.text('a.ts'), opaque.at('a.ts', '.|then('));
    assert.ok(place !== undefined);
    const contents = hoverOf(opaque.project, place, opaque.uriOf)?.contents;
    assert.ok(MarkupContent.is(contents));
    assert.match(contents.value, /_Leaves: not known, [^_]+\._/);
    assert.doesNotMatch(contents.value, /```/);
  });

  it('is silent on everything else', () => {
    for (const search of ['id: |', 'z.|object', 'execute: |async', 'import { |z', 'concurrency: |2']) {
      assert.equal(hover(search), undefined, search);
    }
  });

  it('needs the shapes of the workflow, and of the one that is nested there', () => {
    const { project, file, text, at } = suite.sample;
    const keys = (search: string) => {
      const place = placeAt(project, file('flow.ts'), text('flow.ts'), at('flow.ts', search));
      return place === undefined ? [] : workflowsOfHover(project, place).map((key) => key.split('#')[1]);
    };
    assert.deepEqual(keys('.then(|inner'), ['flow', 'inner']);
    assert.deepEqual(keys('.then(|add'), ['inner']);
    assert.deepEqual(keys('const |flow'), ['flow']);
  });
});
