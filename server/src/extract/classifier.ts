/** Classifiers as steps: they take any input; what they leave is known from the type of the step or chain they are in. */
import type { Location } from '../../../common/model/text.ts';
import type { CallExpression, Expression, NewExpression } from '../typescript/ast.ts';
import type { Context } from './context.ts';
import { typeData, unknownData, type Data } from './data.ts';
import { hasOption, optionString, readOptions } from './options.ts';
import { schemaTypeSide } from './schema.ts';
import type { KnownUnit, Unit } from './unit.ts';

export async function classifierUnit(
  context: Context,
  call: CallExpression | NewExpression,
  definition: Location | undefined,
): Promise<Unit> {
  const options = await readOptions(context, call.arguments?.[0]);
  return {
    kind: 'classifier',
    id: await optionString(context, options, 'id'),
    definition,
    description: undefined,
    schema: (which) =>
      Promise.resolve<Data>(
        which === 'inputSchema' ? { kind: 'anything' } : unknownData('the answers are known where it is used'),
      ),
  };
}

/** `createStep(classifier, { id })`. */
export async function classifierAsStep(
  context: Context,
  unit: KnownUnit,
  call: CallExpression | NewExpression,
  settings: Expression | undefined,
  definition: Location | undefined,
): Promise<Unit> {
  const options = await readOptions(context, settings);
  return {
    kind: 'classifier',
    id: hasOption(options, 'id') === false ? unit.id : await optionString(context, options, 'id'),
    definition: definition ?? unit.definition,
    description: undefined,
    schema: async (which) => (which === 'inputSchema' ? { kind: 'anything' } : stepOutput(context, call)),
  };
}

async function stepOutput(context: Context, step: Expression): Promise<Data> {
  const { program } = context;
  const type = await program.typeAt(step);
  const symbol = type === undefined ? undefined : await program.property(type, 'outputSchema');
  const schema = symbol === undefined ? undefined : await program.typeOf(symbol);
  return schema === undefined ? unknownData('the answers are not known') : schemaTypeSide(program, schema, 'output');
}

/** What a workflow passes on after `.classifier(x)`: the checker has it as the chain's previous output. */
export async function chainOutput(context: Context, chain: Expression): Promise<Data> {
  const type = await context.program.typeAt(chain);
  const typeArguments = type === undefined ? [] : await context.program.typeArguments(type);
  return typeData(typeArguments.length >= 8 ? typeArguments[6] : undefined, true, 'the answers are not known');
}
