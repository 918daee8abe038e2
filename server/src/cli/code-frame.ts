/** A range of code as a person sees it: the lines with their numbers, and marks under the range. */
import type { Range } from '../../../common/model/text.ts';

/** Longer ranges are shown by their beginning. */
const mostLines = 3;

/** Longer lines are cut on both sides of the range. */
const longestLine = 160;
const contextBefore = 60;

/**
 * The lines of `range` with the line before, numbered from 1, and a line of `^` marks under each marked line. Tabs stay
 * tabs in the marks' indent, so that both stand above each other in every terminal.
 */
export function codeFrame(
  lines: readonly string[],
  range: Range,
  paintMarks: (marks: string) => string = (marks) => marks,
  paintMargin: (margin: string) => string = (margin) => margin,
): readonly string[] {
  const last = Math.min(range.end.line, range.start.line + mostLines - 1, lines.length - 1);
  const first = Math.max(0, range.start.line - 1);
  const width = String(last + 1).length;
  const frame: string[] = [];
  for (let line = first; line <= last; line += 1) {
    const { text, cut } = window(lines[line] ?? '', line === range.start.line ? range.start.character : 0);
    if (line < range.start.line && text.trim() === '') continue;
    frame.push(`${paintMargin(`${String(line + 1).padStart(width)} |`)} ${text}`.trimEnd());
    if (line < range.start.line) continue;
    const start = line === range.start.line ? range.start.character - cut : text.search(/\S|$/);
    const end = Math.min(line === range.end.line ? range.end.character - cut : Infinity, text.trimEnd().length);
    if (end <= start && line !== range.start.line) continue;
    const indent = text.slice(0, start).replace(/[^\t]/g, ' ');
    frame.push(`${paintMargin(`${' '.repeat(width)} |`)} ${indent}${paintMarks('^'.repeat(Math.max(1, end - start)))}`);
  }
  if (last < range.end.line) frame.push(paintMargin(`${' '.repeat(width)} | …`));
  return frame;
}

/** The part of a line around `character`; `cut` is by how much positions move to the left in it. */
function window(line: string, character: number): { readonly text: string; readonly cut: number } {
  if (line.length <= longestLine) return { text: line, cut: 0 };
  const from = Math.max(0, Math.min(character - contextBefore, line.length - longestLine));
  const shown = line.slice(from, from + longestLine);
  const before = from === 0 ? '' : '…';
  const after = from + longestLine < line.length ? '…' : '';
  return { text: `${before}${shown}${after}`, cut: from - before.length };
}
