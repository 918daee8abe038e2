/** Calls of `createRun` and `createRunAsync` of Mastra's workflows, and what becomes of their result. */
import type { CreateRunFact, CreateRunUse } from '../../../../common/model/facts/create-run.ts';
import {
  isArrowFunction,
  isAwaitExpression,
  isCallExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isReturnStatement,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  locationOf,
  methodCall,
  nameText,
  parentOf,
  rangeOf,
  walk,
  wrapped,
  type CallExpression,
  type Identifier,
  type MethodCall,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';
import type { Type } from '../../typescript/program.ts';
import type { Context } from '../context.ts';
import { isInMastraPackage } from '../resolve.ts';
import { unitOf } from '../unit.ts';
import { awaitingEdits } from './awaiting.ts';
import { callsNamed } from '../occurrences.ts';

export async function createRunFacts(context: Context, file: SourceFile): Promise<readonly CreateRunFact[]> {
  const facts = await Promise.all(
    callsNamed(file, ['createRun', 'createRunAsync']).map(async (call): Promise<CreateRunFact | undefined> => {
      const method = methodCall(call);
      const name = method?.name.text;
      if (method === undefined || (name !== 'createRun' && name !== 'createRunAsync')) return undefined;
      if (!(await isWorkflow(context, method))) return undefined;
      const fate = await fateOf(context, method.call);
      const awaiting = fate.result === 'awaited' ? undefined : awaitingEdits(method.call);
      return {
        kind: 'create-run',
        method: name,
        ...locationOf(method.name),
        ...fate,
        ...(awaiting === undefined ? {} : { awaiting }),
      };
    }),
  );
  return facts.filter((fact) => fact !== undefined);
}

/** A workflow that is made in the project, or a value of Mastra's type; clients of a server have a `createRun` of their own. */
async function isWorkflow(context: Context, { receiver }: MethodCall): Promise<boolean> {
  const unit = await unitOf(context, receiver);
  if (unit.kind === 'workflow' && unit.target.known) return true;
  const type = await context.program.typeAt(receiver);
  if (type === undefined) return false;
  const present = (await context.program.nonNullable(type)) ?? type;
  const members = present.isUnionType() ? await context.program.constituents(present) : [present];
  const answers = await Promise.all(members.map((member) => isWorkflowType(context, member)));
  return answers.length > 0 && answers.every((answer) => answer);
}

async function isWorkflowType(context: Context, type: Type): Promise<boolean> {
  const symbol = await context.program.declaringSymbol(type);
  return (
    symbol !== undefined &&
    workflowTypes.has(symbol.name) &&
    symbol.declarations.some(({ path }) => isInMastraPackage(path))
  );
}

const workflowTypes: ReadonlySet<string> = new Set(['Workflow', 'EventedWorkflow', 'InngestWorkflow']);

type Fate = Pick<CreateRunFact, 'result' | 'use'>;

const awaited: Fate = { result: 'awaited' };
const unknown: Fate = { result: 'unknown' };

async function fateOf(context: Context, call: CallExpression): Promise<Fate> {
  if (isAwaited(call)) return awaited;
  const direct = useOf(call);
  if (direct !== undefined) return direct === 'promise' ? awaited : { result: 'used', use: direct };
  const outer = wrapped(call);
  const parent = parentOf(outer);
  if (parent === undefined) return unknown;
  if (isReturnStatement(parent) || (isArrowFunction(parent) && parent.body === outer)) return awaited;
  if (isCallExpression(parent)) return awaited;
  if (!isVariableDeclaration(parent) || parent.initializer !== outer) return unknown;
  return isObjectBindingPattern(parent.name) ? destructured(parent.name) : variableFate(context, parent.name);
}

/** What a variable that holds the result is used for. One `await` of it, or a use that is neither, and nothing is said. */
async function variableFate(context: Context, name: Node): Promise<Fate> {
  if (!isIdentifier(name)) return unknown;
  const reads = await readsOf(context, name);
  const uses = reads.map((node) => (isAwaited(node) ? 'promise' : useOf(node)));
  if (uses.includes('promise')) return awaited;
  const use = uses.find((found) => found !== undefined && found !== 'promise');
  return use === undefined ? unknown : { result: 'used', use };
}

function destructured(pattern: Node): Fate {
  if (!isObjectBindingPattern(pattern)) return unknown;
  const [first] = pattern.elements;
  const member = first === undefined ? undefined : nameText(first.propertyName ?? first.name);
  return first === undefined || member === undefined || promiseMembers.has(member)
    ? unknown
    : { result: 'used', use: { member, called: false, range: rangeOf(first) } };
}

const promiseMembers: ReadonlySet<string> = new Set(['then', 'catch', 'finally']);

/** `node.member`: of a run, or of the promise itself; undefined when it is something else that happens to `node`. */
function useOf(node: Node): CreateRunUse | 'promise' | undefined {
  const outer = wrapped(node);
  const access = parentOf(outer);
  if (access === undefined || !isPropertyAccessExpression(access) || access.expression !== outer) return undefined;
  const member = nameText(access.name);
  if (member === undefined) return undefined;
  if (promiseMembers.has(member)) return 'promise';
  const parent = parentOf(access);
  const called = parent !== undefined && isCallExpression(parent) && parent.expression === access;
  return { member, called, range: rangeOf(access.name) };
}

/** `await x`, through parentheses and assertions. */
function isAwaited(node: Node): boolean {
  const outermost = wrapped(node);
  for (let current = node; current !== outermost;) {
    const parent = parentOf(current);
    if (parent === undefined) return false;
    if (isAwaitExpression(parent)) return true;
    current = parent;
  }
  return false;
}

/** The identifiers of the file that read the variable declared by `name`. */
async function readsOf(context: Context, name: Identifier): Promise<readonly Identifier[]> {
  const candidates: Identifier[] = [];
  walk(name.getSourceFile(), (node) => {
    if (isIdentifier(node) && node !== name && node.text === name.text && !isMemberName(node)) candidates.push(node);
  });
  if (candidates.length === 0) return [];
  const symbolOf = (node: Identifier) =>
    isShorthandPropertyAssignment(node.parent)
      ? context.program.shorthandValue(node.parent)
      : context.program.symbolAt(node);
  const [own, ...symbols] = await Promise.all([context.program.symbolAt(name), ...candidates.map(symbolOf)]);
  return candidates.filter((_, index) => own !== undefined && symbols[index]?.id === own.id);
}

function isMemberName(node: Identifier): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}
