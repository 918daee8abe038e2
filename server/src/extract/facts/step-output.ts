/** What `execute` returns against what `outputSchema` promises, for the steps that are written out in a file. */
import type { StepOutputFact } from '../../../../common/model/facts/index.ts';
import type { Difference } from '../../../../common/model/flow.ts';
import { knownOr } from '../../../../common/model/known.ts';
import type { Range } from '../../../../common/model/text.ts';
import {
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isShorthandPropertyAssignment,
  literalText,
  locationOf,
  nameText,
  rangeBetween,
  rangeOf,
  unwrap,
  type CallExpression,
  type Expression,
  type Node,
  type ObjectLiteralExpression,
} from '../../typescript/ast.ts';
import { compare } from '../compare.ts';
import type { Context } from '../context.ts';
import { typeData, unknownData, type Data, type DataField } from '../data.ts';
import { isCertain } from '../certain.ts';
import { optionExpression, optionFunction, optionSchema, optionString, type Options } from '../options.ts';
import { resultOfType } from '../result.ts';
import { returnsOf } from '../returns.ts';
import type { FactExtractor } from './index.ts';
import { callsWithOptions } from '../occurrences.ts';

export const stepOutputs: FactExtractor = async (context, file) => {
  const candidates = callsWithOptions(file).flatMap((call) =>
    isCallExpression(call) ? (candidateOf(call) ?? []) : [],
  );
  const found = await Promise.all(candidates.map((candidate) => judge(context, candidate)));
  return found.flat();
};

/** A call that may make a step with a function and an output schema of its own. */
interface Candidate {
  readonly call: CallExpression;
  readonly options: Options;
  readonly execute: Node;
  readonly schema: Expression;
  readonly returns: readonly Expression[];
}

function candidateOf(call: CallExpression): Candidate | undefined {
  const [given] = call.arguments;
  const literal = given === undefined ? undefined : unwrap(given);
  if (literal === undefined || !isObjectLiteralExpression(literal)) return undefined;
  const options: Options = { given: literal, literal };
  const execute = optionFunction(options, 'execute');
  const schema = optionExpression(options, 'outputSchema');
  if (execute === undefined || schema === undefined || takesAnything(schema)) return undefined;
  const returns = returnsOf(execute);
  return returns.length === 0 ? undefined : { call, options, execute, schema, returns };
}

/** `z.any()` and `z.unknown()` promise nothing. */
function takesAnything(schema: Expression): boolean {
  if (!isCallExpression(schema) || !isPropertyAccessExpression(schema.expression)) return false;
  return ['any', 'unknown'].includes(nameText(schema.expression.name) ?? '');
}

async function judge(context: Context, candidate: Candidate): Promise<readonly StepOutputFact[]> {
  const callee = await context.resolve(candidate.call.expression);
  if (callee.kind !== 'mastra' || callee.name !== 'createStep') return [];
  const output = await optionSchema(context, candidate.options, 'outputSchema', 'output');
  if (output.kind !== 'type') return [];
  const found = await Promise.all(
    candidate.returns.map(async (returned) => {
      // One question is enough for most: what is assignable as a whole need not be taken apart.
      const whole = await context.program.typeAt(returned);
      if (whole === undefined || (await context.program.isAssignable(whole, output.type)) === true) return undefined;
      const data = await returnedData(context, returned);
      // Nothing validates the output: it may be what the schema yields as well as what it would take.
      const yielded = await compare(context.program, data, output);
      if (yielded.kind !== 'differs' || !isCertain(yielded.difference)) return undefined;
      const input = await optionSchema(context, candidate.options, 'outputSchema', 'input');
      const taken = await compare(context.program, data, input);
      return taken.kind === 'differs' && isCertain(taken.difference)
        ? { returned, difference: taken.difference }
        : undefined;
    }),
  );
  const differences = found.filter((difference) => difference !== undefined);
  if (differences.length === 0) return [];
  const id = knownOr(await optionString(context, candidate.options, 'id'), undefined);
  return differences.map(({ returned, difference }) => ({
    kind: 'step-output',
    file: returned.getSourceFile().fileName,
    range: placeOf(candidate, returned, difference),
    step: id,
    difference,
    schema: locationOf(candidate.schema),
  }));
}

/** Literals are taken apart, so that their values keep the types that they have by themselves: `'rail'`, not `string`. */
async function returnedData(context: Context, given: Expression): Promise<Data> {
  const { program } = context;
  const expression = withoutParentheses(given);
  if (isObjectLiteralExpression(expression)) {
    const fields = await literalFields(context, expression);
    if (fields !== undefined) return { kind: 'object', fields };
  }
  const type = await program.typeAt(given);
  if (type === undefined) return unknownData('the type is not known');
  const result = await resultOfType(program, type);
  if (result.kind !== 'type') return result.kind === 'oneOf' ? unknownData('one of several types') : result;
  // Which of several types it is the author may know, and a thenable of a library yields what only it knows.
  if (result.type.isUnionType()) return unknownData('one of several types');
  const then = result.type.isObjectType() ? await program.property(result.type, 'then') : undefined;
  return then === undefined ? result : unknownData('what it yields when it is awaited is not known');
}

async function literalFields(
  context: Context,
  literal: ObjectLiteralExpression,
): Promise<readonly DataField[] | undefined> {
  const fields = await Promise.all(
    literal.properties.map(async (property): Promise<DataField | undefined> => {
      const name = 'name' in property ? nameText(property.name) : undefined;
      if (name === undefined) return undefined;
      if (isPropertyAssignment(property))
        return { name, optional: false, data: await valueData(context, property.initializer) };
      if (!isShorthandPropertyAssignment(property) || !isIdentifier(property.name)) return undefined;
      const symbol = await context.program.shorthandValue(property);
      const type = symbol === undefined ? undefined : await context.program.typeOf(symbol);
      return { name, optional: false, data: typeData(type, true, 'the variable is of any type') };
    }),
  );
  const complete = fields.filter((field) => field !== undefined);
  return complete.length === literal.properties.length ? complete : undefined;
}

async function valueData(context: Context, given: Expression): Promise<Data> {
  const expression = withoutParentheses(given);
  if (isObjectLiteralExpression(expression)) {
    const fields = await literalFields(context, expression);
    if (fields !== undefined) return { kind: 'object', fields };
  }
  return typeData(await context.program.typeAt(given), true, 'the value is of any type');
}

/** The literal in `({ ... })`; `{ ... } as T` is what its author says it is. */
function withoutParentheses(given: Expression): Expression {
  return isParenthesizedExpression(given) ? withoutParentheses(given.expression) : given;
}

/** The value of the field that differs where it is written out, else what is returned; one line of it at most. */
function placeOf(candidate: Candidate, returned: Expression, difference: Difference): Range {
  let place: Expression = withoutParentheses(returned);
  for (const name of difference.kind === 'missing' ? difference.path.slice(0, -1) : difference.path) {
    if (!isObjectLiteralExpression(place)) break;
    const property = place.properties.find((each) => 'name' in each && nameText(each.name) === name);
    if (property === undefined || !isPropertyAssignment(property)) break;
    place = withoutParentheses(property.initializer);
  }
  const range = rangeOf(place);
  if (range.start.line === range.end.line) return range;
  const statement = returned.parent;
  const file = returned.getSourceFile();
  if (isReturnStatement(statement)) {
    return rangeBetween(file, statement.getStart(), statement.getStart() + 'return'.length);
  }
  const named = candidate.options.literal?.properties.find(
    (property) => 'name' in property && (nameText(property.name) ?? literalText(property.name)) === 'execute',
  );
  return named !== undefined && 'name' in named ? rangeOf(named.name) : range;
}
