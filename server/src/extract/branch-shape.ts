/** What stands in a `.branch` and is no `[condition, step]` pair, and the pairs that it was meant to be. */
import type { MalformedBranch } from '../../../common/model/workflow.ts';
import {
  hasSpread,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isObjectLiteralExpression,
  isOmittedExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteral,
  locationOf,
  nameText,
  propertyOf,
  rangeBetween,
  SyntaxKind,
  unwrap,
  type ArrayLiteralExpression,
  type Expression,
  type ObjectLiteralExpression,
} from '../typescript/ast.ts';
import type { Context } from './context.ts';
import type { Segment } from './draft.ts';
import type { ListElement } from './list.ts';
import { hasOption } from './options.ts';
import { unitOf } from './unit.ts';

/** What an expression certainly is; `unknown` where the source does not tell. */
type Part =
  | { readonly kind: 'function' | 'step' | 'value' | 'unknown' }
  | { readonly kind: 'pair'; readonly literal: ArrayLiteralExpression }
  | { readonly kind: 'object'; readonly literal: ObjectLiteralExpression };

/** Everything in the list of a `.branch`, or in its place, that cannot be read as a pair when the workflow is built or run. */
export async function malformedBranches(
  context: Context,
  segment: Segment,
  elements: readonly ListElement[],
): Promise<readonly MalformedBranch[]> {
  const [list] = segment.call.arguments;
  if (list === undefined) return [];
  const whole = await partOf(context, list);
  if (whole.kind !== 'pair') return malformedList(segment, list, whole);
  const parts = await Promise.all(
    elements.map(async (element) => ({
      expression: element.expression,
      part: element.kind === 'opaque' ? ({ kind: 'unknown' } as const) : await partOf(context, element.expression),
    })),
  );
  const flat = flatPairs(parts);
  if (flat !== undefined && unwrap(list) === whole.literal) {
    return [{ ...locationOf(list), found: 'parts', correction: { ...locationOf(list), newText: `[${flat}]` } }];
  }
  const judged = await Promise.all(parts.map(({ expression, part }) => malformedElement(context, expression, part)));
  return judged.filter((found) => found !== undefined);
}

/** `.branch({ when, then })` and `.branch(condition, step)`. */
function malformedList(segment: Segment, list: Expression, whole: Part): readonly MalformedBranch[] {
  switch (whole.kind) {
    case 'object': {
      const pairs = pairsOfObject(whole.literal);
      const correction = { ...locationOf(whole.literal), newText: `[${pairs ?? ''}]` };
      return [{ ...locationOf(list), found: 'object', ...(pairs === undefined ? {} : { correction }) }];
    }
    case 'function': {
      const [, step, otherwise, ...more] = segment.call.arguments;
      const pairs = step === undefined || more.length > 0 ? undefined : pairsText(list, step, otherwise);
      const last = segment.call.arguments.at(-1) ?? list;
      const file = list.getSourceFile();
      const correction = {
        file: file.fileName,
        range: rangeBetween(file, list.getStart(), last.getEnd()),
        newText: `[${pairs ?? ''}]`,
      };
      return [{ ...locationOf(list), found: 'function', ...(pairs === undefined ? {} : { correction }) }];
    }
    case 'step':
    case 'value':
      return [{ ...locationOf(list), found: whole.kind }];
    case 'pair':
    case 'unknown':
      return [];
  }
}

interface ListPart {
  readonly expression: Expression;
  readonly part: Part;
}

/** The pairs of `[condition, step, condition, step]`; undefined for every other list. */
function flatPairs(parts: readonly ListPart[]): string | undefined {
  if (parts.length === 0 || parts.length % 2 !== 0) return undefined;
  const alternate = parts.every(({ part }, index) => part.kind === (index % 2 === 0 ? 'function' : 'step'));
  if (!alternate) return undefined;
  const pairs = parts.flatMap(({ expression }, index) => {
    const step = parts[index + 1];
    return index % 2 === 0 && step !== undefined ? [pairText(expression.getText(), step.expression)] : [];
  });
  return pairs.join(', ');
}

async function malformedElement(
  context: Context,
  expression: Expression,
  part: Part,
): Promise<MalformedBranch | undefined> {
  const place = locationOf(expression);
  switch (part.kind) {
    case 'object': {
      const pairs = pairsOfObject(part.literal, lineBreakBefore(part.literal));
      const correction = { ...locationOf(part.literal), newText: pairs ?? '' };
      // Two pairs can only stand where the list itself is.
      const fits =
        pairs !== undefined && (unwrap(expression) === part.literal || optionOf(part.literal, 2) === undefined);
      return { ...place, found: 'object', ...(fits ? { correction } : {}) };
    }
    case 'function':
    case 'step':
    case 'value':
      return { ...place, found: part.kind };
    case 'pair':
      return malformedPair(context, expression, part.literal);
    case 'unknown':
      return undefined;
  }
}

async function malformedPair(
  context: Context,
  expression: Expression,
  literal: ArrayLiteralExpression,
): Promise<MalformedBranch | undefined> {
  const parts = literal.elements;
  if (parts.some((part) => isSpreadElement(part) || isOmittedExpression(part))) return undefined;
  const [condition, step] = parts;
  if (condition === undefined || step === undefined) return { ...locationOf(expression), found: 'incomplete' };
  const [first, second] = await Promise.all([partOf(context, condition), partOf(context, step)]);
  if (first.kind === 'step' && second.kind === 'function') {
    const newText = `[${step.getText()}, ${condition.getText()}]`;
    return { ...locationOf(expression), found: 'swapped', correction: { ...locationOf(literal), newText } };
  }
  if (first.kind === 'value' || first.kind === 'step' || isForeignObject(first)) {
    const fixed = isConstant(condition) ? { newText: `async () => ${condition.getText()}` } : undefined;
    const place = locationOf(condition);
    return { ...place, found: 'condition', ...(fixed === undefined ? {} : { correction: { ...place, ...fixed } }) };
  }
  return second.kind === 'function' && first.kind === 'function'
    ? { ...locationOf(step), found: 'not-a-step' }
    : undefined;
}

/** An object as a condition, other than the declarative `{ predicate }`. */
function isForeignObject(part: Part): boolean {
  return part.kind === 'object' && hasOption({ given: part.literal, literal: part.literal }, 'predicate') === false;
}

function isConstant(expression: Expression): boolean {
  const { kind } = unwrap(expression);
  return kind === SyntaxKind.TrueKeyword || kind === SyntaxKind.FalseKeyword;
}

async function partOf(context: Context, given: Expression): Promise<Part> {
  const resolved = await context.resolve(given);
  if (resolved.kind === 'declaration') return { kind: isFunctionDeclaration(resolved.node) ? 'function' : 'unknown' };
  if (resolved.kind !== 'expression') return { kind: 'unknown' };
  const { expression } = resolved;
  if (isArrayLiteralExpression(expression)) return { kind: 'pair', literal: expression };
  if (isArrowFunction(expression) || isFunctionExpression(expression)) return { kind: 'function' };
  if (isValue(expression)) return { kind: 'value' };
  const isObject = isObjectLiteralExpression(expression);
  if (isObject || isCallExpression(expression) || isNewExpression(expression)) {
    const unit = await unitOf(context, given);
    if (unit.kind !== 'opaque') return { kind: 'step' };
  }
  return isObject ? { kind: 'object', literal: expression } : { kind: 'unknown' };
}

const comparisons: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.LessThanToken,
  SyntaxKind.LessThanEqualsToken,
  SyntaxKind.GreaterThanToken,
  SyntaxKind.GreaterThanEqualsToken,
]);

/** True for what is certainly neither a function nor a list nor a step: literals, comparisons, negations. */
function isValue(expression: Expression): boolean {
  if (isStringLiteral(expression) || isNoSubstitutionTemplateLiteral(expression)) return true;
  if (isNumericLiteral(expression) || isConstant(expression) || expression.kind === SyntaxKind.NullKeyword) return true;
  if (isPrefixUnaryExpression(expression)) return expression.operator === SyntaxKind.ExclamationToken;
  return isBinaryExpression(expression) && comparisons.has(expression.operatorToken.kind);
}

/** The names that people give to the condition, to its step, and to the step for all else. */
const optionNames: readonly (readonly string[])[] = [
  ['when', 'condition', 'if', 'predicate', 'test'],
  ['then', 'step', 'run', 'do'],
  ['otherwise', 'else', 'default'],
];

function optionOf(literal: ObjectLiteralExpression, which: 0 | 1 | 2): Expression | undefined {
  for (const name of optionNames[which] ?? []) {
    const value = propertyOf(literal, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function pairsOfObject(literal: ObjectLiteralExpression, separator?: string): string | undefined {
  const understood = literal.properties.every(
    (property) => 'name' in property && optionNames.flat().includes(nameText(property.name) ?? ''),
  );
  const [condition, step, otherwise] = [optionOf(literal, 0), optionOf(literal, 1), optionOf(literal, 2)];
  if (hasSpread(literal) || !understood || condition === undefined || step === undefined) return undefined;
  const read = [condition, step, otherwise].filter((option) => option !== undefined);
  return read.length === literal.properties.length ? pairsText(condition, step, otherwise, separator) : undefined;
}

/** `[condition, step]`, and a second pair with the opposite condition for the other step. */
function pairsText(
  condition: Expression,
  step: Expression,
  otherwise: Expression | undefined,
  separator = ' ',
): string | undefined {
  const value = unwrap(condition);
  const isCallable =
    isArrowFunction(value) || isFunctionExpression(value) || isIdentifier(value) || isPropertyAccessExpression(value);
  if (!isCallable) return undefined;
  const pair = pairText(condition.getText(), step);
  if (otherwise === undefined) return pair;
  const opposite = oppositeText(value);
  return opposite === undefined ? undefined : `${pair},${separator}${pairText(opposite, otherwise)}`;
}

/** The line break and indent in front of an element that starts a line. */
function lineBreakBefore(element: Expression): string | undefined {
  return /(?:\r\n|\n|\r)[ \t]*$/.exec(element.getSourceFile().text.slice(0, element.getStart()))?.[0];
}

function pairText(condition: string, step: Expression): string {
  return `[${condition}, ${step.getText()}]`;
}

/** The source text of a condition that holds when this one does not; undefined for a function with a body of statements. */
function oppositeText(condition: Expression): string | undefined {
  if (isIdentifier(condition) || isPropertyAccessExpression(condition)) {
    return `async (context) => !(await ${condition.getText()}(context))`;
  }
  if (!isArrowFunction(condition) || isBlock(condition.body)) return undefined;
  const { body } = condition;
  const head = condition.getSourceFile().text.slice(condition.getStart(), body.getStart());
  const isSimple = isIdentifier(body) || isPropertyAccessExpression(body) || isParenthesizedExpression(body);
  return `${head}!${isSimple ? body.getText() : `(${body.getText()})`}`;
}
