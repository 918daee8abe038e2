/** Comments that suppress findings, and the texts of several lines that such a comment has to be written above of. */
import type { SuppressedRule, SuppressionFact, UnbrokenTextFact } from '../../../../common/model/facts/index.ts';
import type { Context } from '../context.ts';
import {
  isJsxElement,
  isJsxFragment,
  isJsxSelfClosingElement,
  isNoSubstitutionTemplateLiteral,
  isTemplateExpression,
  positionAt,
  rangeBetween,
  rangeOf,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';
import { commentAt, offsetOfCode, type Comment } from './comments.ts';

const directive = 'mastra-ignore-next-line';
const head = new RegExp(String.raw`^(?://+\s*|/\*[\s*]*)${directive}(?![\w-])`);

/** The suppressions of a file, and its texts of several lines. */
export async function readSuppressions(
  { program }: Context,
  file: SourceFile,
): Promise<readonly (SuppressionFact | UnbrokenTextFact)[]> {
  const suppressions = suppressionsIn(file);
  if (suppressions.length === 0) return unbrokenTextsIn(file);
  const broken = (await program.syntaxError(file.fileName)) !== undefined;
  return [...suppressions.map((fact) => ({ ...fact, broken })), ...unbrokenTextsIn(file)];
}

function suppressionsIn(file: SourceFile): readonly SuppressionFact[] {
  const { text } = file;
  const found: SuppressionFact[] = [];
  for (let at = text.indexOf(directive); at !== -1; at = text.indexOf(directive, at + directive.length)) {
    const comment = commentAt(file, at);
    if (comment === undefined) continue;
    const start = head.exec(text.slice(comment.start, comment.end))?.[0].length;
    // Only what a comment begins with: a sentence may speak of suppressions.
    if (start === undefined || comment.start + start !== at + directive.length) continue;
    found.push(readSuppression(file, comment, at + directive.length));
  }
  return found;
}

function readSuppression(file: SourceFile, comment: Comment, start: number): SuppressionFact {
  const { text } = file;
  const end = text.startsWith('/*', comment.start) && text.endsWith('*/', comment.end) ? comment.end - 2 : comment.end;
  const content = text.slice(start, end);
  const dashes = /\s--(?=\s|$)/.exec(content);
  const reason = dashes === null ? '' : content.slice(dashes.index + dashes[0].length).trim();
  const rules: SuppressedRule[] = [];
  for (const { 0: name, index } of content.slice(0, dashes?.index).matchAll(/[^\s,*](?:[^\n\r,*]*[^\s,*])?/g)) {
    rules.push({ name, range: rangeBetween(file, start + index, start + index + name.length) });
  }
  return {
    kind: 'suppression',
    file: file.fileName,
    range: rangeBetween(file, comment.start, comment.end),
    rules,
    reason: reason === '' ? undefined : reason,
    lines: linesBelow(file, comment),
    broken: false,
    removal: removalOf(file, comment),
  };
}

function linesBelow(file: SourceFile, comment: Comment): SuppressionFact['lines'] {
  const { text } = file;
  const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;
  lineEnd.lastIndex = comment.end;
  const found = lineEnd.exec(text);
  const code = found === null ? undefined : offsetOfCode(text, found.index + found[0].length);
  if (code === undefined) return undefined;
  const first = positionAt(file, code).line;
  const texts = unbrokenTextsIn(file).filter(({ range }) => range.start.line === first);
  return { first, last: Math.max(first, ...texts.map(({ range }) => range.end.line)) };
}

function removalOf(file: SourceFile, comment: Comment): SuppressionFact['removal'] {
  const { text } = file;
  const before = /[^\S\n\r\u2028\u2029]*$/.exec(text.slice(0, comment.start))?.[0].length ?? 0;
  const start = comment.start - before;
  const ownLine = start === 0 || /[\n\r\u2028\u2029]/.test(text[start - 1] ?? '');
  const rest = /^[^\S\n\r\u2028\u2029]*(?:\r\n|[\n\r\u2028\u2029]|$)/.exec(text.slice(comment.end));
  if (rest === null) return rangeBetween(file, comment.start, comment.end);
  return ownLine ? rangeBetween(file, start, comment.end + rest[0].length) : rangeBetween(file, start, comment.end);
}

const unbrokenTexts = new WeakMap<SourceFile, readonly UnbrokenTextFact[]>();

/** The outermost texts of several lines, in source order. */
function unbrokenTextsIn(file: SourceFile): readonly UnbrokenTextFact[] {
  let texts = unbrokenTexts.get(file);
  if (texts === undefined) {
    texts = /`|<\/|\/>/.test(file.text) ? readUnbrokenTexts(file) : [];
    unbrokenTexts.set(file, texts);
  }
  return texts;
}

function readUnbrokenTexts(file: SourceFile): readonly UnbrokenTextFact[] {
  const texts: UnbrokenTextFact[] = [];
  const visit = (node: Node): undefined => {
    if (!isUnbroken(node)) {
      node.forEachChild(visit);
      return undefined;
    }
    const range = rangeOf(node, file);
    if (range.start.line < range.end.line) texts.push({ kind: 'unbroken-text', file: file.fileName, range });
    return undefined;
  };
  file.forEachChild(visit);
  return texts;
}

function isUnbroken(node: Node): boolean {
  return (
    isNoSubstitutionTemplateLiteral(node) ||
    isTemplateExpression(node) ||
    isJsxElement(node) ||
    isJsxFragment(node) ||
    isJsxSelfClosingElement(node)
  );
}
