import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '../../common/protocol/rules.ts';
import { catalog } from '../../server/src/rules/index.ts';
import { compareFindings } from './pages/compare.ts';
import { readPage, withoutCarets, type Block, type Page } from './pages/page.ts';
import { analysePages, applyEdits, textOf, type PagesProject } from './pages/project.ts';

const rules = path.resolve(import.meta.dirname, '../../server/src/rules');

const pages = catalog.map(({ id }) => {
  const file = path.join(rules, id, 'rule.md');
  return readPage(id, path.relative(path.resolve(rules, '../../..'), file), readFileSync(file, 'utf8'));
});

describe('rule pages', function () {
  this.timeout(120_000);
  let project: PagesProject;

  before(async () => {
    project = await analysePages(pages);
  });

  after(async () => {
    await project.remove();
  });

  for (const page of pages) {
    describe(page.rule, () => {
      it('shows what is reported, what is not, and the result of every quick fix', () => {
        const kinds = new Set(page.blocks.map(({ kind }) => kind));
        assert.ok(kinds.has('bad'), `${page.path} has no bad block`);
        assert.ok(kinds.has('good'), `${page.path} has no good block`);
        const fixes = page.blocks
          .filter(({ kind }) => kind === 'bad')
          .some((block) => fixIn(page, block) !== undefined);
        assert.equal(
          kinds.has('fixed'),
          fixes,
          `${page.path}: a fixed block belongs to a rule that has fixes, and only there`,
        );
      });

      for (const [index, block] of page.blocks.entries()) {
        it(`${block.kind}: ${block.title} (${page.path}:${block.line})`, () => {
          checkFindings(page, block);
          if (block.kind === 'fixed') checkFix(page, page.blocks[index - 1], block);
        });
      }
    });
  }

  function checkFindings(page: Page, block: Block): void {
    const findings = project.findingsIn(page, block);
    const differences = block.files.flatMap((file) => {
      const name = project.fileOf(page, block, file);
      const expected = block.kind === 'bad' ? file.expected : [];
      const reported = findings.filter((finding) => finding.file === name);
      const place = (line: number) => `${page.path}:${lineInPage(block, file.name, line)}`;
      return compareFindings(expected, reported, place) ?? [];
    });
    assert.equal(differences.join('\n'), '');
    if (block.kind === 'bad') assert.ok(findings.length > 0, 'a bad block without carets proves nothing');
  }

  /** The fix makes the fixed block out of the bad one, and the compiler has nothing new to say about it. */
  function checkFix(page: Page, bad: Block | undefined, fixed: Block): void {
    assert.ok(bad?.kind === 'bad', 'a fixed block follows the bad block that it fixes');
    const fix = fixIn(page, bad);
    assert.ok(fix, 'the bad block has no fix');
    for (const [index, file] of bad.files.entries()) {
      const name = project.fileOf(page, bad, file);
      const edits: Finding['fixes'][number]['edits'] = fix.edits.filter((edit) => edit.file === name);
      const after = fixed.files[index];
      assert.ok(after, 'the fixed block has the files of the bad block');
      assert.equal(withoutCarets(applyEdits(textOf(page, file), edits)), textOf(page, after));
    }
    const before = project.compilerErrorsIn(page, bad);
    assert.deepEqual(
      project.compilerErrorsIn(page, fixed).filter((message) => !before.includes(message)),
      [],
    );
  }

  function fixIn(page: Page, block: Block) {
    return project.findingsIn(page, block).flatMap(({ fixes }) => fixes)[0];
  }
});

/** The line of the page on which a line of a block's file stands, both as people count them. */
function lineInPage(block: Block, name: string, line: number): number {
  let before = block.line + 1;
  for (const file of block.files) {
    if (block.files.length > 1) before += 1;
    if (file.name === name) break;
    before += file.code.split('\n').length;
  }
  return before + line;
}
