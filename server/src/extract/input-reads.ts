/** The fields of `inputData` that a function reads by name, and counts on. */
import { isIdentifierName, quotedText, type FileEdit, type Location } from '../../../common/model/text.ts';
import {
  isArrowFunction,
  isBinaryExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isIdentifier,
  isIfStatement,
  isMethodDeclaration,
  isObjectBindingPattern,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isTypeOfExpression,
  isVariableDeclaration,
  isConditionalExpression,
  locationOf,
  nameText,
  parentOf,
  rangeBetween,
  SyntaxKind,
  unwrap,
  walk,
  wrapped,
  type Expression,
  type Node,
  type ObjectBindingPattern,
} from '../typescript/ast.ts';
import { indexAccess } from './repair-text.ts';
import { declaresVariable } from './variables.ts';

export interface InputRead {
  readonly name: string;
  /** What is read from: an expression, or the pattern that takes it apart. */
  readonly object: Node;
  /** As one writes it, e.g. `inputData.total`. */
  readonly text: string;
  /** The name, without quotes. */
  readonly place: Location;
  /** True where the code gets along without it, at least at this place. */
  readonly isTolerant: boolean;
  /** The edit that reads another field in its place. */
  readonly renamed: (name: string) => FileEdit;
}

/** Leaves out reads that are ready for the field to be absent, and everything where the input is written to. */
export function inputReads(reader: Node): readonly InputRead[] {
  if (!isArrowFunction(reader) && !isFunctionExpression(reader) && !isMethodDeclaration(reader)) return [];
  const parameter = reader.parameters[0]?.name;
  const body = reader.body;
  if (parameter === undefined || body === undefined) return [];
  if (isIdentifier(parameter)) {
    const context = parameter.text;
    const isInput = (node: Expression) =>
      isPropertyAccessExpression(node) &&
      node.name.text === 'inputData' &&
      isIdentifier(node.expression) &&
      node.expression.text === context;
    return declaresVariable(body, context) ? [] : readsIn(body, isInput);
  }
  if (!isObjectBindingPattern(parameter)) return [];
  const element = parameter.elements.find((each) => nameText(each.propertyName ?? each.name) === 'inputData');
  if (element?.name === undefined) return [];
  if (isObjectBindingPattern(element.name)) return patternReads(element.name);
  const name = nameText(element.name);
  if (name === undefined || declaresVariable(body, name)) return [];
  return readsIn(body, (node) => isIdentifier(node) && node.text === name);
}

function readsIn(body: Node, isInput: (node: Expression) => boolean): readonly InputRead[] {
  const reads: InputRead[] = [];
  const written: Node[] = [];
  const visit = (node: Node): void => {
    if (isVariableDeclaration(node) && isObjectBindingPattern(node.name) && node.initializer !== undefined) {
      if (isInput(unwrap(node.initializer))) reads.push(...patternReads(node.name));
      return;
    }
    if (!isPropertyAccessExpression(node) && !isElementAccessExpression(node)) return;
    if (!isInput(unwrap(node.expression))) return;
    if (isTarget(node)) written.push(node);
    const read = isPropertyAccessExpression(node) ? memberRead(node.expression, node) : elementRead(node);
    if (read !== undefined && !(read.name in Object.prototype) && !isTentative(node)) reads.push(read);
  };
  visit(body);
  walk(body, visit);
  return written.length > 0 ? [] : reads;
}

/** `inputData.name`; another name may need brackets. */
function memberRead(object: Expression, access: Node): InputRead | undefined {
  if (!isPropertyAccessExpression(access) || !isIdentifier(access.name)) return undefined;
  const place = locationOf(access.name);
  const source = access.getSourceFile();
  return {
    name: access.name.text,
    object,
    text: access.getText(),
    place,
    isTolerant: isOptionalChain(access),
    renamed: (name) => {
      if (isIdentifierName(name)) return { ...place, newText: name };
      const optional = access.questionDotToken === undefined ? '' : '?.';
      const range = rangeBetween(source, object.getEnd(), access.getEnd());
      return { file: place.file, range, newText: `${optional}[${quotedText(name)}]` };
    },
  };
}

/** `inputData['name']`. */
function elementRead(access: Node): InputRead | undefined {
  if (!isElementAccessExpression(access)) return undefined;
  const literal = unwrap(access.argumentExpression);
  if (!isStringLiteral(literal)) return undefined;
  const source = literal.getSourceFile();
  const range = rangeBetween(source, literal.getStart(source) + 1, literal.getEnd() - 1);
  const place: Location = { file: source.fileName, range };
  return {
    name: literal.text,
    object: access.expression,
    text: access.getText(),
    place,
    isTolerant: isOptionalChain(access),
    renamed: (name) => ({ ...place, newText: quotedText(name).slice(1, -1) }),
  };
}

/** `const { name, 'other-name': other } = inputData`. A default is ready for absence. */
function patternReads(pattern: ObjectBindingPattern): readonly InputRead[] {
  return pattern.elements.flatMap((element): readonly InputRead[] => {
    const key = element.propertyName ?? element.name;
    const name = nameText(key);
    const isPlain = element.dotDotDotToken === undefined && element.initializer === undefined;
    if (key === undefined || name === undefined || !isPlain) return [];
    const place = locationOf(key);
    return [
      {
        name,
        object: pattern,
        text: indexAccess('inputData', name),
        place,
        isTolerant: true,
        renamed: (other) => {
          const written = isIdentifierName(other) ? other : quotedText(other);
          return { ...place, newText: element.propertyName === undefined ? `${written}: ${name}` : written };
        },
      },
    ];
  });
}

/** `inputData.name?.field`. */
function isOptionalChain(read: Node): boolean {
  const parent = parentOf(wrapped(read));
  if (parent === undefined || !(isPropertyAccessExpression(parent) || isElementAccessExpression(parent))) return false;
  return parent.questionDotToken !== undefined && parent.expression === wrapped(read);
}

/** True where something is given to it, or it is taken away. */
function isTarget(node: Node): boolean {
  const parent = parentOf(wrapped(node));
  if (parent === undefined) return false;
  if (isDeleteExpression(parent)) return true;
  if (!isBinaryExpression(parent) || parent.left !== wrapped(node)) return false;
  const { kind } = parent.operatorToken;
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

const fallbacks: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** True where what is read, or a part of it, is asked for or has a substitute: the author knows that it may be absent. */
function isTentative(read: Node): boolean {
  let current: Node = wrapped(read);
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    if (isBinaryExpression(parent)) return fallbacks.has(parent.operatorToken.kind);
    if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
    if (isTypeOfExpression(parent)) return true;
    if (isIfStatement(parent)) return parent.expression === current;
    if (isConditionalExpression(parent)) return parent.condition === current;
    // Without a question mark the run fails here: nothing behind it helps.
    if (!isOptionalChain(current)) return false;
    current = wrapped(parent);
  }
  return false;
}
