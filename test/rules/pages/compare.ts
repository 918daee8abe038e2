/** Expected against reported findings of a block, in words for the person who reads a failing test. */
import type { Finding } from '../../../common/protocol/rules.ts';
import type { Range } from '../../../common/model/text.ts';
import type { Expected } from './page.ts';

interface Item {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: Range;
}

/** Undefined when both lists say the same. `place` tells where a line of the block's file stands in the page. */
export function compareFindings(
  expected: readonly Expected[],
  reported: readonly Finding[],
  place: (line: number) => string,
): string | undefined {
  const missed = expected.filter((wanted) => !reported.some((found) => same(wanted, found)));
  const wrong = reported.filter((found) => !expected.some((wanted) => same(wanted, found)));
  if (missed.length === 0 && wrong.length === 0) return undefined;
  const lines: string[] = [];
  const paired = new Set<Item>();
  for (const wanted of missed) {
    const found = wrong.find((candidate) => !paired.has(candidate) && near(wanted, candidate));
    if (found === undefined) continue;
    paired.add(wanted).add(found);
    lines.push(
      `Different at ${place(wanted.range.start.line)}`,
      `  expected ${text(wanted)}`,
      `  reported ${text(found)}`,
    );
  }
  for (const wanted of missed.filter((item) => !paired.has(item))) {
    lines.push(`Missed at ${place(wanted.range.start.line)}`, `  expected ${text(wanted)}`);
  }
  for (const found of wrong.filter((item) => !paired.has(item))) {
    lines.push(`False at ${place(found.range.start.line)}`, `  reported ${text(found)}`);
  }
  return lines.join('\n');
}

function same(a: Item, b: Item): boolean {
  return text(a) === text(b) && a.range.start.line === b.range.start.line;
}

/** Two accounts of the same thing: at one line, by one rule. */
function near(a: Item, b: Item): boolean {
  return a.rule === b.rule && a.range.start.line === b.range.start.line;
}

function text({ rule, severity, message, range: { start, end } }: Item): string {
  const to = start.line === end.line ? String(end.character) : `line ${end.line + 1}, ${end.character}`;
  return `${severity} ${rule}, columns ${start.character}-${to}: ${message}`;
}
