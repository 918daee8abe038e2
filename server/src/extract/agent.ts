/** Agents as steps: `.agent(x)`, `createStep(agent, options)`. They need `{ prompt: string }` and leave `{ text: string }`. */
import type { Location } from '../../../common/model/text.ts';
import { literalText, type CallExpression, type Expression, type NewExpression } from '../typescript/ast.ts';
import type { Context } from './context.ts';
import { unknownData, type Data } from './data.ts';
import { hasOption, optionExpression, optionSchema, optionString, readOptions } from './options.ts';
import type { Side } from './schema.ts';
import type { KnownUnit, Unit } from './unit.ts';

/** `new Agent({...})`. Its id is `id`, else `name`, as the runtime has it. */
export async function agentUnit(
  context: Context,
  call: CallExpression | NewExpression,
  definition: Location | undefined,
): Promise<Unit> {
  const options = await readOptions(context, call.arguments?.[0]);
  const id = await optionString(context, options, hasOption(options, 'id') === false ? 'name' : 'id');
  return {
    kind: 'agent',
    id,
    definition,
    description: literalText(optionExpression(options, 'description')),
    schema: agentSchema(context, undefined),
  };
}

/** An agent with the options of its use, of which `structuredOutput` decides what it leaves. */
export function agentAsStep(
  context: Context,
  unit: KnownUnit,
  settings: Expression | undefined,
  definition: Location | undefined,
): Unit {
  return {
    kind: 'agent',
    id: unit.id,
    definition: definition ?? unit.definition,
    description: unit.description,
    schema: agentSchema(context, settings),
  };
}

/** What an agent step needs and leaves. */
export function agentSchema(context: Context, settings: Expression | undefined) {
  return async (which: 'inputSchema' | 'outputSchema', side: Side): Promise<Data> => {
    if (which === 'inputSchema') return textField(context, 'prompt');
    if (settings === undefined) return textField(context, 'text');
    const options = await readOptions(context, settings);
    const given = hasOption(options, 'structuredOutput');
    if (given === false) return textField(context, 'text');
    const structured = optionExpression(options, 'structuredOutput');
    if (given === undefined || structured === undefined) return unknownData('the options of the agent are computed');
    return optionSchema(context, await readOptions(context, structured), 'schema', side);
  };
}

async function textField(context: Context, name: string): Promise<Data> {
  const type = await context.program.stringType();
  if (type === undefined) return unknownData('the type string is not known');
  return { kind: 'object', fields: [{ name, optional: false, data: { kind: 'type', type, exact: true } }] };
}
