/** Tools as steps: `createTool({...})` used through `.tool(x)` or `createStep(tool)`. */
import type { Location } from '../../../common/model/text.ts';
import { literalText, type CallExpression, type NewExpression } from '../typescript/ast.ts';
import type { Context } from './context.ts';
import { optionExpression, optionSchema, optionString, readOptions } from './options.ts';
import type { Unit } from './unit.ts';

export async function toolUnit(
  context: Context,
  call: CallExpression | NewExpression,
  definition: Location | undefined,
): Promise<Unit> {
  const options = await readOptions(context, call.arguments?.[0]);
  return {
    kind: 'tool',
    id: await optionString(context, options, 'id'),
    definition,
    description: literalText(optionExpression(options, 'description')),
    schema: (which, side) => optionSchema(context, options, which, side),
  };
}
