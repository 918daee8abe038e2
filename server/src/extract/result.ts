/** What a mapping function hands on: its awaited result, without what ends the run (`suspend()`, `bail()`). */
import type { Expression } from '../typescript/ast.ts';
import { TypeFlags, type Program, type Type } from '../typescript/program.ts';
import type { Context } from './context.ts';
import { typeData, unknownData, type Data } from './data.ts';

/** Undefined when the expression is no function. */
export async function functionResult(context: Context, expression: Expression): Promise<Data | undefined> {
  const { program } = context;
  const type = await program.typeAt(expression);
  const returned = type === undefined ? undefined : await program.returnType(type);
  return returned === undefined ? undefined : resultOfType(program, returned);
}

/** What is handed on where a function of this return type is awaited. */
export async function resultOfType(program: Program, returned: Type): Promise<Data> {
  const awaited = await Promise.all((await membersOf(program, returned)).map((member) => awaitedType(program, member)));
  const [sole] = awaited;
  const parts = (await Promise.all(awaited.map((member) => membersOf(program, member)))).flat();
  const ending = await Promise.all(parts.map((part) => endsRun(program, part)));
  if (awaited.length === 1 && sole !== undefined && !ending.includes(true)) return resultData(sole);
  const results = parts.filter((_, index) => ending[index] === false).map(resultData);
  const [only] = results;
  if (only === undefined) return unknownData('the function returns nothing');
  return results.length === 1 ? only : { kind: 'oneOf', members: results };
}

/** The members of a union. The brand of `suspend()` is an intersection, which is one type. */
async function membersOf(program: Program, type: Type): Promise<readonly Type[]> {
  return type.isUnionType() ? program.constituents(type) : [type];
}

function resultData(type: Type): Data {
  return typeData(type, true, 'the function returns any');
}

async function awaitedType(program: Program, type: Type): Promise<Type> {
  const name = (await program.typeName(type))?.name;
  if (name !== 'Promise' && name !== 'PromiseLike') return type;
  return (await program.typeArguments(type))[0] ?? type;
}

/** Mastra's brand for `suspend()` and `bail()`; a bare `void` is a path without a result of its own. */
async function endsRun(program: Program, type: Type): Promise<boolean> {
  if ((type.flags & TypeFlags.Void) !== 0) return true;
  if (!type.isIntersectionType()) return false;
  if ((await program.typeName(type))?.name === 'InnerOutput') return true;
  return (await program.constituents(type)).some((part) => (part.flags & TypeFlags.Void) !== 0);
}
