/** A fix's result compiles and clears the finding: for every fix of every bad block, also those that a page does not show. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding, Fix } from '../../common/protocol/rules.ts';
import { catalog } from '../../server/src/rules/index.ts';
import { readPage, withoutCarets, type Block, type BlockFile, type Page } from './pages/page.ts';
import { analysePages, applyEdits, textOf, type PagesProject } from './pages/project.ts';

const rules = path.resolve(import.meta.dirname, '../../server/src/rules');

const pages = catalog.map(({ id }) => {
  const file = path.join(rules, id, 'rule.md');
  return readPage(id, path.relative(path.resolve(rules, '../../..'), file), readFileSync(file, 'utf8'));
});

interface FixedBlock {
  readonly page: Page;
  readonly bad: Block;
  readonly finding: Finding;
  readonly fix: Fix;
  readonly block: Block;
}

describe('every fix of every rule page', function () {
  this.timeout(180_000);
  let original: PagesProject;
  let mended: PagesProject;
  let fixed: readonly FixedBlock[];

  before(async () => {
    original = await analysePages(pages);
    fixed = pages.flatMap((page) => fixedBlocks(original, page));
    // Beside the blocks as they are: what those declare for all files counts for both.
    mended = await analysePages(pages.map((page) => ({ ...page, blocks: [...page.blocks, ...blocksOf(fixed, page)] })));
  });

  after(async () => {
    await Promise.all([original.remove(), mended.remove()]);
  });

  for (const page of pages) {
    it(`${page.rule}: the result compiles, and the finding is gone`, () => {
      for (const { bad, finding, fix, block } of fixed.filter((item) => item.page.rule === page.rule)) {
        const place = `${page.path}:${String(bad.line)}: ${fix.title}`;
        const compiled = original.compilerErrorsIn(page, bad);
        assert.deepEqual(newErrors(compiled, mended.compilerErrorsIn(page, block)), [], place);
        const left = mended.findingsIn(page, block).filter((found) => found.message === finding.message);
        const had = original.findingsIn(page, bad).filter((found) => found.message === finding.message);
        assert.ok(left.length < had.length, `${place}: it is still reported`);
      }
    });
  }
});

/** The blocks that a page's fixes make, one for each fix. */
function fixedBlocks(project: PagesProject, page: Page): readonly FixedBlock[] {
  let line = 100_000;
  return page.blocks
    .filter(({ kind, mastra }) => kind === 'bad' && mastra === undefined)
    .flatMap((bad) =>
      project.findingsIn(page, bad).flatMap((finding) =>
        finding.fixes.map((fix): FixedBlock => {
          line += 1;
          const files = bad.files.map((file): BlockFile => {
            const name = project.fileOf(page, bad, file);
            const edits = fix.edits.filter((edit) => edit.file === name);
            return { ...file, code: withoutImports(applyEdits(textOf(page, file), edits)), expected: [] };
          });
          return { page, bad, finding, fix, block: { ...bad, kind: 'fixed', line, files } };
        }),
      ),
    );
}

function blocksOf(fixed: readonly FixedBlock[], page: Page): readonly Block[] {
  return fixed.filter((item) => item.page.rule === page.rule).map(({ block }) => block);
}

/** The imports at the end are added anew; those that a fix adds at the beginning stay. */
function withoutImports(text: string): string {
  return withoutCarets(text).replace(/\n\n(?:import \{[^\n]*\n)+$/, '');
}

/** Errors of a kind of which there were fewer before; the types that a message names may well change with the fix. */
function newErrors(before: readonly string[], now: readonly string[]): readonly string[] {
  const codeOf = (message: string) => message.slice(0, message.indexOf(':'));
  const count = (messages: readonly string[], code: string) =>
    messages.filter((message) => codeOf(message) === code).length;
  return now.filter((message) => count(now, codeOf(message)) > count(before, codeOf(message)));
}
