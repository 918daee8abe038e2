/** Steps that suspend: what runs after `suspend(...)`, and the schemas of what goes out and comes back. */
import type { StepSchema, SuspendCall, SuspensionFact } from '../../../../common/model/facts/suspension.ts';
import type { FileEdit } from '../../../../common/model/text.ts';
import {
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isExpressionStatement,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  literalText,
  locationOf,
  methodCall,
  nameText,
  optionsLiteral,
  parentOf,
  rangeBetween,
  rangeOf,
  SyntaxKind,
  unwrap,
  type ArrowFunction,
  type CallExpression,
  type FunctionExpression,
  type MethodDeclaration,
  type Node,
  type ObjectLiteralExpression,
  type SourceFile,
  type Statement,
} from '../../typescript/ast.ts';
import { shapeOfType } from '../../typescript/types.ts';
import type { Context } from '../context.ts';
import { hasOption, optionExpression, optionFunction, type Options } from '../options.ts';
import { zodText } from '../repair-schema.ts';
import { callsWithOptions } from '../occurrences.ts';
import { runsLater } from './functions.ts';
import { nextCode } from './next-code.ts';
import { resumeReads, resumeType, type ResumeReads } from './resume-data.ts';

type ExecuteFunction = ArrowFunction | FunctionExpression | MethodDeclaration;

export async function suspensions(context: Context, file: SourceFile): Promise<readonly SuspensionFact[]> {
  if (!/\b(?:suspend|resumeData)\b/.test(file.text)) return [];
  const facts = await Promise.all(callsWithOptions(file).map((call) => suspensionOf(context, call)));
  return facts.filter((fact) => fact !== undefined);
}

async function suspensionOf(context: Context, call: Node): Promise<SuspensionFact | undefined> {
  const literal = isCallExpression(call) ? optionsLiteral(call) : undefined;
  if (!isCallExpression(call) || literal === undefined) return undefined;
  const options: Options = { given: literal, literal };
  const execute = optionFunction(options, 'execute');
  if (execute === undefined || !isExecute(execute) || execute.body === undefined) return undefined;
  const suspending = suspendCalls(execute);
  const reads = resumeReads(execute);
  if (suspending.length === 0 && reads.first === undefined) return undefined;
  const callee = await context.resolve(call.expression);
  if (callee.kind !== 'mastra' || callee.name !== 'createStep') return undefined;
  const id = optionExpression(options, 'id');
  return {
    kind: 'suspension',
    ...locationOf(nameOf(call) ?? id ?? call.expression),
    step: literalText(id),
    calls: suspending.map((suspend) => readCall(execute, suspend)),
    readsResume: reads.first === undefined ? undefined : rangeOf(reads.first),
    suspendSchema: await suspendSchema(context, options, literal, suspending),
    resumeSchema: await resumeSchema(context, options, literal, reads),
  };
}

function isExecute(node: Node): node is ExecuteFunction {
  return isArrowFunction(node) || isFunctionExpression(node) || isMethodDeclaration(node);
}

/** The variable that holds the step. */
function nameOf(call: Node): Node | undefined {
  const parent = parentOf(call);
  return parent !== undefined && isVariableDeclaration(parent) && isIdentifier(parent.name) ? parent.name : undefined;
}

/** The calls of the `suspend` that `execute` is given, in its own body: those of a callback may run at any time. */
function suspendCalls(execute: ExecuteFunction): readonly CallExpression[] {
  const [parameter] = execute.parameters;
  if (parameter === undefined || execute.body === undefined) return [];
  const context = nameText(parameter.name);
  const local = isObjectBindingPattern(parameter.name)
    ? parameter.name.elements.find((element) => nameText(element.propertyName ?? element.name) === 'suspend')
    : undefined;
  const suspend = nameText(local?.name);
  const found: CallExpression[] = [];
  const visit = (node: Node): undefined => {
    if (runsLater(node)) return undefined;
    if (isCallExpression(node)) {
      const callee = node.expression;
      const method = methodCall(node);
      const isOwn = isIdentifier(callee) && suspend !== undefined && callee.text === suspend;
      const isMember =
        context !== undefined && method?.name.text === 'suspend' && nameText(unwrap(method.receiver)) === context;
      if (isOwn || isMember) found.push(node);
    }
    node.forEachChild(visit);
    return undefined;
  };
  visit(execute.body);
  return found;
}

function readCall(execute: ExecuteFunction, call: CallExpression): SuspendCall {
  const [payload] = call.arguments;
  const statement = statementOf(call);
  const next = statement === undefined ? undefined : nextCode(execute, statement);
  const returning = statement === undefined || next === undefined ? undefined : returningEdits(execute, statement);
  return {
    range: rangeOf(call),
    hasPayload: payload !== undefined && hasFields(payload),
    goesOn: next === undefined ? undefined : rangeOf(next.node),
    ...(next?.fails === true ? { fails: true } : {}),
    ...(returning === undefined ? {} : { returning }),
  };
}

function hasFields(payload: Node): boolean {
  if (isIdentifier(payload) && payload.text === 'undefined') return false;
  return !isObjectLiteralExpression(payload) || payload.properties.length > 0;
}

/** `await suspend(...);` or `suspend(...);`: the result goes nowhere. */
function statementOf(call: CallExpression): Statement | undefined {
  const parent = parentOf(call);
  const outer = parent !== undefined && isAwaitExpression(parent) ? parent : call;
  const statement = parentOf(outer);
  return statement !== undefined && isExpressionStatement(statement) ? statement : undefined;
}

/** A declared result has no place for what `suspend` gives; what always suspends would never end. */
function returningEdits(execute: ExecuteFunction, statement: Statement): readonly FileEdit[] | undefined {
  if (execute.type !== undefined) return undefined;
  const isAlways = statement.parent === execute.body;
  if (isAlways && !hasResumeData(execute)) return undefined;
  const file = statement.getSourceFile();
  const isAsync = execute.modifiers?.some((modifier) => modifier.kind === SyntaxKind.AsyncKeyword) ?? false;
  const isAwaited = isExpressionStatement(statement) && isAwaitExpression(statement.expression);
  const head = `${isAlways ? 'if (!resumeData) ' : ''}return ${isAsync && !isAwaited ? 'await ' : ''}`;
  const at = statement.getStart(file);
  return [{ file: file.fileName, range: rangeBetween(file, at, at), newText: head }];
}

function hasResumeData(execute: ExecuteFunction): boolean {
  const name = execute.parameters[0]?.name;
  return (
    name !== undefined &&
    isObjectBindingPattern(name) &&
    name.elements.some((element) => element.propertyName === undefined && nameText(element.name) === 'resumeData')
  );
}

async function suspendSchema(
  context: Context,
  options: Options,
  literal: ObjectLiteralExpression,
  calls: readonly CallExpression[],
): Promise<StepSchema> {
  const given = hasOption(options, 'suspendSchema');
  if (given !== false) return { kind: given === true ? 'given' : 'unknown' };
  const texts = await Promise.all(
    calls.flatMap(({ arguments: [payload] }) => (payload === undefined ? [] : [typeText(context, payload)])),
  );
  const [text, ...others] = new Set(texts);
  return absent(literal, 'suspendSchema', others.length === 0 ? text : undefined);
}

async function resumeSchema(
  context: Context,
  options: Options,
  literal: ObjectLiteralExpression,
  reads: ResumeReads,
): Promise<StepSchema> {
  const given = hasOption(options, 'resumeSchema');
  if (given !== false) return { kind: given === true ? 'given' : 'unknown' };
  const asserted = reads.assertions[0];
  const text = asserted === undefined ? resumeType(reads) : await typeText(context, asserted);
  return absent(literal, 'resumeSchema', text);
}

async function typeText(context: Context, node: Node): Promise<string | undefined> {
  const type = await context.program.typeAt(node);
  return type === undefined ? undefined : (await shapeOfType(context.program, type)).text.replace(/ \| undefined$/, '');
}

/** The schema goes behind the others of the step, in zod where those are. */
function absent(literal: ObjectLiteralExpression, name: string, type: string | undefined): StepSchema {
  const schema = type?.startsWith('{') === true ? zodText(type) : undefined;
  const others = literal.properties.filter(
    (property) => isPropertyAssignment(property) && /^(?:in|out)putSchema$/.test(nameText(property.name) ?? ''),
  );
  const last = others.at(-1);
  if (schema === undefined || last === undefined || !/:\s*z\./.test(last.getText())) return { kind: 'absent' };
  const file = literal.getSourceFile();
  const at = last.getEnd();
  const lead = /(?:\r\n|\n|\r)[ \t]*$/.exec(file.text.slice(0, last.getStart(file)))?.[0] ?? ' ';
  return {
    kind: 'absent',
    insertion: {
      file: file.fileName,
      range: rangeBetween(file, at, at),
      newText: `,${lead}${name}: ${schema}`,
    },
  };
}
