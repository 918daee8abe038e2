import assert from 'node:assert/strict';
import { codeFrame } from '../../server/src/cli/code-frame.ts';

const range = (line: number, start: number, endLine: number, end: number) => ({
  start: { line, character: start },
  end: { line: endLine, character: end },
});

describe('code frame', () => {
  it('shows the line, the one before, and marks under the range', () => {
    assert.deepEqual(codeFrame(['chain', '  .then(pack)'], range(1, 8, 1, 12)), [
      '1 | chain',
      '2 |   .then(pack)',
      '  |         ^^^^',
    ]);
  });

  it('leaves out an empty line before', () => {
    assert.deepEqual(codeFrame(['', 'pack'], range(1, 0, 1, 4)), ['2 | pack', '  | ^^^^']);
  });

  it('keeps tabs, so that the marks stand below', () => {
    assert.deepEqual(codeFrame(['\t.then(pack)'], range(0, 7, 0, 11)), ['1 | \t.then(pack)', '  | \t      ^^^^']);
  });

  it('shows a long range by its beginning', () => {
    const lines = ['a({', '  b,', '  c,', '  d,', '})'];
    assert.deepEqual(codeFrame(lines, range(0, 0, 4, 2)), [
      '1 | a({',
      '  | ^^^',
      '2 |   b,',
      '  |   ^^',
      '3 |   c,',
      '  |   ^^',
      '  | …',
    ]);
  });

  it('cuts a long line around the range', () => {
    const [line = '', marks = ''] = codeFrame(
      [`${'x'.repeat(300)}.then(pack)${'y'.repeat(300)}`],
      range(0, 306, 0, 310),
    );
    assert.ok(line.length < 180);
    assert.equal(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1), 'pack');
    assert.match(line, /^1 \| ….*…$/);
    const [whole = '', under = ''] = codeFrame(['x'.repeat(500)], range(0, 0, 0, 500));
    assert.ok(under.length <= whole.length);
  });

  it('marks an empty range with one mark', () => {
    assert.deepEqual(codeFrame(['abc'], range(0, 3, 0, 3)), ['1 | abc', '  |    ^']);
  });
});
