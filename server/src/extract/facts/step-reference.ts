/** Steps that a workflow is asked for, where it is certain which workflow that is. */
import type { StepName, StepReferenceFact, StepScope } from '../../../../common/model/facts/step-reference.ts';
import type { Location } from '../../../../common/model/text.ts';
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isCallExpression,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSpreadElement,
  isVariableDeclaration,
  literalText,
  locationOf,
  methodCall,
  nameText,
  optionsLiteral,
  parentOf,
  propertyOf,
  rangeBetween,
  rangeOf,
  unwrap,
  wrapped,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from '../../typescript/ast.ts';
import { builderMethods } from '../builder.ts';
import type { Context } from '../context.ts';
import { unitOf } from '../unit.ts';
import type { FactExtractor } from './index.ts';
import { calledName, callsNamed } from '../occurrences.ts';
import { resumingMethods } from './resuming.ts';

export const stepReferences: FactExtractor = async (context, file) => {
  const facts = await Promise.all(
    callsNamed(file, ['getStepResult', ...resumingMethods]).map(async (call) => {
      const name = calledName(call);
      if (name === 'getStepResult') return resultReference(context, call);
      return name === undefined ? undefined : runReference(context, call, name);
    }),
  );
  return facts.filter((fact) => fact !== undefined);
};

/** `getStepResult(...)` of the function of a step, a mapping or a condition. */
async function resultReference(
  context: Context,
  call: CallExpression | NewExpression,
): Promise<StepReferenceFact | undefined> {
  const [argument] = call.arguments ?? [];
  const asking = giverOf(unwrap(call.expression));
  if (argument === undefined || asking === undefined) return undefined;
  const within = await scopeOf(context, asking);
  const name = within === undefined ? undefined : await stepName(context, argument);
  if (within === undefined || name === undefined) return undefined;
  const { file } = locationOf(argument);
  return {
    kind: 'step-reference',
    method: 'getStepResult',
    purpose: 'result',
    way: [name],
    within,
    file,
    range: name.range,
  };
}

/** The function whose first parameter holds what is called. */
function giverOf(callee: Expression): Node | undefined {
  const object = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const wanted = object === undefined ? 'getStepResult' : isIdentifier(object) ? object.text : undefined;
  for (let node = parentOf(callee); node !== undefined; node = parentOf(node)) {
    if (!isArrowFunction(node) && !isFunctionExpression(node) && !isMethodDeclaration(node)) continue;
    const name = node.parameters[0]?.name;
    if (name === undefined) continue;
    if (object === undefined && isObjectBindingPattern(name)) {
      const given = name.elements.find((element) => nameText(element.name) === wanted);
      if (given !== undefined) return nameText(given.propertyName ?? given.name) === 'getStepResult' ? node : undefined;
    }
    if (object !== undefined && nameText(name) === wanted) return node;
  }
  return undefined;
}

/** Whose function it is: the `execute` of a step, or a function that is given to a call of a chain. */
async function scopeOf(context: Context, given: Node): Promise<StepScope | undefined> {
  const holder = isMethodDeclaration(given) ? given : parentOf(wrapped(given));
  const isOption = holder !== undefined && (isPropertyAssignment(holder) || isMethodDeclaration(holder));
  if (isOption && nameText(holder.name) === 'execute') {
    const options = parentOf(holder);
    const call = options === undefined ? undefined : parentOf(wrapped(options));
    if (call === undefined || !isCallExpression(call)) return undefined;
    const callee = await context.resolve(call.expression);
    if (callee.kind !== 'mastra' || callee.name !== 'createStep') return undefined;
    const variable = parentOf(wrapped(call));
    if (variable !== undefined && isVariableDeclaration(variable) && isIdentifier(variable.name)) {
      return { kind: 'step', definition: locationOf(variable.name) };
    }
    return isInChain(call) ? { kind: 'chain' } : undefined;
  }
  return isInChain(given) ? { kind: 'chain' } : undefined;
}

/** True for an argument of a builder call, also inside the lists of `.branch` and `.parallel`. */
function isInChain(node: Node): boolean {
  let current = wrapped(node);
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    const method = methodCall(parent);
    if (method !== undefined) return builderMethods.has(method.name.text) && current !== method.call.expression;
    const inside =
      isArrayLiteralExpression(parent) || isObjectLiteralExpression(parent) || isPropertyAssignment(parent);
    if (!inside) return false;
    current = wrapped(parent);
  }
  return false;
}

/** `run.resume({ step })` and `run.timeTravel({ step })` of a run that a known workflow made. */
async function runReference(
  context: Context,
  call: CallExpression | NewExpression,
  name: string,
): Promise<StepReferenceFact | undefined> {
  const method = methodCall(call);
  const options = optionsLiteral(call);
  const step = options === undefined ? undefined : propertyOf(options, 'step');
  if (method === undefined || step === undefined) return undefined;
  const run = await context.resolve(method.receiver);
  const creation = run.kind === 'expression' ? methodCall(run.expression) : undefined;
  if (creation === undefined || !/^createRun(?:Async)?$/.test(creation.name.text)) return undefined;
  const unit = await unitOf(context, creation.receiver);
  if (unit.kind !== 'workflow' || !unit.target.known) return undefined;
  const way = await wayTo(context, step);
  if (way === undefined) return undefined;
  return {
    kind: 'step-reference',
    method: name,
    purpose: name.startsWith('resume') ? 'resume' : 'time-travel',
    way,
    within: { kind: 'workflow', workflow: unit.target.value },
    ...locationOf(step),
  };
}

/** A step, its id, ids joined by dots, or a list of any. Undefined where a part is not known. */
async function wayTo(context: Context, given: Expression): Promise<readonly StepName[] | undefined> {
  const expression = unwrap(given);
  if (!isArrayLiteralExpression(expression)) {
    const name = await stepName(context, expression);
    return name === undefined ? undefined : separated(name);
  }
  if (expression.elements.some(isSpreadElement)) return undefined;
  const names = await Promise.all(expression.elements.map((element) => stepName(context, element)));
  const known = names.filter((name) => name !== undefined);
  return known.length === 0 || known.length < names.length ? undefined : known;
}

/** `nested.inner` leads to a step inside of a nested workflow. */
function separated(name: StepName): readonly StepName[] {
  if (name.form !== 'quoted') return [name];
  const { line, character } = name.range.start;
  let offset = character;
  return name.id.split('.').map((id) => {
    const range = { start: { line, character: offset }, end: { line, character: offset + id.length } };
    offset += id.length + 1;
    return { id, range, form: 'quoted' };
  });
}

async function stepName(context: Context, given: Expression): Promise<StepName | undefined> {
  const expression = unwrap(given);
  const text = literalText(expression);
  if (text !== undefined) {
    const place = between(expression);
    // An escape in the text would put ranges in the wrong place.
    return place.text === text ? { id: text, range: place.range, form: 'quoted' } : undefined;
  }
  const unit = await unitOf(context, expression);
  if (unit.kind === 'opaque' || !unit.id.known) return undefined;
  return { id: unit.id.value, range: rangeOf(expression), form: 'step' };
}

function between(literal: Expression): Location & { readonly text: string } {
  const file = literal.getSourceFile();
  const start = literal.getStart(file) + 1;
  const end = literal.getEnd() - 1;
  return { file: file.fileName, range: rangeBetween(file, start, end), text: file.text.slice(start, end) };
}
