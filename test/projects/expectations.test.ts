import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleIds } from '../../common/protocol/rules.ts';
import { formatFindings, readExpectations } from './expectations.ts';

const workflows = fileURLToPath(new URL('broken/src/mastra/workflows', import.meta.url));

/** The rules with a planted mistake. */
const planted: ReadonlySet<string> = new Set([
  'agent-step-input',
  'branch-no-default',
  'branch-shape',
  'duplicate-step-id',
  'foreach-not-array',
  'missing-commit',
  'output-mismatch',
  'schema-mismatch',
  'step-output-mismatch',
  'step-reused',
  'unbounded-loop',
  'workflow-cycle',
]);

describe('expected findings in comments', () => {
  it('belong to the nearest line of code above', () => {
    const text = [
      'const orders = 1;',
      '  .parallel([orders, parcels])',
      '  //         ^^^^^^ error schema-mismatch orderId',
      '  //                 ^^^^^^^ hint missing-commit',
      'done();',
    ].join('\n');
    assert.deepEqual(readExpectations(text), [
      {
        range: { start: { line: 1, character: 13 }, end: { line: 1, character: 19 } },
        severity: 'error',
        code: 'schema-mismatch',
        message: 'orderId',
      },
      {
        range: { start: { line: 1, character: 21 }, end: { line: 1, character: 28 } },
        severity: 'hint',
        code: 'missing-commit',
        message: undefined,
      },
    ]);
    assert.deepEqual(formatFindings(readExpectations(text)), [
      '2:14-2:20 error schema-mismatch',
      '2:22-2:29 hint missing-commit',
    ]);
  });

  it('are refused when they name an unknown rule', () => {
    assert.throws(() => readExpectations('a();\n//^ error schema-mismach'), /Line 2 is not a marker/);
  });

  it("cover what goes wrong most often in the project broken; the rules' pages cover everything", () => {
    const codes = new Set(
      readdirSync(workflows).flatMap((file) => readExpectations(read(file)).map((expectation) => expectation.code)),
    );
    assert.deepEqual([...codes].sort(), ruleIds.filter((id) => planted.has(id)).sort());
  });

  for (const file of readdirSync(workflows)) {
    it(`stand under one whole name in broken/${file}`, () => {
      const text = read(file);
      const expectations = readExpectations(text);
      assert.equal(expectations.length, 1);
      for (const { range } of expectations) {
        const line = text.split('\n')[range.start.line] ?? '';
        assert.match(line.slice(range.start.character, range.end.character), /^\w+$/);
        assert.doesNotMatch(line.charAt(range.start.character - 1), /\w/);
        assert.doesNotMatch(line.charAt(range.end.character), /\w/);
      }
    });
  }
});

function read(file: string): string {
  return readFileSync(path.join(workflows, file), 'utf8');
}
