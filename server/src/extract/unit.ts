/**
 * What can stand as a step in a chain: a step, a workflow, an agent, a tool or a classifier. A unit is read from the
 * expression that makes it, wherever that is; where only a declaration file is left, from its type.
 */
import { opaque, type Known } from '../../../common/model/known.ts';
import type { Location } from '../../../common/model/text.ts';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import {
  isArrayLiteralExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isStringLiteral,
  locationOf,
  methodCall,
  unwrap,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from '../typescript/ast.ts';
import type { Type } from '../typescript/program.ts';
import { isUnknowable } from '../typescript/types.ts';
import { agentUnit } from './agent.ts';
import { classifierUnit } from './classifier.ts';
import { bound, deeper, outsideCalls, type Context } from './context.ts';
import { builderMethods } from './builder.ts';
import { unknownData, type Data } from './data.ts';
import { unitOfFactory } from './factory.ts';
import { clonedWorkflowUnit, workflowUnit } from './nested.ts';
import { literalOfType, optionString, readOptions } from './options.ts';
import { declaredName } from './resolve.ts';
import { schemaSide, schemaTypeSide, type Side } from './schema.ts';
import { literalStepUnit, stepUnit } from './step.ts';
import { toolUnit } from './tool.ts';

/** One side of a unit's schemas. */
export type UnitSchema = (which: 'inputSchema' | 'outputSchema', side: Side) => Promise<Data>;

interface UnitBase {
  readonly id: Known<string>;
  /** Where it is declared: the declared name. */
  readonly definition: Location | undefined;
  readonly description: string | undefined;
  /** One side of its `inputSchema` or `outputSchema`. */
  readonly schema: UnitSchema;
}

export type Unit =
  | (UnitBase & {
      readonly kind: 'step';
      readonly canSuspend: boolean;
      /** The function that runs it, where it is written out. */
      readonly execute?: Node;
      /** What that function returns, of a step without an output schema: Mastra hands it on as it is. */
      readonly result?: () => Promise<Data>;
    })
  | (UnitBase & { readonly kind: 'workflow'; readonly target: Known<WorkflowKey> })
  | (UnitBase & { readonly kind: 'agent' | 'tool' | 'classifier' })
  | { readonly kind: 'opaque'; readonly reason: string };

export type KnownUnit = Exclude<Unit, { kind: 'opaque' }>;

/** What leaves a unit. */
export function outputOf(unit: KnownUnit): Promise<Data> {
  return unit.kind === 'step' && unit.result !== undefined ? unit.result() : unit.schema('outputSchema', 'output');
}

export function opaqueUnit(reason: string): Unit {
  return { kind: 'opaque', reason };
}

/** Names and calls that are followed from one expression at most. */
const deepest = 24;

/** The unit that an expression stands for. */
export async function unitOf(outer: Context, given: Expression): Promise<Unit> {
  const expression = unwrap(given);
  const context = deeper(outer);
  if (context.depth > deepest) return opaqueUnit('its definition leads in a circle');
  const argument = isIdentifier(expression) ? context.bindings.expressions.get(expression.text) : undefined;
  if (argument !== undefined) return unitOf(outsideCalls(context), argument);
  const resolved = await context.resolve(expression);
  switch (resolved.kind) {
    case 'expression':
      return unitOfExpression(context, resolved.expression, resolved.declaration, expression);
    case 'mastra':
    case 'declaration':
      return unitOfType(context, expression, 'it is not made with createStep or createWorkflow in the source');
    case 'unknown':
      return unitOfType(context, expression, resolved.reason);
  }
}

async function unitOfExpression(
  context: Context,
  expression: Expression,
  declaration: Node | undefined,
  use: Expression,
): Promise<Unit> {
  // Finished answers only: units that lead in a circle must not wait for each other.
  const before = context.units.get(expression);
  if (before !== undefined) return before;
  const unit = await readUnit(context, expression, declaration, use);
  context.units.set(expression, unit);
  return unit;
}

async function readUnit(
  context: Context,
  expression: Expression,
  declaration: Node | undefined,
  use: Expression,
): Promise<Unit> {
  if (isCallExpression(expression) || isNewExpression(expression)) {
    const chained = methodCall(expression);
    if (chained !== undefined && builderMethods.has(chained.name.text)) {
      return renamed(await unitOf(context, chained.receiver), declaration);
    }
    return unitOfCall(context, expression, declaration, use);
  }
  if (isObjectLiteralExpression(expression)) return literalStepUnit(context, expression, declaration);
  if (isConditionalExpression(expression)) return opaqueUnit('which step it is depends on a condition');
  if (isStringLiteral(expression)) return opaqueUnit(`the step is looked up by the id '${expression.text}'`);
  if (isArrayLiteralExpression(expression)) return opaqueUnit('a list of steps where one step is expected');
  return unitOfType(context, use, 'the step is chosen while the program runs');
}

async function unitOfCall(
  context: Context,
  call: CallExpression | NewExpression,
  declaration: Node | undefined,
  use: Expression,
): Promise<Unit> {
  const definition = declaration === undefined ? undefined : locationOf(declaredName(declaration));
  const callee = await context.resolve(call.expression);
  if (callee.kind !== 'mastra') {
    const made = await unitOfFactory(context, call, callee);
    if (made === undefined) return unitOfType(context, use, 'it is made by a function that cannot be read');
    return made;
  }
  switch (callee.name) {
    case 'createStep':
    case 'Step':
      return stepUnit(context, call, definition);
    case 'cloneStep':
      return clonedStepUnit(context, call, definition);
    case 'createWorkflow':
    case 'createEventedWorkflow':
    case 'Workflow':
      return workflowUnit(context, call, definition);
    case 'cloneWorkflow':
      return clonedWorkflowUnit(context, call, definition);
    case 'createTool':
    case 'Tool':
      return toolUnit(context, call, definition);
    case 'Agent':
      return agentUnit(context, call, definition);
    case 'Classifier':
    case 'createClassifier':
      return classifierUnit(context, call, definition);
    default:
      return unitOfType(context, use, `it is made with ${callee.name}()`);
  }
}

async function clonedStepUnit(
  context: Context,
  call: CallExpression | NewExpression,
  definition: Location | undefined,
): Promise<Unit> {
  const [source, given] = call.arguments ?? [];
  if (source === undefined) return opaqueUnit('cloneStep() without a step');
  const [unit, options] = await Promise.all([unitOf(context, source), readOptions(context, given)]);
  if (unit.kind === 'opaque') return unit;
  const id = await optionString(context, options, 'id');
  // The runtime copies an agent or tool step as a plain step: only its reference makes it more than that.
  const canSuspend = unit.kind === 'step' && unit.canSuspend;
  return {
    kind: 'step',
    canSuspend,
    id,
    definition: definition ?? unit.definition,
    description: unit.description,
    schema: unit.schema,
  };
}

/** The declaration nearest to the use names it when the value itself has no name. */
function renamed(unit: Unit, declaration: Node | undefined): Unit {
  if (unit.kind === 'opaque' || unit.definition !== undefined || declaration === undefined) return unit;
  return { ...unit, definition: locationOf(declaredName(declaration)) };
}

/** From the type alone: what a package without source, a parameter or an unreadable factory leaves. */
export async function unitOfType(context: Context, expression: Expression, reason: string): Promise<Unit> {
  const { program } = context;
  const type = await program.typeAt(expression);
  if (type === undefined || isUnknowable(type)) return opaqueUnit(reason);
  const name = (await program.typeName(type))?.name;
  const id = await propertyLiteral(context, type, 'id');
  const base = {
    id: id ?? opaque(reason),
    definition: undefined,
    description: undefined,
    schema: (which: 'inputSchema' | 'outputSchema', side: Side) => memberSchema(context, type, which, side),
  };
  if (name === 'Workflow' || name === 'AnyWorkflow') {
    return { ...base, kind: 'workflow', target: opaque(reason) };
  }
  if (name === 'Agent') return { ...base, kind: 'agent' };
  if (name === 'Classifier') return { ...base, kind: 'classifier' };
  if (name === 'Tool') return { ...base, kind: 'tool' };
  const [input, execute] = await Promise.all([
    program.property(type, 'inputSchema'),
    program.property(type, 'execute'),
  ]);
  if (input === undefined || execute === undefined) return opaqueUnit(reason);
  return { ...base, kind: 'step', canSuspend: false };
}

async function propertyLiteral(context: Context, type: Type, name: string): Promise<Known<string> | undefined> {
  const symbol = await context.program.property(type, name);
  const value = symbol === undefined ? undefined : await context.program.typeOf(symbol);
  return value === undefined ? undefined : literalOfType(value);
}

async function memberSchema(context: Context, type: Type, which: string, side: Side): Promise<Data> {
  const symbol = await context.program.property(type, which);
  const schema = symbol === undefined ? undefined : await context.program.typeOf(symbol);
  if (schema === undefined) return unknownData(`there is no ${which}`);
  const value = (await context.program.nonNullable(schema)) ?? schema;
  const data = await schemaTypeSide(context.program, value, side);
  return data.kind === 'type' ? { ...data, exact: false } : data;
}

/** One side of a schema expression; `step.outputSchema` is the step's own schema, not Mastra's erased copy of it. */
export async function schemaExpressionSide(context: Context, given: Expression, side: Side): Promise<Data> {
  const expression = bound(context, given);
  if (isPropertyAccessExpression(expression)) {
    const which = expression.name.text;
    if (which === 'inputSchema' || which === 'outputSchema') {
      const unit = await unitOf(context, expression.expression);
      if (unit.kind !== 'opaque') return unit.schema(which, side);
    }
  }
  return schemaSide(context.program, expression, side);
}
