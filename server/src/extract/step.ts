/** `createStep({...})`, `createStep(agent | tool | workflow)` and literal `{ id, inputSchema, outputSchema, execute }` steps. */
import type { Location } from '../../../common/model/text.ts';
import { opaque } from '../../../common/model/known.ts';
import {
  containsNode,
  isIdentifier,
  literalText,
  locationOf,
  methodCall,
  isCallExpression,
  type CallExpression,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
} from '../typescript/ast.ts';
import type { Program, Type } from '../typescript/program.ts';
import { agentAsStep } from './agent.ts';
import { classifierAsStep } from './classifier.ts';
import { bound, type Context } from './context.ts';
import { unknownData, type Data } from './data.ts';
import {
  hasOption,
  optionExpression,
  optionFunction,
  optionSchema,
  optionString,
  optionType,
  readOptions,
  type Options,
} from './options.ts';
import { declaredName } from './resolve.ts';
import { resultOfType } from './result.ts';
import { opaqueUnit, unitOf, unitOfType, type Unit } from './unit.ts';

/** A call of `createStep`. */
export async function stepUnit(
  context: Context,
  call: CallExpression | NewExpression,
  definition: Location | undefined,
): Promise<Unit> {
  const [argument, settings] = call.arguments ?? [];
  if (argument === undefined) return opaqueUnit('createStep() without options');
  const options = await readOptions(context, argument);
  if (options.literal !== undefined) return stepFromOptions(context, options, definition);
  const unit = await unitOf(context, bound(context, argument));
  switch (unit.kind) {
    case 'agent':
      return agentAsStep(context, unit, settings, definition);
    case 'tool':
      return { ...unit, definition: definition ?? unit.definition };
    case 'classifier':
      return classifierAsStep(context, unit, call, settings, definition);
    case 'workflow':
      // createStep(workflow) copies it into a plain step.
      return { ...unit, kind: 'step', canSuspend: false, definition: definition ?? unit.definition };
    case 'step':
      return { ...unit, definition: definition ?? unit.definition };
    case 'opaque':
      return stepOfArgument(context, call, options, definition, unit.reason);
  }
}

/** Options of a type alone, or a processor, of which only the type of the whole call tells the step. */
async function stepOfArgument(
  context: Context,
  call: CallExpression | NewExpression,
  options: Options,
  definition: Location | undefined,
  reason: string,
): Promise<Unit> {
  const type = options.given === undefined ? undefined : await context.program.typeAt(options.given);
  const hasSchema = type !== undefined && (await context.program.property(type, 'inputSchema')) !== undefined;
  if (hasSchema) return stepFromOptions(context, options, definition);
  const unit = await unitOfType(context, call, reason);
  return unit.kind === 'opaque' ? unit : { ...unit, definition };
}

/** A step written as an object literal, without `createStep`. */
export async function literalStepUnit(
  context: Context,
  literal: ObjectLiteralExpression,
  declaration: Node | undefined,
): Promise<Unit> {
  const options: Options = { given: literal, literal };
  if (hasOption(options, 'id') === false || hasOption(options, 'execute') === false) {
    return opaqueUnit('an object that is not a step');
  }
  return stepFromOptions(
    context,
    options,
    declaration === undefined ? undefined : locationOf(declaredName(declaration)),
  );
}

async function stepFromOptions(context: Context, options: Options, definition: Location | undefined): Promise<Unit> {
  const id = options.given === undefined ? opaque('there is no id') : await optionString(context, options, 'id');
  const execute = optionFunction(options, 'execute');
  return {
    kind: 'step',
    id,
    definition,
    description: literalText(optionExpression(options, 'description')),
    canSuspend:
      hasOption(options, 'suspendSchema') === true ||
      hasOption(options, 'resumeSchema') === true ||
      callsSuspend(execute),
    ...(execute === undefined ? {} : { execute }),
    ...(hasOption(options, 'outputSchema') === false ? { result: () => resultOfExecute(context, options) } : {}),
    schema: (which, side) => optionSchema(context, options, which, side),
  };
}

/** What `execute` returns. It counts as inferred, since nothing compares it with what the next step needs. */
async function resultOfExecute(context: Context, options: Options): Promise<Data> {
  const { program } = context;
  const type = await optionType(context, options, 'execute');
  const returned = type === undefined ? undefined : await program.returnType(type);
  const result = returned === undefined ? undefined : await resultOfType(program, returned);
  if (result?.kind !== 'type') return unknownData('there is no outputSchema');
  // A thenable of a library yields what only that library knows.
  return (await isReadable(program, result.type))
    ? { ...result, inferred: true }
    : unknownData('there is no outputSchema');
}

/** Not so a thenable of a library, which yields what only that library knows, and `{}`, a way of writing "some object". */
async function isReadable(program: Program, type: Type): Promise<boolean> {
  if (!type.isObjectType() && !type.isIntersectionType()) return true;
  const fields = await program.properties(type);
  return fields.length > 0 && !fields.some(({ name }) => name === 'then');
}

/** True when the body calls `suspend(...)`, bare or as a method of the context. */
function callsSuspend(execute: Node | undefined): boolean {
  if (execute === undefined) return false;
  return containsNode(execute, (node) => {
    if (!isCallExpression(node)) return false;
    const callee = node.expression;
    return isIdentifier(callee) ? callee.text === 'suspend' : methodCall(node)?.name.text === 'suspend';
  });
}
