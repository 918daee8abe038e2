/** A field gets another name where it is made, if nobody else in its file knows it. */
import { propertyKey, rangeIsInside, type FileEdit, type Location } from '../../../common/model/text.ts';
import {
  containsNode,
  isExportSpecifier,
  isIdentifier,
  isPropertyAssignment,
  isStringLiteral,
  isVariableDeclaration,
  locationOf,
  nameText,
  rangeOf,
  SyntaxKind,
  walk,
  type Node,
  type SourceFile,
} from '../typescript/ast.ts';
import type { Draft } from './draft.ts';

/** Undefined where the field is made in another file, or where the name is read by other code than the receiver. */
export function renamingEdits(
  source: SourceFile,
  provider: Draft,
  from: string,
  to: string,
): readonly FileEdit[] | undefined {
  const uses = namesIn(source, from);
  switch (provider.type) {
    case 'mapping': {
      const keys = uses.filter((node) => isInside(node, provider) && isKey(node));
      return keys.length === 1 ? edits(source, keys, to) : undefined;
    }
    case 'step': {
      const { definition } = provider;
      const maker = definition === undefined ? undefined : makerAt(source, definition);
      if (maker === undefined) return undefined;
      const own = locationOf(maker);
      return uses.every((node) => isInside(node, own) && isKey(node)) ? edits(source, uses, to) : undefined;
    }
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'parallel':
    case 'conditional':
    case 'loop':
    case 'foreach':
    case 'sleep':
    case 'sleepUntil':
    case 'opaque':
      return undefined;
  }
}

function edits(source: SourceFile, keys: readonly Node[], to: string): readonly FileEdit[] | undefined {
  if (keys.length === 0) return undefined;
  return keys.map((key) => ({ file: source.fileName, range: rangeOf(key, source), newText: propertyKey(to) }));
}

function namesIn(source: SourceFile, name: string): readonly Node[] {
  const found: Node[] = [];
  walk(source, (node) => {
    if ((isIdentifier(node) || isStringLiteral(node)) && node.text === name) found.push(node);
  });
  return found;
}

function isKey(node: Node): boolean {
  return isPropertyAssignment(node.parent) && node.parent.name === node;
}

function isInside(node: Node, { file, range }: Location): boolean {
  const own = locationOf(node);
  return own.file === file && rangeIsInside(own.range, range);
}

/** What makes the step that is declared there, unless other files see it. */
function makerAt(source: SourceFile, { file, range }: Location): Node | undefined {
  if (file !== source.fileName) return undefined;
  let maker: Node | undefined;
  walk(source, (node) => {
    if (!isVariableDeclaration(node) || node.initializer === undefined) return;
    const name = rangeOf(node.name, source);
    if (name.start.line !== range.start.line || name.start.character !== range.start.character) return;
    if (!isExported(source, node)) maker = node.initializer;
  });
  return maker;
}

function isExported(source: SourceFile, declaration: Node): boolean {
  const statement = declaration.parent.parent;
  const isMarked = /^export\b/.test(statement.getText(source));
  const name = isVariableDeclaration(declaration) ? nameText(declaration.name) : undefined;
  return (
    isMarked ||
    containsNode(
      source,
      (node) =>
        (isExportSpecifier(node) && nameText(node.propertyName ?? node.name) === name) ||
        (node.kind === SyntaxKind.ExportAssignment && node.getText().includes(name ?? '')),
    )
  );
}
