/** Schemas that accept more than their type says. */
import type { Difference } from '../../../common/model/flow.ts';
import type { Program } from '../typescript/program.ts';
import type { SchemaOrigin } from './data.ts';

/** Why a difference from a schema's input type may be none when the workflow runs; undefined when it is certain. */
export async function forgives(
  program: Program,
  schema: SchemaOrigin,
  difference: Difference,
): Promise<string | undefined> {
  const text = (await program.typeText(schema.type)) ?? '';
  // `.catch(value)` takes anything and keeps the type of the schema that it guards.
  if (/\bZod(Mini)?Catch</.test(text)) return 'the schema catches values that do not fit';
  if (difference.kind !== 'type') return undefined;
  // zod 3 gives `z.coerce.number()` the input type number, though it takes strings; zod 4 says unknown.
  const isFormerZod = (await program.property(schema.type, '_zod')) === undefined;
  const source = schema.expression?.getSourceFile().text ?? '';
  return isFormerZod && /\.coerce\b/.test(source) ? 'the schema may convert the value' : undefined;
}
