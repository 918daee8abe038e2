/** Edits that write one piece of code in another API. */
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isBindingElement,
  isIdentifier,
  isParameterDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isVariableDeclaration,
  nameText,
  rangeBetween,
  rangeOf,
  walk,
  type Identifier,
  type Node,
  type ObjectLiteralElementLike,
  type PropertyName,
} from '../../../typescript/ast.ts';

export function replace(node: Node, newText: string): FileEdit {
  const file = node.getSourceFile();
  return { file: file.fileName, range: rangeOf(node, file), newText };
}

/** The key of a property of an object literal; undefined for a spread. */
export function keyNode(property: ObjectLiteralElementLike): PropertyName | undefined {
  return isSpreadAssignment(property) ? undefined : property.name;
}

/** The key as text; undefined for a spread and for what is computed. */
export function keyText(property: ObjectLiteralElementLike): string | undefined {
  return nameText(keyNode(property));
}

/** Gives a property of an object literal another name; its value stays. */
export function renameProperty(property: ObjectLiteralElementLike, name: string): FileEdit | undefined {
  if (isShorthandPropertyAssignment(property)) return replace(property.name, `${name}: ${property.name.getText()}`);
  const key = keyNode(property);
  return key === undefined ? undefined : replace(key, name);
}

/** Takes a property out of its object literal, with the comma and the line that it stood on. */
export function removeProperty(property: ObjectLiteralElementLike): FileEdit {
  const file = property.getSourceFile();
  const { text } = file;
  let end = property.getEnd();
  const comma = /^\s*,/.exec(text.slice(end));
  if (comma !== null) end += comma[0].length;
  let start = property.getStart(file);
  const before = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, start));
  const lineEnd = /^[ \t]*\r?\n/.exec(text.slice(end));
  if (before !== null && lineEnd !== null) {
    start -= before[1]?.length ?? 0;
    end += lineEnd[0].length;
  } else if (comma !== null) {
    end += /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  } else {
    const previous = /,\s*$/.exec(text.slice(0, start));
    if (previous !== null) start -= previous[0].length;
  }
  return { file: file.fileName, range: rangeBetween(file, start, end), newText: '' };
}

/** The identifiers below `scope` that read or write a variable of that name, its declarations included. */
export function variablesNamed(scope: Node, name: string): readonly Identifier[] {
  const found: Identifier[] = [];
  walk(scope, (node) => {
    if (isIdentifier(node) && node.text === name && !isMemberName(node)) found.push(node);
  });
  return found;
}

function isMemberName(node: Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.name === node;
  if (isPropertyAssignment(parent)) return parent.name === node;
  return isBindingElement(parent) && parent.propertyName === node;
}

/**
 * The edits that give a variable another name in all of `scope`; undefined when that name, or a second declaration of
 * the old one, is in the way.
 */
export function renameVariable(scope: Node, declaration: Identifier, name: string): readonly FileEdit[] | undefined {
  if (variablesNamed(scope, name).length > 0) return undefined;
  const uses = variablesNamed(scope, declaration.text).filter((use) => use !== declaration);
  if (uses.some(isDeclared)) return undefined;
  return uses.map((use) => {
    const shorthand = isShorthandPropertyAssignment(use.parent) && use.parent.name === use;
    return replace(use, shorthand ? `${use.text}: ${name}` : name);
  });
}

function isDeclared(node: Identifier): boolean {
  const { parent } = node;
  return (
    (isVariableDeclaration(parent) || isParameterDeclaration(parent) || isBindingElement(parent)) &&
    parent.name === node
  );
}
