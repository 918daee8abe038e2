/** What `execute` does before the run was resumed: `resumeData` is undefined then, which decides conditions and makes reads throw. */
import {
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isNonNullExpression,
  isNumericLiteral,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
  nameText,
  SyntaxKind,
  unwrap,
  type BinaryExpression,
  type CallExpression,
  type ElementAccessExpression,
  type Expression,
  type Node,
  type PropertyAccessExpression,
  type VariableDeclaration,
} from '../../typescript/ast.ts';
import { runsLater } from './functions.ts';

/** A function that a step runs, by its first parameter and its body. */
export interface Executed {
  readonly parameters: readonly { readonly name: Node }[];
  readonly body?: Node | undefined;
}

export type Value = 'undefined' | 'falsy' | 'truthy' | 'unknown';

export interface FirstRun {
  /** What an expression gives before the run was resumed. */
  readonly valueOf: (expression: Expression) => Value;
  /** The first part of `node` that certainly throws, because it takes something from `resumeData`. */
  readonly throwing: (node: Node) => Node | undefined;
  /** Names whose values depend on `resumeData`, its own among them. */
  readonly dependent: ReadonlySet<string>;
}

export function firstRunOf(execute: Executed): FirstRun {
  const names = new Set<string>();
  const parameter = execute.parameters[0]?.name;
  if (parameter !== undefined && isObjectBindingPattern(parameter)) {
    for (const { propertyName, name, initializer } of parameter.elements) {
      const local = nameText(name);
      if (nameText(propertyName ?? name) === 'resumeData' && local !== undefined && initializer === undefined) {
        names.add(local);
      }
    }
  }
  const whole = nameText(parameter);
  const constants = constantsIn(execute.body);

  function valueOf(given: Expression, depth = 0): Value {
    const expression = unwrap(given);
    if (depth > 20) return 'unknown';
    const next = (inner: Expression) => valueOf(inner, depth + 1);
    if (isIdentifier(expression)) {
      if (names.has(expression.text) || expression.text === 'undefined') return 'undefined';
      const constant = constants.get(expression.text);
      return constant === undefined ? 'unknown' : next(constant);
    }
    if (isPropertyAccessExpression(expression) || isElementAccessExpression(expression)) {
      if (isOwnData(expression)) return 'undefined';
      return next(expression.expression) === 'undefined' && isOptional(expression) ? 'undefined' : 'unknown';
    }
    if (isCallExpression(expression)) {
      if (isOptional(expression)) return next(expression.expression) === 'undefined' ? 'undefined' : 'unknown';
      const [argument, ...others] = expression.arguments;
      const isConversion = nameText(expression.expression) === 'Boolean' && argument !== undefined;
      return isConversion && others.length === 0 ? truthOf(isTrue(next(argument))) : 'unknown';
    }
    if (isPrefixUnaryExpression(expression) && expression.operator === SyntaxKind.ExclamationToken) {
      const truth = isTrue(next(expression.operand));
      return truthOf(truth === undefined ? undefined : !truth);
    }
    if (isConditionalExpression(expression)) {
      const truth = isTrue(next(expression.condition));
      return truth === undefined ? 'unknown' : next(truth ? expression.whenTrue : expression.whenFalse);
    }
    if (isBinaryExpression(expression)) return binary(expression, next);
    return literal(expression);
  }

  /** `context.resumeData`. */
  function isOwnData(node: PropertyAccessExpression | ElementAccessExpression): boolean {
    return (
      isPropertyAccessExpression(node) &&
      whole !== undefined &&
      nameText(node.name) === 'resumeData' &&
      nameText(unwrap(node.expression)) === whole
    );
  }

  /** Goes through what is evaluated, in its order, and leaves out what perhaps is not. */
  function throwing(node: Node): Node | undefined {
    if (runsLater(node)) return undefined;
    if (isBinaryExpression(node) && shortCircuits.has(node.operatorToken.kind)) {
      return throwing(node.left) ?? (reachesRight(node) ? throwing(node.right) : undefined);
    }
    if (isConditionalExpression(node)) {
      const truth = isTrue(valueOf(node.condition));
      const arm = truth === undefined ? undefined : truth ? node.whenTrue : node.whenFalse;
      return throwing(node.condition) ?? (arm === undefined ? undefined : throwing(arm));
    }
    if (isPropertyAccessExpression(node) || isElementAccessExpression(node)) {
      const before = throwing(node.expression);
      if (before !== undefined || isOptional(node)) return before;
      return !isOwnData(node) && valueOf(node.expression) === 'undefined' ? node : undefined;
    }
    // Arguments of `resumeData?.list.map(...)` are not evaluated.
    if (isCallExpression(node) && isOptional(node)) return throwing(node.expression);
    if (isVariableDeclaration(node)) {
      const before = node.initializer === undefined ? undefined : throwing(node.initializer);
      return before ?? (takesApart(node) ? node : undefined);
    }
    return node.forEachChild(throwing);
  }

  function reachesRight({ left, operatorToken: { kind } }: BinaryExpression): boolean {
    const value = valueOf(left);
    if (kind === SyntaxKind.AmpersandAmpersandToken) return value === 'truthy';
    if (kind === SyntaxKind.BarBarToken) return value === 'falsy' || value === 'undefined';
    return kind === SyntaxKind.QuestionQuestionToken && value === 'undefined';
  }

  function takesApart({ name, initializer }: VariableDeclaration): boolean {
    const isPattern = isObjectBindingPattern(name) || isArrayBindingPattern(name);
    return isPattern && initializer !== undefined && valueOf(initializer) === 'undefined';
  }

  return {
    valueOf: (expression) => valueOf(expression),
    throwing,
    dependent: dependentNames(execute.body, new Set([...names, 'resumeData'])),
  };
}

/** True in `a?.b`, and behind it in the same chain: `a?.b.c`, `a?.b()`. Parentheses end a chain. */
function isOptional(node: PropertyAccessExpression | ElementAccessExpression | CallExpression): boolean {
  if (node.questionDotToken !== undefined) return true;
  let inner: Node = node.expression;
  while (isNonNullExpression(inner)) inner = inner.expression;
  return (
    (isPropertyAccessExpression(inner) || isElementAccessExpression(inner) || isCallExpression(inner)) &&
    isOptional(inner)
  );
}

function binary({ left, right, operatorToken }: BinaryExpression, valueOf: (part: Expression) => Value): Value {
  const { kind } = operatorToken;
  const [first, second] = [valueOf(left), valueOf(right)];
  if (kind === SyntaxKind.AmpersandAmpersandToken) return first === 'truthy' ? second : first;
  if (kind === SyntaxKind.QuestionQuestionToken) return first === 'undefined' ? second : first;
  if (kind === SyntaxKind.BarBarToken) {
    if (first === 'truthy' || second === 'truthy') return 'truthy';
    return first === 'unknown' ? 'unknown' : second;
  }
  const comparison = comparisons.get(kind);
  if (comparison === undefined) return 'unknown';
  const equal = areEqual(left, first, right, second, comparison.strictly);
  return truthOf(equal === undefined ? undefined : equal === comparison.asksForEqual);
}

const comparisons: ReadonlyMap<SyntaxKind, { readonly strictly: boolean; readonly asksForEqual: boolean }> = new Map([
  [SyntaxKind.EqualsEqualsToken, { strictly: false, asksForEqual: true }],
  [SyntaxKind.EqualsEqualsEqualsToken, { strictly: true, asksForEqual: true }],
  [SyntaxKind.ExclamationEqualsToken, { strictly: false, asksForEqual: false }],
  [SyntaxKind.ExclamationEqualsEqualsToken, { strictly: true, asksForEqual: false }],
]);

/** Only comparisons with what is undefined can be told. */
function areEqual(
  left: Expression,
  first: Value,
  right: Expression,
  second: Value,
  strictly: boolean,
): boolean | undefined {
  if (first !== 'undefined' && second !== 'undefined') return undefined;
  if (first === second) return true;
  const [other, value] = first === 'undefined' ? [right, second] : [left, first];
  if (unwrap(other).kind === SyntaxKind.NullKeyword) return !strictly;
  return value === 'unknown' || value === 'undefined' ? undefined : false;
}

function literal(expression: Expression): Value {
  if (isObjectLiteralExpression(expression) || isArrayLiteralExpression(expression)) return 'truthy';
  if (isStringLiteral(expression) || isNoSubstitutionTemplateLiteral(expression)) {
    return expression.text === '' ? 'falsy' : 'truthy';
  }
  if (isNumericLiteral(expression)) return Number(expression.text) === 0 ? 'falsy' : 'truthy';
  if (expression.kind === SyntaxKind.TrueKeyword) return 'truthy';
  const isFalsy = expression.kind === SyntaxKind.FalseKeyword || expression.kind === SyntaxKind.NullKeyword;
  return isFalsy ? 'falsy' : 'unknown';
}

/** Undefined where it cannot be told. */
export function isTrue(value: Value): boolean | undefined {
  return value === 'unknown' ? undefined : value === 'truthy';
}

function truthOf(truth: boolean | undefined): Value {
  return truth === undefined ? 'unknown' : truth ? 'truthy' : 'falsy';
}

export const shortCircuits: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

/** The values of constants that no other variable shares its name with. */
function constantsIn(body: Node | undefined): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  const ambiguous = new Set<string>();
  eachVariable(body, ({ name, initializer, parent }) => {
    if (!isIdentifier(name)) return;
    const isConstant = /^const\b/.test(parent.getText());
    // What a call gives is not known anyway, and after `await` it may be anything.
    if (!isConstant || initializer === undefined || isAwaitExpression(initializer) || found.has(name.text)) {
      ambiguous.add(name.text);
    } else found.set(name.text, initializer);
  });
  for (const name of ambiguous) found.delete(name);
  return found;
}

function dependentNames(body: Node | undefined, names: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(names);
  eachVariable(body, ({ name, initializer }) => {
    if (initializer !== undefined && namesIn(initializer).some((each) => found.has(each))) {
      for (const each of namesIn(name)) found.add(each);
    }
  });
  return found;
}

function eachVariable(body: Node | undefined, use: (variable: VariableDeclaration) => void): void {
  const visit = (node: Node): undefined => {
    if (runsLater(node)) return undefined;
    if (isVariableDeclaration(node)) use(node);
    node.forEachChild(visit);
    return undefined;
  };
  body?.forEachChild(visit);
}

/** Every identifier in a node, the names of members among them. */
export function namesIn(node: Node): readonly string[] {
  const names: string[] = [];
  const visit = (each: Node): undefined => {
    if (isIdentifier(each)) names.push(each.text);
    each.forEachChild(visit);
    return undefined;
  };
  visit(node);
  return names;
}
