/** The options object of `createStep`, `createWorkflow`, `new Agent` and the like: from its literal, else from its type. */
import { known, opaque, type Known } from '../../../common/model/known.ts';
import {
  hasSpread,
  isArrowFunction,
  isBinaryExpression,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isTemplateExpression,
  literalText,
  nameText,
  propertyOf,
  SyntaxKind,
  unwrap,
  type Expression,
  type Node,
  type ObjectLiteralExpression,
} from '../typescript/ast.ts';
import type { Type } from '../typescript/program.ts';
import { bound, type Context } from './context.ts';
import { unknownData, type Data } from './data.ts';
import { schemaTypeSide, type Side } from './schema.ts';
import { schemaExpressionSide } from './unit.ts';

export interface Options {
  /** The expression given, and the literal it leads to. */
  readonly given: Expression | undefined;
  readonly literal: ObjectLiteralExpression | undefined;
}

export async function readOptions(context: Context, given: Expression | undefined): Promise<Options> {
  if (given === undefined) return { given, literal: undefined };
  const direct = bound(context, given);
  if (isIdentifier(direct) && direct.text === 'undefined') return { given: undefined, literal: undefined };
  if (isObjectLiteralExpression(direct)) return { given, literal: direct };
  const resolved = await context.resolve(direct);
  const literal =
    resolved.kind === 'expression' && isObjectLiteralExpression(resolved.expression) ? resolved.expression : undefined;
  return { given: direct, literal };
}

/** The expression of an option that is written out; undefined when it is absent or comes through a spread. */
export function optionExpression(options: Options, name: string): Expression | undefined {
  const value = options.literal === undefined ? undefined : propertyOf(options.literal, name);
  return value === undefined ? undefined : unwrap(value);
}

/** The function given for an option, as an arrow function, a function expression or a method. */
export function optionFunction(options: Options, name: string): Node | undefined {
  const value = optionExpression(options, name);
  if (value !== undefined) return isArrowFunction(value) || isFunctionExpression(value) ? value : undefined;
  return options.literal?.properties.find(
    (property) => isMethodDeclaration(property) && nameText(property.name) === name,
  );
}

/** Whether an option is given at all; undefined when the options are not written out. */
export function hasOption(options: Options, name: string): boolean | undefined {
  if (options.given === undefined) return false;
  if (options.literal === undefined) return undefined;
  if (optionExpression(options, name) !== undefined || optionFunction(options, name) !== undefined) return true;
  return hasSpread(options.literal) ? undefined : false;
}

/** A string option: written out, or of a literal type. */
export async function optionString(context: Context, options: Options, name: string): Promise<Known<string>> {
  const expression = optionExpression(options, name);
  if (expression !== undefined) return stringValue(context, expression, name);
  if (hasOption(options, name) === false) return opaque(`there is no ${name}`);
  const type = await optionType(context, options, name);
  return (type === undefined ? undefined : literalOfType(type)) ?? opaque(`the ${name} is computed`);
}

/** The text of an expression when it is certain. */
export async function stringValue(context: Context, given: Expression, name = 'value'): Promise<Known<string>> {
  const written = writtenString(context, given);
  const expression = bound(context, given);
  if (written !== undefined) return known(written);
  const resolved = isIdentifier(expression) ? await context.resolve(expression) : undefined;
  if (resolved?.kind === 'expression') {
    const value = writtenString(context, resolved.expression);
    if (value !== undefined) return known(value);
  }
  const type = await context.program.typeAt(expression);
  return (type === undefined ? undefined : literalOfType(type)) ?? opaque(`the ${name} is computed`);
}

/** The text of a literal, or of literals and bound parameters put together. */
export function writtenString(context: Context, given: Expression): string | undefined {
  const parameter = unwrap(given);
  const certain = isIdentifier(parameter) ? context.bindings.strings.get(parameter.text) : undefined;
  if (certain !== undefined) return certain;
  const expression = bound(context, given);
  const text = literalText(expression);
  if (text !== undefined) return text;
  if (isBinaryExpression(expression) && expression.operatorToken.kind === SyntaxKind.PlusToken) {
    const left = writtenString(context, expression.left);
    const right = writtenString(context, expression.right);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  if (!isTemplateExpression(expression)) return undefined;
  let value = expression.head.text;
  for (const span of expression.templateSpans) {
    const part = writtenString(context, span.expression);
    if (part === undefined) return undefined;
    value += part + span.literal.text;
  }
  return value;
}

export function literalOfType(type: Type): Known<string> | undefined {
  return type.isStringLiteralType() ? known(type.value) : undefined;
}

/** One side of a schema option. */
export async function optionSchema(context: Context, options: Options, name: string, side: Side): Promise<Data> {
  const expression = optionExpression(options, name);
  if (expression !== undefined) return schemaExpressionSide(context, expression, side);
  if (hasOption(options, name) === false) return unknownData(`there is no ${name}`);
  const type = await optionType(context, options, name);
  return type === undefined
    ? unknownData(`the ${name} cannot be read from the source`)
    : schemaTypeSide(context.program, type, side);
}

/** The type of an option, however it is given. */
export async function optionType(context: Context, options: Options, name: string): Promise<Type | undefined> {
  if (options.given === undefined) return undefined;
  const type = await context.program.typeAt(options.given);
  const symbol = type === undefined ? undefined : await context.program.property(type, name);
  return symbol === undefined ? undefined : context.program.typeOf(symbol);
}
