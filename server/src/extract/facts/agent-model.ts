/** Models by name: `model: 'openai/gpt-4o'` of agents, scorers and processors, and gateways that bring models of their own. */
import type { AgentModelFact, ModelGatewayFact } from '../../../../common/model/facts/index.ts';
import {
  hasSpread,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isExpression,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteral,
  methodCall,
  optionsLiteral,
  propertyOf,
  rangeBetween,
  rangeOf,
  SyntaxKind,
  unwrap,
  type CallExpression,
  type NewExpression,
  type Node,
  type ObjectLiteralExpression,
} from '../../typescript/ast.ts';
import type { Context } from '../context.ts';
import { hasOption, optionExpression, optionFunction, readOptions } from '../options.ts';
import { returnsOf } from '../returns.ts';
import { mastraObjectsIn } from './classes.ts';
import type { FactExtractor } from './index.ts';
import { callsNamed, callsWithOptions } from '../occurrences.ts';

export const agentModels: FactExtractor = async (context, file) => {
  const objects = (await mastraObjectsIn(context, file)).map(({ name, call }) => factsOfCall(context, call, name));
  const gateways = callsNamed(file, ['addGateway']).filter((call) => methodCall(call) !== undefined);
  const calls = callsWithOptions(file).map(async (call): Promise<readonly (AgentModelFact | ModelGatewayFact)[]> => {
    if (isNewExpression(call) || !mayNameModel(call)) return [];
    const callee = await context.resolve(call.expression);
    return callee.kind === 'mastra' ? factsOfCall(context, call, callee.name) : [];
  });
  return [...gateways.map(gateway), ...(await Promise.all([...objects, ...calls])).flat()];
};

/** The syntax alone: most calls end here, without a question to the checker. */
function mayNameModel(call: CallExpression): boolean {
  const options = optionsLiteral(call);
  if (options === undefined) return false;
  return propertyOf(options, 'model') !== undefined || propertyOf(options, 'judge') !== undefined;
}

/** Mastra's own processors and scorers take the models that agents take. */
const takesModel = /^(?:Agent|[A-Z]\w*(?:Processor|Detector|Normalizer)|create[A-Z]\w*Scorer\w*)$/;

async function factsOfCall(
  context: Context,
  call: CallExpression | NewExpression,
  name: string,
): Promise<readonly (AgentModelFact | ModelGatewayFact)[]> {
  const [argument, second] = call.arguments ?? [];
  if (argument === undefined) return [];
  if (name === 'ModelRouterLanguageModel') {
    return second === undefined ? modelsIn(context, argument, certainly) : [];
  }
  const isMastra = name === 'Mastra';
  if (!isMastra && name !== 'createScorer' && !takesModel.test(name)) return [];
  const options = await readOptions(context, argument);
  if (isMastra) return hasOption(options, 'gateways') === true ? [gateway(call)] : [];
  const model = optionExpression(options, 'model') ?? optionFunction(options, 'model');
  const judge = name === 'createScorer' ? optionExpression(options, 'judge') : undefined;
  const judgeModel = judge === undefined ? undefined : optionExpression(await readOptions(context, judge), 'model');
  const models = [model, judgeModel].filter((each) => each !== undefined);
  return (await Promise.all(models.map((each) => modelsIn(context, each, certainly)))).flat();
}

interface Reading {
  readonly certain: boolean;
  readonly hasKey: boolean;
  /** Names and wrappers followed so far. */
  readonly depth: number;
}

const certainly: Reading = { certain: true, hasKey: false, depth: 0 };
const deepest = 12;

async function modelsIn(context: Context, node: Node, outer: Reading): Promise<readonly AgentModelFact[]> {
  if (outer.depth > deepest) return [];
  const reading: Reading = { ...outer, depth: outer.depth + 1 };
  const maybe: Reading = { ...reading, certain: false };
  const all = async (nodes: readonly Node[], how: Reading) =>
    (await Promise.all(nodes.map((each) => modelsIn(context, each, how)))).flat();
  if (isMethodDeclaration(node)) return node.body === undefined ? [] : all(returnsOf(node.body), maybe);
  if (!isExpression(node)) return [];
  const value = unwrap(node);
  if (isStringLiteral(value) || isNoSubstitutionTemplateLiteral(value)) {
    const file = value.getSourceFile();
    const range = rangeBetween(file, value.getStart(file) + 1, value.getEnd() - 1);
    const { certain, hasKey } = reading;
    return [{ kind: 'agent-model', file: file.fileName, range, model: value.text, certain, hasKey }];
  }
  if (isIdentifier(value) || isPropertyAccessExpression(value) || isElementAccessExpression(value)) {
    const resolved = await context.resolve(value);
    return resolved.kind === 'expression' ? modelsIn(context, resolved.expression, reading) : [];
  }
  if (isConditionalExpression(value)) return all([value.whenTrue, value.whenFalse], maybe);
  if (isBinaryExpression(value)) {
    const { kind } = value.operatorToken;
    const isChoice = kind === SyntaxKind.QuestionQuestionToken || kind === SyntaxKind.BarBarToken;
    return isChoice ? all([value.left, value.right], maybe) : [];
  }
  if (isArrowFunction(value) || isFunctionExpression(value)) {
    return all(returnsOf(value), maybe);
  }
  if (isArrayLiteralExpression(value)) {
    return all(
      value.elements.filter((element) => !isSpreadElement(element)),
      reading,
    );
  }
  return isObjectLiteralExpression(value) ? modelOfObject(context, value, reading) : [];
}

/** `{ id, url, apiKey }` for a model, `{ model, maxRetries }` for one in a list of fallbacks. */
function modelOfObject(
  context: Context,
  value: ObjectLiteralExpression,
  reading: Reading,
): Promise<readonly AgentModelFact[]> | readonly AgentModelFact[] {
  const given = (name: string) => propertyOf(value, name) !== undefined;
  // With a URL of its own any name is right; what a spread brings is not known.
  if (hasSpread(value) || given('url')) return [];
  const model = propertyOf(value, 'model') ?? propertyOf(value, 'id');
  if (model === undefined) return [];
  return modelsIn(context, model, { ...reading, hasKey: reading.hasKey || given('apiKey') || given('headers') });
}

function gateway(call: CallExpression | NewExpression): ModelGatewayFact {
  const file = call.getSourceFile();
  return { kind: 'model-gateway', file: file.fileName, range: rangeOf(call.expression, file) };
}
