/** `model: { provider: 'OPEN_AI', name: 'gpt-4' }` of an agent, as before 0.2. */
import type { ModelObjectFact } from '../../../../../common/model/facts/legacy-api.ts';
import {
  hasSpread,
  isArrowFunction,
  isBlock,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  literalText,
  locationOf,
  optionsLiteral,
  propertyOf,
  unwrap,
  wrapped,
  type Expression,
  type ObjectLiteralExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { callsWithOptions } from '../../occurrences.ts';
import { keyText, replace } from './edits.ts';

/** The former names of providers whose name is another one now. */
const providers: ReadonlyMap<string, string> = new Map([
  ['OPEN_AI', 'openai'],
  ['OPENAI', 'openai'],
  ['ANTHROPIC', 'anthropic'],
  ['GOOGLE', 'google'],
  ['GROQ', 'groq'],
  ['MISTRAL', 'mistral'],
  ['X_GROK', 'xai'],
  ['COHERE', 'cohere'],
]);

/** What only other models have: those of Mastra's own configurations and of the AI SDK. */
const others: ReadonlySet<string> = new Set([
  'doGenerate',
  'doStream',
  'id',
  'modelId',
  'providerId',
  'specificationVersion',
  'url',
]);

export async function modelObjects(context: Context, file: SourceFile): Promise<readonly ModelObjectFact[]> {
  const facts = callsWithOptions(file).map(async (call): Promise<readonly ModelObjectFact[]> => {
    const options = isNewExpression(call) && isIdentifier(call.expression) ? optionsLiteral(call) : undefined;
    const given = options === undefined ? undefined : propertyOf(options, 'model');
    if (given === undefined || literalText(given) !== undefined) return [];
    const model = await literalOf(context, given);
    if (model === undefined || model.getSourceFile() !== file || hasSpread(model)) return [];
    if (model.properties.some((property) => others.has(keyText(property) ?? ''))) return [];
    const provider = literalText(propertyOf(model, 'provider'));
    const name = literalText(propertyOf(model, 'name') ?? propertyOf(model, 'model'));
    if (provider === undefined || name === undefined) return [];
    const callee = await context.resolve(call.expression);
    if (callee.kind !== 'mastra' || callee.name !== 'Agent') return [];
    const id = providers.get(provider) ?? provider.toLowerCase();
    const text = name.startsWith(`${id}/`) ? name : `${id}/${name}`;
    // Only a choice among tools is nothing that has to be said elsewhere.
    const isPlain = model.properties.every((property) => plain.has(keyText(property) ?? ''));
    return [
      {
        kind: 'legacy-api',
        shape: 'model-object',
        model: text,
        edits: isPlain ? [replace(wrapped(model), `'${text}'`)] : undefined,
        ...locationOf(model),
      },
    ];
  });
  return (await Promise.all(facts)).flat();
}

const plain: ReadonlySet<string> = new Set(['provider', 'name', 'model', 'toolChoice']);

/** The object itself, the constant that holds it, or what a function gives at once. */
async function literalOf(context: Context, given: Expression): Promise<ObjectLiteralExpression | undefined> {
  let value = unwrap(given);
  if (isIdentifier(value)) {
    const resolved = await context.resolve(value);
    if (resolved.kind !== 'expression') return undefined;
    value = unwrap(resolved.expression);
  } else if (isArrowFunction(value) && !isBlock(value.body)) {
    value = unwrap(value.body);
  }
  return isObjectLiteralExpression(value) ? value : undefined;
}
