/** Strings that refer to something by its name: `getStepResult('x')`, `getWorkflow('key')`, `resume({ step: 'x' })`, `result.steps.x`. */
import type { NameReferenceFact, NameSpace } from '../../../../common/model/facts/names.ts';
import { known } from '../../../../common/model/known.ts';
import type { Position, Range } from '../../../../common/model/text.ts';
import {
  isArrayLiteralExpression,
  isElementAccessExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  locationOf,
  optionsLiteral,
  propertyOf,
  walk,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';
import { TypeFlags } from '../../typescript/program.ts';
import type { Context } from '../context.ts';
import { stringValue } from '../options.ts';
import { unitOf } from '../unit.ts';
import { quotedText, type QuotedText } from './declared-names.ts';
import type { FactExtractor } from './index.ts';
import { calledName, callsNamed } from '../occurrences.ts';
import { resumingMethods } from './resuming.ts';

const stepId: NameSpace = { by: 'id', unit: 'step' };

/** Methods whose first argument is a name. */
const lookups: ReadonlyMap<string, NameSpace> = new Map<string, NameSpace>([
  ['getStepResult', stepId],
  ['getWorkflow', { by: 'key', registry: 'workflows' }],
  ['getAgent', { by: 'key', registry: 'agents' }],
  ['getTool', { by: 'key', registry: 'tools' }],
  ['getWorkflowById', { by: 'id', unit: 'workflow' }],
  ['getAgentById', { by: 'id', unit: 'agent' }],
  ['getToolById', { by: 'id', unit: 'tool' }],
]);

export const nameReferences: FactExtractor = async (context, file) => {
  const [calls, reads] = await Promise.all([
    Promise.all(
      callsNamed(file, [...lookups.keys(), ...resumingMethods]).map((call) => referencesOfCall(context, call)),
    ),
    Promise.all(resultReads(file).map((read) => referenceOfRead(context, read))),
  ]);
  return [...calls.flat(), ...reads.filter((reference) => reference !== undefined)];
};

async function referencesOfCall(
  context: Context,
  call: CallExpression | NewExpression,
): Promise<readonly NameReferenceFact[]> {
  const callee = call.expression;
  const name = calledName(call);
  const [argument] = call.arguments ?? [];
  if (name === undefined || argument === undefined) return [];
  const to = lookups.get(name);
  if (to !== undefined) {
    if (!(await mayBeMastra(context, callee))) return [];
    return referenceTo(context, to, argument);
  }
  const options = optionsLiteral(call);
  const step = options === undefined ? undefined : propertyOf(options, 'step');
  if (step === undefined || (await context.resolve(callee)).kind !== 'mastra') return [];
  const parts = isArrayLiteralExpression(step) ? step.elements.filter((each) => !isSpreadElement(each)) : [step];
  return parts.flatMap((part) => {
    const text = quotedText(part);
    return text === undefined ? [] : stepsOnTheWay(text);
  });
}

/** A method of Mastra's, or a parameter of a step's function: `execute: async ({ getStepResult })`. */
async function mayBeMastra(context: Context, callee: Expression): Promise<boolean> {
  const { kind } = await context.resolve(callee);
  return kind === 'mastra' || (kind === 'declaration' && isIdentifier(callee) && callee.text === 'getStepResult');
}

async function referenceTo(
  context: Context,
  to: NameSpace,
  argument: Expression,
): Promise<readonly NameReferenceFact[]> {
  const text = quotedText(argument);
  if (text !== undefined) return [quotedReference(to, text)];
  const place = locationOf(argument);
  const name = await stringValue(context, argument);
  if (name.known) return [{ kind: 'name-reference', to, name, form: 'computed', ...place }];
  // A step itself is as good as its id.
  if (to === stepId && (await unitOf(context, argument)).kind !== 'opaque') return [];
  const type = await context.program.typeAt(argument);
  const isObject = type !== undefined && (type.flags & TypeFlags.Object) !== 0;
  return isObject ? [] : [{ kind: 'name-reference', to, name, form: 'computed', ...place }];
}

function quotedReference(to: NameSpace, { text, file, range }: QuotedText): NameReferenceFact {
  return { kind: 'name-reference', to, name: known(text), form: 'quoted', file, range };
}

/** `nested.inner`: the ids of the workflows on the way, and of the step. */
function stepsOnTheWay({ text, file, range }: QuotedText): readonly NameReferenceFact[] {
  let offset = 0;
  return text.split('.').map((id) => {
    const start: Position = { line: range.start.line, character: range.start.character + offset };
    offset += id.length + 1;
    const part: Range = { start, end: { line: start.line, character: start.character + id.length } };
    return quotedReference(stepId, { text: id, file, range: part });
  });
}

type ResultRead = { readonly steps: Expression; readonly name: Node; readonly form: 'quoted' | 'plain' };

const readsOf = new WeakMap<SourceFile, readonly ResultRead[]>();

/** `result.steps.x` and `result.steps['x']`. Most files have none, and are not walked for them. */
function resultReads(file: SourceFile): readonly ResultRead[] {
  let reads = readsOf.get(file);
  if (reads === undefined) {
    reads = /\bsteps\??\s*[.[]/.test(file.text) ? findResultReads(file) : [];
    readsOf.set(file, reads);
  }
  return reads;
}

function findResultReads(file: SourceFile): readonly ResultRead[] {
  const reads: ResultRead[] = [];
  walk(file, (node) => {
    if (isPropertyAccessExpression(node) && isSteps(node.expression)) {
      reads.push({ steps: node.expression, name: node.name, form: 'plain' });
    } else if (isElementAccessExpression(node) && isSteps(node.expression)) {
      reads.push({ steps: node.expression, name: node.argumentExpression, form: 'quoted' });
    }
  });
  return reads;
}

function isSteps(node: Expression): boolean {
  return isPropertyAccessExpression(node) && node.name.text === 'steps';
}

async function referenceOfRead(context: Context, read: ResultRead): Promise<NameReferenceFact | undefined> {
  const text = read.form === 'quoted' ? quotedText(read.name) : undefined;
  if (read.form === 'quoted' && text === undefined) return undefined;
  if ((await context.resolve(read.steps)).kind !== 'mastra') return undefined;
  if (text !== undefined) return quotedReference(stepId, text);
  if (!isIdentifier(read.name)) return undefined;
  return { kind: 'name-reference', to: stepId, name: known(read.name.text), form: 'plain', ...locationOf(read.name) };
}
