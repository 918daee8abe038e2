/** Positions as LSP counts them: lines and characters from 0, characters in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A range in a file. `file` is an absolute path with forward slashes, as the TypeScript engine names it. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** Replace `range` of `file` by `newText`; an insertion has an empty range. */
export interface FileEdit extends Location {
  readonly newText: string;
}

export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** True for what can be written as a name, without quotes or brackets. */
export function isIdentifierName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text);
}

/** A name as the key of a property in source text. */
export function propertyKey(name: string): string {
  return isIdentifierName(name) ? name : quotedText(name);
}

/** A text as a string literal in source text. */
export function quotedText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** True when `position` lies in `range`, both ends included (a cursor behind the last character still belongs to it). */
export function rangeContains(range: Range, position: Position): boolean {
  return comparePositions(range.start, position) <= 0 && comparePositions(position, range.end) <= 0;
}

/** True when nothing of `inner` lies outside of `outer`. */
export function rangeIsInside(inner: Range, outer: Range): boolean {
  return comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0;
}
