/** What the installed declarations of `@mastra/core` have, asked for single candidates. */
import type { Expression, FunctionExpression, ArrowFunction, MethodDeclaration } from '../../../typescript/ast.ts';
import {
  isAsExpression,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  nameText,
  SyntaxKind,
} from '../../../typescript/ast.ts';
import type { Program, Symbol, Type } from '../../../typescript/program.ts';
import { isUnknowable } from '../../../typescript/types.ts';
import type { Context } from '../../context.ts';

export interface CoreInstance {
  readonly className: string;
  readonly type: Type;
}

/** The class of `@mastra/core` of which an expression is an instance. `as any` only silences the compiler. */
export async function coreInstance(context: Context, expression: Expression): Promise<CoreInstance | undefined> {
  const { program } = context;
  if (isParenthesizedExpression(expression)) return coreInstance(context, expression.expression);
  if (isAsExpression(expression) && expression.type.kind === SyntaxKind.AnyKeyword) {
    return coreInstance(context, expression.expression);
  }
  const given = await program.typeAt(expression);
  if (given === undefined || isUnknowable(given)) return undefined;
  const type = (await program.nonNullable(given)) ?? given;
  const symbol = await program.declaringSymbol(type);
  return symbol !== undefined && isOfCore(symbol) ? { className: symbol.name, type } : undefined;
}

/** True for what is declared in `@mastra/core` itself. */
export function isOfCore(symbol: Symbol): boolean {
  return symbol.declarations.some((handle) => /\/node_modules\/@mastra\/core\//i.test(handle.path));
}

export async function hasMember(program: Program, type: Type, name: string): Promise<boolean> {
  return (await program.property(type, name)) !== undefined;
}

/** True where a type is known, closed, and has no member of that name. */
export async function lacksMember(program: Program, type: Type, name: string): Promise<boolean> {
  if (isUnknowable(type) || (await hasMember(program, type, name))) return false;
  return (await program.indexValue(type)) === undefined;
}

export type FunctionLike = ArrowFunction | FunctionExpression | MethodDeclaration;

/** What Mastra passes to a function that is written where Mastra asks for one. */
export async function parameterAskedFor(
  context: Context,
  node: FunctionLike | Expression,
  index: number,
): Promise<Type | undefined> {
  const { program } = context;
  const asked = isMethodDeclaration(node) ? await methodAskedFor(context, node) : await program.contextualType(node);
  if (asked === undefined || isUnknowable(asked)) return undefined;
  const type = (await program.nonNullable(asked)) ?? asked;
  const members = await program.constituents(type);
  const parameters = (await Promise.all(members.map((member) => program.parameterTypes(member, index)))).flat();
  const [only] = parameters;
  return parameters.length === 1 ? only : undefined;
}

async function methodAskedFor(context: Context, node: MethodDeclaration): Promise<Type | undefined> {
  const name = nameText(node.name);
  if (name === undefined || !isObjectLiteralExpression(node.parent)) return undefined;
  const holder = await context.program.contextualType(node.parent);
  const symbol = holder === undefined ? undefined : await context.program.property(holder, name);
  return symbol === undefined ? undefined : context.program.typeOf(symbol);
}
