/** From a schema (zod 3 and 4, valibot, arktype, any Standard Schema) to the data it accepts and the data it yields. */
import type { Expression } from '../typescript/ast.ts';
import type { Program, Type } from '../typescript/program.ts';
import { isUnknowable } from '../typescript/types.ts';
import { typeData, unknownData, type Data } from './data.ts';

/** `input` is what a schema accepts (fields with defaults are optional), `output` what it yields. */
export type Side = 'input' | 'output';

/** One side of the type of a schema expression. */
export async function schemaSide(program: Program, schema: Expression, side: Side): Promise<Data> {
  const type = await program.typeAt(schema);
  if (type === undefined) return unknownData('the schema has no type');
  const data = await schemaTypeSide(program, type, side);
  return data.kind === 'type' ? { ...data, schema: { type, expression: schema } } : data;
}

/** One side of a schema's type. */
export async function schemaTypeSide(program: Program, type: Type, side: Side): Promise<Data> {
  if (isUnknowable(type)) return unknownData('the type of the schema cannot be resolved');
  // zod 3 and zod 4 carry both sides as properties of the schema itself.
  const direct = await program.property(type, side === 'input' ? '_input' : '_output');
  if (direct !== undefined) return sideData(program, await program.typeOf(direct), side, true);
  const standard = await propertyType(program, type, '~standard');
  const types = standard === undefined ? undefined : await propertyType(program, standard, 'types');
  const sides = types === undefined ? undefined : await program.nonNullable(types);
  const value = sides === undefined ? undefined : await propertyType(program, sides, side);
  if (value === undefined) return unknownData('the schema is of a kind whose data type cannot be read');
  return sideData(program, value, side, !(await isErased(program, type)));
}

/** `z.any()` accepts anything; what it yields is not known. */
async function sideData(program: Program, type: Type | undefined, side: Side, exact: boolean): Promise<Data> {
  if (type !== undefined && side === 'input' && isUnknowable(type)) return { kind: 'anything' };
  if (type !== undefined && (await isProcessorMessage(program, type))) {
    return side === 'input' ? { kind: 'anything' } : unknownData('a processor passes messages on');
  }
  return typeData(type, exact, 'the schema yields any value');
}

/** Mastra's own `StandardSchemaWithJSON<T>`: both sides are T there, the output of the schema it was made from. */
async function isErased(program: Program, type: Type): Promise<boolean> {
  return (await program.typeName(type))?.name === 'StandardSchemaWithJSON';
}

async function propertyType(program: Program, type: Type, name: string): Promise<Type | undefined> {
  const symbol = await program.property(type, name);
  return symbol === undefined ? undefined : program.typeOf(symbol);
}

/**
 * Mastra's schemas of what processors pass to each other: the type of their output is wider than that of their input,
 * although every processor takes what another one leaves.
 */
async function isProcessorMessage(program: Program, type: Type): Promise<boolean> {
  return (await program.aliasName(type))?.name.startsWith('ProcessorStep') ?? false;
}
