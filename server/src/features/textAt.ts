/** Pieces of a source text at a position. */
import type { Position, Range } from '../../../common/model/text.ts';

/** The rest of the line from a position on; empty where there is none. */
export function restOfLine(text: string, { line, character }: Position): string {
  return lineOf(text, line).slice(character);
}

/** One line of a text without its end. */
export function lineOf(text: string, line: number): string {
  return text.split(/\r\n|\n|\r/, line + 1)[line] ?? '';
}

/** The range of `length` characters from a position on. */
export function rangeFrom(start: Position, length: number): Range {
  return { start, end: { line: start.line, character: start.character + length } };
}

/** The text of a range on one line. */
export function nameIn(text: string, { start, end }: Range): string {
  return lineOf(text, start.line).slice(start.character, end.character);
}
