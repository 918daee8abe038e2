/** Comments, found by the syntax tree: what looks like one inside a string, a template or an expression is none. */
import {
  isJsxText,
  isNoSubstitutionTemplateLiteral,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';

/** Offsets of a comment, its marks included. */
export interface Comment {
  readonly start: number;
  readonly end: number;
}

/** The comment that holds the character at `offset`. */
export function commentAt(file: SourceFile, offset: number): Comment | undefined {
  let node: Node = file;
  for (;;) {
    let before = node === file ? 0 : node.getStart(file);
    let after = node === file ? file.text.length : node.end;
    let inside: Node | undefined;
    node.forEachChild((child): undefined => {
      if (child.end <= offset) before = Math.max(before, child.end);
      else if (child.pos <= offset) inside ??= child;
      else after = Math.min(after, child.pos);
      return undefined;
    });
    if (inside === undefined) return commentBetween(file.text, before, after, offset);
    if (isText(inside)) {
      const start = isJsxText(inside) ? inside.pos : inside.getStart(file);
      return offset < start ? commentBetween(file.text, inside.pos, start, offset) : undefined;
    }
    const start = inside.getStart(file);
    if (offset < start) return commentBetween(file.text, inside.pos, start, offset);
    node = inside;
  }
}

/** The offset of the first character from `offset` on that is neither white space nor in a comment. */
export function offsetOfCode(text: string, offset: number): number | undefined {
  let position = offset;
  for (;;) {
    const space = /\s*/y;
    space.lastIndex = position;
    position += space.exec(text)?.[0].length ?? 0;
    if (position >= text.length) return undefined;
    const end = commentEnd(text, position);
    if (end === undefined) return position;
    position = end;
  }
}

function isText(node: Node): boolean {
  return (
    isStringLiteral(node) ||
    isNoSubstitutionTemplateLiteral(node) ||
    isTemplateHead(node) ||
    isTemplateMiddle(node) ||
    isTemplateTail(node) ||
    isRegularExpressionLiteral(node) ||
    isJsxText(node)
  );
}

/** Between two nodes there are only keywords, punctuation and comments, so the first mark of a comment begins one. */
function commentBetween(text: string, from: number, to: number, offset: number): Comment | undefined {
  for (let position = from; position < to; position += 1) {
    const end = commentEnd(text, position);
    if (end === undefined) continue;
    if (offset < end) return position <= offset ? { start: position, end } : undefined;
    position = end - 1;
  }
  return undefined;
}

/** Where the comment that begins at `position` ends; undefined when none begins there. */
function commentEnd(text: string, position: number): number | undefined {
  if (text[position] !== '/') return undefined;
  if (text[position + 1] === '*') {
    const end = text.indexOf('*/', position + 2);
    return end === -1 ? text.length : end + 2;
  }
  if (text[position + 1] !== '/') return undefined;
  const lineEnd = /[\n\r\u2028\u2029]|$/g;
  lineEnd.lastIndex = position;
  return lineEnd.exec(text)?.index ?? text.length;
}
