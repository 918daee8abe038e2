/** Workflows as steps: `.then(workflow)`, and copies made with `cloneWorkflow`. */
import { known, opaque } from '../../../common/model/known.ts';
import type { Location } from '../../../common/model/text.ts';
import { literalText, locationOf, type CallExpression, type NewExpression } from '../typescript/ast.ts';
import type { Context } from './context.ts';
import { creationOf } from './creation.ts';
import { optionExpression, optionSchema, optionString, readOptions } from './options.ts';
import { opaqueUnit, unitOf, type Unit } from './unit.ts';

/** The workflow that a call of `createWorkflow` makes. */
export async function workflowUnit(
  context: Context,
  call: CallExpression | NewExpression,
  definition: Location | undefined,
): Promise<Unit> {
  const [options, creation] = await Promise.all([readOptions(context, call.arguments?.[0]), creationOf(context, call)]);
  return {
    kind: 'workflow',
    id: await optionString(context, options, 'id'),
    definition: creation?.nameNode === undefined ? definition : locationOf(creation.nameNode),
    description: literalText(optionExpression(options, 'description')),
    target: creation === undefined ? opaque('the workflow is not found in its file') : known(creation.key),
    schema: (which, side) => optionSchema(context, options, which, side),
  };
}

/** `cloneWorkflow(workflow, { id })`: a workflow of its own with the chain and the schemas of another one. */
export async function clonedWorkflowUnit(
  context: Context,
  call: CallExpression | NewExpression,
  definition: Location | undefined,
): Promise<Unit> {
  const [source, given] = call.arguments ?? [];
  if (source === undefined) return opaqueUnit('cloneWorkflow() without a workflow');
  const [unit, options, creation] = await Promise.all([
    unitOf(context, source),
    readOptions(context, given),
    creationOf(context, call),
  ]);
  if (unit.kind === 'opaque') return unit;
  return {
    kind: 'workflow',
    id: await optionString(context, options, 'id'),
    definition: creation?.nameNode === undefined ? definition : locationOf(creation.nameNode),
    description: unit.description,
    target: creation === undefined ? opaque('the workflow is not found in its file') : known(creation.key),
    schema: unit.schema,
  };
}
