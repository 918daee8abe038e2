/** A range of code as a person sees it: the lines with their numbers, and marks under the range. */
import type { Range } from '../../../common/model/text.ts';

/** Longer ranges are shown by their beginning. */
const mostLines = 3;

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
    const text = lines[line] ?? '';
    if (line < range.start.line && text.trim() === '') continue;
    frame.push(`${paintMargin(`${String(line + 1).padStart(width)} |`)} ${text}`.trimEnd());
    if (line < range.start.line) continue;
    const start = line === range.start.line ? range.start.character : text.search(/\S|$/);
    const end = line === range.end.line ? range.end.character : text.trimEnd().length;
    if (end <= start && line !== range.start.line) continue;
    const indent = text.slice(0, start).replace(/[^\t]/g, ' ');
    frame.push(`${paintMargin(`${' '.repeat(width)} |`)} ${indent}${paintMarks('^'.repeat(Math.max(1, end - start)))}`);
  }
  if (last < range.end.line) frame.push(paintMargin(`${' '.repeat(width)} | …`));
  return frame;
}
