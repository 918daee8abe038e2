/** The syntax tree: the guards and node types in use, and small pure helpers over them. */
import {
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNonNullExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteral,
  isTypeAssertion,
} from 'typescript/unstable/ast/is';
import type {
  ArrowFunction,
  CallExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  Identifier,
  MethodDeclaration,
  NewExpression,
  Node,
  ObjectLiteralExpression,
  SourceFile,
} from 'typescript/unstable/ast';
import type { Location, Range } from '../../../common/model/text.ts';

export * from 'typescript/unstable/ast/is';
export { SyntaxKind } from 'typescript/unstable/ast';
export type * from 'typescript/unstable/ast';

const lineStartsOf = new WeakMap<SourceFile, readonly number[]>();

function lineStarts(file: SourceFile): readonly number[] {
  let starts = lineStartsOf.get(file);
  if (starts === undefined) {
    const found = [0];
    for (const match of file.text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) found.push(match.index + match[0].length);
    starts = found;
    lineStartsOf.set(file, starts);
  }
  return starts;
}

/** The LSP position of a character offset. */
export function positionAt(file: SourceFile, offset: number): Range['start'] {
  const starts = lineStarts(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (starts[low] ?? 0) };
}

export function rangeBetween(file: SourceFile, start: number, end: number): Range {
  return { start: positionAt(file, start), end: positionAt(file, end) };
}

/** The range of a node without the comments and white space before it. */
export function rangeOf(node: Node, file: SourceFile = node.getSourceFile()): Range {
  return rangeBetween(file, node.getStart(file), node.getEnd());
}

export function locationOf(node: Node): Location {
  const file = node.getSourceFile();
  return { file: file.fileName, range: rangeOf(node, file) };
}

/** What stands behind parentheses, `as`, `satisfies`, `<T>`, `!` and `await`. */
export function unwrap(node: Expression): Expression {
  let current = node;
  while (isWrapper(current)) current = current.expression;
  return current;
}

/** The parent of a node; undefined for a file, which the declared type of `parent` leaves out. */
export function parentOf(node: Node): Node | undefined {
  return node.parent;
}

/** The outermost expression that only wraps `node`. */
export function wrapped(node: Node): Node {
  let current = node;
  for (let parent = parentOf(current); parent !== undefined && isWrapper(parent); parent = parentOf(current)) {
    current = parent;
  }
  return current;
}

function isWrapper(node: Node) {
  return (
    isParenthesizedExpression(node) ||
    isAsExpression(node) ||
    isSatisfiesExpression(node) ||
    isTypeAssertion(node) ||
    isNonNullExpression(node) ||
    isAwaitExpression(node)
  );
}

/** The name of a property, parameter or variable as text; undefined when it is computed or a pattern. */
export function nameText(name: Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  return isIdentifier(name) || isStringLiteral(name) || isNoSubstitutionTemplateLiteral(name) || isNumericLiteral(name)
    ? name.text
    : undefined;
}

/** The text of a string literal or of a template without placeholders. */
export function literalText(node: Node | undefined): string | undefined {
  return node !== undefined && (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) ? node.text : undefined;
}

export function literalNumber(node: Node | undefined): number | undefined {
  if (node === undefined || !isNumericLiteral(node)) return undefined;
  const value = Number(node.text.replaceAll('_', ''));
  return Number.isFinite(value) ? value : undefined;
}

/** The value expression of a property of an object literal; a shorthand gives its identifier. */
export function propertyOf(object: ObjectLiteralExpression, name: string): Expression | undefined {
  let values = valuesOf.get(object);
  if (values === undefined) {
    values = readValues(object);
    valuesOf.set(object, values);
  }
  return values.get(name);
}

/** Options are asked for one by one, by many: each literal is read once. */
const valuesOf = new WeakMap<ObjectLiteralExpression, ReadonlyMap<string, Expression>>();

function readValues(object: ObjectLiteralExpression): ReadonlyMap<string, Expression> {
  const values = new Map<string, Expression>();
  for (const property of object.properties) {
    const name =
      isPropertyAssignment(property) || isShorthandPropertyAssignment(property) ? nameText(property.name) : undefined;
    if (name === undefined || values.has(name)) continue;
    if (isPropertyAssignment(property)) values.set(name, property.initializer);
    else if (isShorthandPropertyAssignment(property) && isIdentifier(property.name)) values.set(name, property.name);
  }
  return values;
}

/** True for a literal whose properties are not all written out. */
export function hasSpread(object: ObjectLiteralExpression): boolean {
  return object.properties.some(isSpreadAssignment);
}

export interface MethodCall {
  readonly call: CallExpression;
  readonly receiver: Expression;
  readonly name: Identifier;
}

/** `receiver.name(...)`, also optional; undefined for every other call. */
export function methodCall(node: Node): MethodCall | undefined {
  if (!isCallExpression(node)) return undefined;
  const callee = node.expression;
  if (!isPropertyAccessExpression(callee) || !isIdentifier(callee.name)) return undefined;
  return { call: node, receiver: callee.expression, name: callee.name };
}

/** The first argument when it is an object literal. */
export function optionsLiteral(call: CallExpression | NewExpression, index = 0): ObjectLiteralExpression | undefined {
  const argument = call.arguments?.[index];
  if (argument === undefined) return undefined;
  const value = unwrap(argument);
  return isObjectLiteralExpression(value) ? value : undefined;
}

/** Source text on one line, cut to `limit` characters with an ellipsis. */
export function oneLine(node: Node, limit = 120): string {
  const text = node.getText().replace(/\s+/g, ' ').trim();
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

/** The builder-style call whose receiver `node` is: `node.name(...)`, through wrappers of the receiver. */
export function methodCalledOn(node: Node): MethodCall | undefined {
  const access = parentOf(wrapped(node));
  const call = access === undefined ? undefined : parentOf(access);
  const method = call === undefined ? undefined : methodCall(call);
  return method?.call.expression === access && method?.receiver === wrapped(node) ? method : undefined;
}

export type FunctionNode = ArrowFunction | FunctionExpression | FunctionDeclaration | MethodDeclaration;

/** True for a function that may return a value of any kind: no constructor and no accessor. */
export function isFunctionNode(node: Node): node is FunctionNode {
  return (
    isArrowFunction(node) || isFunctionExpression(node) || isFunctionDeclaration(node) || isMethodDeclaration(node)
  );
}

/** Calls `visit` for every node below `root` in source order. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const step = (node: Node): undefined => {
    visit(node);
    node.forEachChild(step);
    return undefined;
  };
  root.forEachChild(step);
}

/** True when `matches` holds for a node below `root`. */
export function containsNode(root: Node, matches: (node: Node) => boolean): boolean {
  const visit = (node: Node): true | undefined =>
    matches(node) || node.forEachChild(visit) === true ? true : undefined;
  return root.forEachChild(visit) === true;
}
