/** Suppressing comments: where they are found, what they cover, and the fix that writes them. */
import assert from 'node:assert/strict';
import type { Finding } from '../../common/protocol/rules.ts';
import { factsOf } from '../../common/model/facts/index.ts';
import type { ProjectModel } from '../../common/model/project.ts';
import { ignoreFixes, judge } from '../../server/src/rules/index.ts';
import { flow, head, startSuite, type ExtractSuite } from '../extract/project.ts';
import { applyEdits } from './pages/project.ts';

/** The mistake that all texts below make: `measure` needs `text`, and `n` arrives. */
const wrong = '.then(measure)';

describe('suppression', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  async function read(text: string, name = 'flow.ts'): Promise<ProjectModel> {
    const { models, workflows } = await suite.extract({ [name]: text });
    return {
      workflows: new Map(workflows.map((workflow) => [workflow.key, workflow])),
      uses: [],
      files: models.map(({ file }) => file),
      opaque: [],
      facts: models.flatMap(({ facts }) => facts),
      mastra: { kind: 'installed', version: '1.71.0' },
    };
  }

  const told = (findings: readonly Finding[]) => findings.map(({ rule, severity }) => `${severity} ${rule}`);

  async function judged(text: string): Promise<readonly string[]> {
    return told(judge(await read(text)).findings);
  }

  async function namesIn(text: string, name?: string): Promise<readonly (readonly string[])[]> {
    return factsOf(await read(text, name), 'suppression').map(({ rules }) => rules.map((rule) => rule.name));
  }

  it('covers the next line with code, in a chain too', async () => {
    const chain = (comment: string) => `${head}export const w = ${flow}\n${comment}\n  ${wrong}\n  .commit();\n`;
    assert.deepEqual(await judged(chain('')), ['error schema-mismatch']);
    for (const comment of [
      '  // mastra-ignore-next-line schema-mismatch',
      '  // mastra-ignore-next-line schema-mismatch -- it is added on the way',
      '  /* mastra-ignore-next-line schema-mismatch */',
      '  /**\n   * mastra-ignore-next-line schema-mismatch\n   * -- because\n   */',
      '//mastra-ignore-next-line schema-mismatch\n\n  // why\n  /* and\n how */',
    ]) {
      assert.deepEqual(await judged(chain(comment)), [], comment);
      assert.deepEqual(await judged(chain(comment).replaceAll('\n', '\r\n')), [], `${comment} with CRLF`);
    }
    assert.deepEqual(await judged(chain('  // mastra-ignore-next-line schema-mismatch\n  .then(add)')), [
      'hint unused-suppression',
      'error schema-mismatch',
    ]);
    assert.deepEqual(await judged(chain('  // mastra-ignore-next-line missing-commit')), [
      'hint unused-suppression',
      'error schema-mismatch',
    ]);
  });

  it('tells what it kept back, with the reason', async () => {
    const model = await read(
      `${head}export const w = ${flow}\n  // mastra-ignore-next-line schema-mismatch -- so it is\n  ${wrong}.commit();`,
    );
    assert.deepEqual(
      judge(model).suppressed.map(({ finding, by }) => [finding.rule, by.reason]),
      [['schema-mismatch', 'so it is']],
    );
  });

  it('reads comments only', async () => {
    const comment = '// mastra-ignore-next-line missing-commit';
    const found = [['missing-commit']];
    assert.deepEqual(await namesIn(`${comment}\nexport {};`), found);
    assert.deepEqual(await namesIn(`const a = [1, ${comment}\n];`), found);
    assert.deepEqual(await namesIn(`const a = { b() ${comment}\n{} };`), found);
    assert.deepEqual(await namesIn(`const a = \`\${ ${comment}\n1}\`;`), found);
    assert.deepEqual(await namesIn(`const a = "/*"; ${comment}\nexport {};`), found);
    assert.deepEqual(await namesIn(`const a = 1; ${comment}`), found);
    assert.deepEqual(await namesIn(`const a = <b>{/* mastra-ignore-next-line missing-commit */}</b>;`, 'a.tsx'), found);
    for (const none of [
      `const a = '${comment}';`,
      `const a = \`\n${comment}\n\`;`,
      `const a = \`\${1}\n${comment}\n\${2} ${comment}\n\`;`,
      `type A = \`\n${comment}\n\`;`,
      `const a = /[/]${comment}/;`,
      `// see ${comment}\n/* ${comment} */`,
      `// mastra-ignore-next-lines missing-commit`,
    ]) {
      assert.deepEqual(await namesIn(none), [], none);
    }
    assert.deepEqual(await namesIn(`const a = <b>\n${comment}\n</b>;`, 'a.tsx'), []);
  });

  it('reads names up to the reason', async () => {
    for (const [written, names] of [
      [' a, b,c ', ['a', 'b', 'c']],
      [' a -- b, c', ['a']],
      [' a b, c--d', ['a b', 'c--d']],
      [': a', [': a']],
      [' -- why', []],
      ['', []],
    ] as const) {
      assert.deepEqual(await namesIn(`// mastra-ignore-next-line${written}\nexport {};`), [names], written);
    }
  });

  it('says nothing of what is unused where not everything can be known', async () => {
    const text = `${head}// mastra-ignore-next-line schema-mismatch\nexport const w = ${flow}.then(add).commit();\n`;
    assert.deepEqual(await judged(text), ['hint unused-suppression']);
    assert.deepEqual(await judged(`${text}const = ;`), []);
    const model = await read(text);
    assert.deepEqual(told(judge({ ...model, mastra: { kind: 'missing' } }).findings), []);
    assert.deepEqual(told(judge(model, { 'schema-mismatch': 'off' }).findings), []);
    assert.deepEqual(told(judge(model, { 'unused-suppression': 'off' }).findings), []);
    assert.deepEqual(told(judge(model, { 'unused-suppression': 'error' }).findings), ['error unused-suppression']);
  });

  describe('its quick fix', () => {
    async function fixed(text: string): Promise<string> {
      const model = await read(text);
      const [finding] = judge(model).findings;
      assert.ok(finding !== undefined);
      const [fix] = ignoreFixes(model, finding, text);
      assert.ok(fix !== undefined);
      assert.equal(fix.preferred, false);
      assert.equal(fix.title, 'Ignore `schema-mismatch` here');
      const after = applyEdits(text, fix.edits);
      assert.deepEqual(await judged(after), [], after);
      return after;
    }

    it('writes a comment with the indentation and the line ends of the file', async () => {
      const text = `${head}export const w = ${flow}\n\t  ${wrong}\n\t  .commit();\n`;
      const comment = '\t  // mastra-ignore-next-line schema-mismatch\n';
      const after = text.replace(`\t  ${wrong}`, `${comment}\t  ${wrong}`);
      assert.equal(await fixed(text), after);
      assert.equal(await fixed(text.replaceAll('\n', '\r\n')), after.replaceAll('\n', '\r\n'));
    });

    it('adds to the comment that is there', async () => {
      const text = `${head}export const w = ${flow}\n  // mastra-ignore-next-line output-mismatch -- why\n  ${wrong}.then(measure).commit();\n`;
      const model = await read(text);
      const finding = judge(model).findings.find(({ rule }) => rule === 'schema-mismatch');
      const [fix] = finding === undefined ? [] : ignoreFixes(model, finding, text);
      assert.match(applyEdits(text, fix?.edits ?? []), /line output-mismatch, schema-mismatch -- why\n/);
    });

    it('stands above a template of several lines', async () => {
      const text = `${head}export const w = [\`\n\${${flow}${wrong}.commit()}\n\`];\n`;
      assert.match(await fixed(text), /\n\/\/ mastra-ignore-next-line schema-mismatch\nexport const w = \[`\n/);
    });

    it('is none for what cannot be suppressed', async () => {
      const model = await read(`${head}// mastra-ignore-next-line nothing\nexport {};`);
      const { findings } = judge(model);
      assert.deepEqual(told(findings), ['warning unused-suppression']);
      for (const finding of findings) {
        assert.deepEqual(ignoreFixes(model, finding, ''), []);
        const inAnotherFile: Finding = { ...finding, rule: 'missing-commit', file: '/package.json' };
        assert.deepEqual(ignoreFixes(model, inAnotherFile, ''), []);
      }
    });
  });
});
