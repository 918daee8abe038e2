/** `check` reports nothing wrong on what Mastra's own documentation shows. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { projects } from '../harness/paths.ts';
import { completed, docsBlocks, type DocsBlock } from './blocks.ts';
import { checkBlocks, type BlockResult } from './project.ts';

const modules = path.join(projects, 'orders/node_modules');
const references = path.join(modules, '@mastra/core/dist/docs/references');

/** What is reported rightly: by the page and the first line of the block, since lines move from version to version. */
const known = [
  {
    page: 'docs-workflows-dynamic-workflows',
    starts: "import { Mastra } from '@mastra/core/mastra'",
    rule: 'storage-memory',
    reason: 'The page keeps the storage at a relative path, as a first example may: a hint says what that means.',
  },
  {
    page: 'docs-workflows-human-in-the-loop',
    starts: 'const step1 = createStep({',
    rule: 'missing-suspend-schema',
    reason: 'A fragment about bail() leaves out every schema of its step.',
  },
] as const;

describe('code blocks of the documentation of @mastra/core', function () {
  this.timeout(240_000);
  const blocks = docsBlocks(references);
  let results: readonly BlockResult[];
  before(async () => {
    results = await checkBlocks(blocks, modules);
    const compiling = results.filter(({ errors }) => errors.length === 0);
    console.log(`      ${String(blocks.length)} blocks, of which ${String(compiling.length)} compile`);
  });

  it('are found, and most of them compile', () => {
    assert.ok(blocks.length >= 100, String(blocks.length));
    const compiling = results.filter(({ errors }) => errors.length === 0).length;
    assert.ok(compiling >= 80, String(compiling));
  });

  it('keep their lines when what they leave out is added', () => {
    const block: DocsBlock = { page: 'p', line: 1, code: 'const a = createStep({...})\nawait run.start({ b })' };
    const text = completed(block, ['b']);
    assert.deepEqual(text.split('\n').slice(0, 2), ['const a = createStep({...anything})', 'await run.start({ b })']);
    assert.match(text, /import \{ createStep \} from '@mastra\/core\/workflows';/);
    assert.match(text, /import \{ anything, run \} from '\.\.\/around';/);
    assert.match(text, /declare const b: any;/);
  });

  it('are analysed without a fault', () => {
    assert.deepEqual(
      results.flatMap(({ block, faults }) => faults.map((fault) => `${place(block)}: ${fault}`)),
      [],
    );
  });

  it('have nothing reported, whether they compile or are mere fragments', () => {
    const reported = results.flatMap(({ block, errors, findings }) =>
      findings
        .filter(({ rule }) => !known.some((each) => describes(each, block) && each.rule === rule))
        .map(
          ({ range, severity, rule, message }) =>
            `${place(block, range.start.line)}: ${severity} ${rule}: ${message}${errors.length === 0 ? '' : ' (it does not compile)'}`,
        ),
    );
    assert.equal(reported.join('\n'), '');
  });

  it('have what is known to be reported', () => {
    for (const each of known) {
      const found = results.some(
        ({ block, findings }) => describes(each, block) && findings.some(({ rule }) => rule === each.rule),
      );
      assert.ok(found, `${each.page} has no ${each.rule} any more`);
    }
  });
});

function describes({ page, starts }: (typeof known)[number], block: DocsBlock): boolean {
  return block.page === page && block.code.startsWith(starts);
}

function place({ page, line }: DocsBlock, inBlock = 0): string {
  return `${page}.md:${String(line + 1 + inBlock)}`;
}
