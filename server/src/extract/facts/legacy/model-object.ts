/** `model: { provider: 'OPEN_AI', name: 'gpt-4' }` of an agent, as before 0.2. */
import type { ModelObjectFact } from '../../../../../common/model/facts/legacy-api.ts';
import {
  hasSpread,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  literalText,
  locationOf,
  optionsLiteral,
  propertyOf,
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

/** What tells the old object from a model that another library makes, and from Mastra's own configurations. */
const known: ReadonlySet<string> = new Set(['provider', 'name', 'model', 'toolChoice', 'apiKey']);

export async function modelObjects(context: Context, file: SourceFile): Promise<readonly ModelObjectFact[]> {
  const facts = callsWithOptions(file).map(async (call): Promise<readonly ModelObjectFact[]> => {
    const options = isNewExpression(call) && isIdentifier(call.expression) ? optionsLiteral(call) : undefined;
    const model = options === undefined ? undefined : propertyOf(options, 'model');
    if (model === undefined || !isObjectLiteralExpression(model) || hasSpread(model)) return [];
    if (!model.properties.every((property) => known.has(keyText(property) ?? ''))) return [];
    const provider = literalText(propertyOf(model, 'provider'));
    const name = literalText(propertyOf(model, 'name') ?? propertyOf(model, 'model'));
    if (provider === undefined || name === undefined) return [];
    const callee = await context.resolve(call.expression);
    if (callee.kind !== 'mastra' || callee.name !== 'Agent') return [];
    const id = providers.get(provider) ?? provider.toLowerCase();
    const settings = propertyOf(model, 'apiKey') !== undefined;
    const text = name.startsWith(`${id}/`) ? name : `${id}/${name}`;
    return [
      {
        kind: 'legacy-api',
        shape: 'model-object',
        model: text,
        edits: settings ? undefined : [replace(model, `'${text}'`)],
        ...locationOf(model),
      },
    ];
  });
  return (await Promise.all(facts)).flat();
}
