/** Conditions as formulas over the values that they read, as far as the source spells them out. */
import {
  isArrowFunction,
  isBinaryExpression,
  isBindingElement,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isIdentifier,
  isNonNullExpression,
  isNumericLiteral,
  isObjectBindingPattern,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  literalNumber,
  literalText,
  nameText,
  SyntaxKind,
  unwrap,
  type ArrowFunction,
  type Expression,
  type FunctionExpression,
} from '../typescript/ast.ts';

export type Value = string | number | boolean | null | undefined;

export type Comparison = '===' | '!==' | '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Formula =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly [Formula, Formula] }
  | { readonly kind: 'truthy'; readonly variable: string; readonly node: Expression }
  | {
      readonly kind: 'compare';
      readonly variable: string;
      readonly node: Expression;
      readonly operator: Comparison;
      readonly value: Value;
    }
  /** Something that is true or false, nothing more is known; what reads alike is alike. */
  | { readonly kind: 'opaque'; readonly text: string };

/** The formula of a condition as it is given to `.branch`, `.dowhile` or `.dountil`: usually a function that returns it. */
export function formulaOf(given: Expression): Formula {
  const condition = unwrap(given);
  if (!isArrowFunction(condition) && !isFunctionExpression(condition)) return opaqueFormula(condition);
  const returned = returnedExpression(condition);
  return returned === undefined ? opaqueFormula(condition.body) : read(returned, parameterPaths(condition));
}

/** The formula of an expression whose names stand for themselves. */
export function formulaOfResult(expression: Expression): Formula {
  return read(expression, new Map());
}

function returnedExpression(condition: ArrowFunction | FunctionExpression): Expression | undefined {
  const { body } = condition;
  if (!isBlock(body)) return body;
  const [only] = body.statements;
  return body.statements.length === 1 && only !== undefined && isReturnStatement(only) ? only.expression : undefined;
}

/** What the names of a function's first parameter stand for: `inputData` for `({ inputData: data })`'s `data`. */
function parameterPaths(condition: ArrowFunction | FunctionExpression): ReadonlyMap<string, string> {
  const name = condition.parameters[0]?.name;
  const paths = new Map<string, string>();
  if (name === undefined) return paths;
  if (isIdentifier(name)) paths.set(name.text, '');
  else if (isObjectBindingPattern(name)) {
    for (const element of name.elements) {
      if (!isBindingElement(element) || element.initializer !== undefined) continue;
      const [local, source] = [nameText(element.name), nameText(element.propertyName ?? element.name)];
      if (local !== undefined && source !== undefined) paths.set(local, `.${source}`);
    }
  }
  return paths;
}

type Paths = ReadonlyMap<string, string>;

function read(given: Expression, paths: Paths): Formula {
  const expression = isParenthesizedExpression(given) || isNonNullExpression(given) ? unwrap(given) : given;
  if (expression.kind === SyntaxKind.TrueKeyword) return { kind: 'constant', value: true };
  if (expression.kind === SyntaxKind.FalseKeyword) return { kind: 'constant', value: false };
  if (isNumericLiteral(expression)) return { kind: 'constant', value: literalNumber(expression) !== 0 };
  if (isPrefixUnaryExpression(expression) && expression.operator === SyntaxKind.ExclamationToken) {
    return { kind: 'not', of: read(expression.operand, paths) };
  }
  if (isBinaryExpression(expression)) {
    const { left, right, operatorToken } = expression;
    const { kind } = operatorToken;
    if (kind === SyntaxKind.AmpersandAmpersandToken)
      return { kind: 'and', parts: [read(left, paths), read(right, paths)] };
    if (kind === SyntaxKind.BarBarToken) return { kind: 'or', parts: [read(left, paths), read(right, paths)] };
    return readComparison(left, kind, right, paths) ?? opaqueFormula(expression);
  }
  if (isCallExpression(expression)) {
    const [argument, ...more] = expression.arguments;
    const isBoolean = isIdentifier(expression.expression) && expression.expression.text === 'Boolean';
    return isBoolean && argument !== undefined && more.length === 0 ? read(argument, paths) : opaqueFormula(expression);
  }
  const variable = variableOf(expression, paths);
  return variable === undefined ? opaqueFormula(expression) : { kind: 'truthy', variable, node: expression };
}

function opaqueFormula(node: { getText(): string }): Formula {
  return { kind: 'opaque', text: node.getText().replace(/\s+/g, '') };
}

const comparisons: ReadonlyMap<SyntaxKind, { readonly operator: Comparison; readonly mirrored: Comparison }> = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, { operator: '===', mirrored: '===' }],
  [SyntaxKind.ExclamationEqualsEqualsToken, { operator: '!==', mirrored: '!==' }],
  [SyntaxKind.EqualsEqualsToken, { operator: '==', mirrored: '==' }],
  [SyntaxKind.ExclamationEqualsToken, { operator: '!=', mirrored: '!=' }],
  [SyntaxKind.LessThanToken, { operator: '<', mirrored: '>' }],
  [SyntaxKind.LessThanEqualsToken, { operator: '<=', mirrored: '>=' }],
  [SyntaxKind.GreaterThanToken, { operator: '>', mirrored: '<' }],
  [SyntaxKind.GreaterThanEqualsToken, { operator: '>=', mirrored: '<=' }],
]);

function readComparison(left: Expression, kind: SyntaxKind, right: Expression, paths: Paths): Formula | undefined {
  const comparison = comparisons.get(kind);
  if (comparison === undefined) return undefined;
  const [leftVariable, rightVariable] = [variableOf(left, paths), variableOf(right, paths)];
  const [leftValue, rightValue] = [valueOf(left), valueOf(right)];
  if (leftVariable !== undefined && rightValue !== undefined) {
    const { operator } = comparison;
    return { kind: 'compare', variable: leftVariable, node: left, operator, value: rightValue.value };
  }
  if (rightVariable !== undefined && leftValue !== undefined) {
    const { mirrored } = comparison;
    return { kind: 'compare', variable: rightVariable, node: right, operator: mirrored, value: leftValue.value };
  }
  return undefined;
}

function valueOf(given: Expression): { readonly value: Value } | undefined {
  const expression = unwrap(given);
  const text = literalText(expression);
  if (text !== undefined) return { value: text };
  const number = literalNumber(expression);
  if (number !== undefined) return { value: number };
  if (isPrefixUnaryExpression(expression) && expression.operator === SyntaxKind.MinusToken) {
    const positive = literalNumber(expression.operand);
    return positive === undefined ? undefined : { value: -positive };
  }
  if (expression.kind === SyntaxKind.TrueKeyword) return { value: true };
  if (expression.kind === SyntaxKind.FalseKeyword) return { value: false };
  if (expression.kind === SyntaxKind.NullKeyword) return { value: null };
  return isIdentifier(expression) && expression.text === 'undefined' ? { value: undefined } : undefined;
}

/** The same text for what reads the same value: `inputData?.kind` and `data['kind']` of a renamed parameter. */
function variableOf(given: Expression, paths: Paths): string | undefined {
  const expression = isParenthesizedExpression(given) || isNonNullExpression(given) ? unwrap(given) : given;
  if (isIdentifier(expression)) {
    return expression.text === 'undefined' ? undefined : (paths.get(expression.text) ?? `outer ${expression.text}`);
  }
  if (isPropertyAccessExpression(expression)) {
    const object = variableOf(expression.expression, paths);
    const name = nameText(expression.name);
    return object === undefined || name === undefined ? undefined : `${object}.${name}`;
  }
  if (isElementAccessExpression(expression)) {
    const object = variableOf(expression.expression, paths);
    const key = literalText(expression.argumentExpression);
    return object === undefined || key === undefined ? undefined : `${object}.${key}`;
  }
  return undefined;
}
