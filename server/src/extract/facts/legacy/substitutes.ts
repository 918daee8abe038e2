/** Options of other frameworks, and of older versions of Mastra, with what does the same in Mastra. */
import {
  isArrowFunction,
  isFunctionExpression,
  isIdentifier,
  isNumericLiteral,
  isObjectLiteralExpression,
  type Expression,
} from '../../../typescript/ast.ts';
import { keyText } from './edits.ts';

export type Maker = 'workflow' | 'step' | 'tool' | 'agent' | 'mastra';

export interface Substitute {
  /** The option, and the one in it; asked for in the installed declarations before it is proposed. */
  readonly path: readonly string[];
  /** As it is written in a message. */
  readonly text: string;
  /** True where the value can stay as it is. */
  readonly takesOver: (value: Expression) => boolean;
}

const any = () => true;
const never = () => false;
const isFunction = (value: Expression) => isArrowFunction(value) || isFunctionExpression(value) || isIdentifier(value);

const retries: Substitute = { path: ['retries'], text: 'retries: 3', takesOver: isNumericLiteral };
const retryConfig: Substitute = {
  path: ['retryConfig'],
  text: 'retryConfig: { attempts, delay }',
  takesOver: (value) =>
    isObjectLiteralExpression(value) &&
    value.properties.every((property) => ['attempts', 'delay'].includes(keyText(property) ?? '')),
};
const onFinish: Substitute = {
  path: ['options', 'onFinish'],
  text: 'options: { onFinish }',
  takesOver: isFunction,
};
const onError: Substitute = { path: ['options', 'onError'], text: 'options: { onError }', takesOver: isFunction };
const same = (name: string): Substitute => ({ path: [name], text: name, takesOver: any });
const instructions = same('instructions');
const defaults: Substitute = {
  path: ['defaultOptions', 'modelSettings'],
  text: 'defaultOptions: { modelSettings }',
  takesOver: never,
};

/** By maker and option: the first substitute that the installed version has. */
export const substitutes: Readonly<Record<Maker, ReadonlyMap<string, readonly Substitute[]>>> = {
  workflow: new Map([
    ['retryPolicy', [retryConfig]],
    ['retry', [retryConfig]],
    ['retries', [retryConfig]],
    ['onComplete', [onFinish]],
    ['onSuccess', [onFinish]],
    ['onFinish', [onFinish]],
    ['onError', [onError]],
    ['onFailure', [onError]],
    ['resultSchema', [same('outputSchema')]],
    ['name', [same('id')]],
  ]),
  step: new Map([
    ['retryPolicy', [retries]],
    ['retryConfig', [retries]],
    ['retry', [retries]],
    ['maxRetries', [retries]],
    ['handler', [same('execute')]],
    ['run', [same('execute')]],
    ['name', [same('id')]],
  ]),
  tool: new Map([
    ['parameters', [same('inputSchema')]],
    ['schema', [same('inputSchema')]],
    ['handler', [same('execute')]],
    ['label', [same('title'), same('description')]],
    ['name', [same('id')]],
  ]),
  agent: new Map([
    ['system', [instructions]],
    ['systemPrompt', [instructions]],
    ['prompt', [instructions]],
    ['temperature', [defaults]],
    ['maxTokens', [defaults]],
    ['modelSettings', [defaults]],
    ['defaultGenerateOptions', [same('defaultGenerateOptionsLegacy')]],
    ['defaultVNextStreamOptions', [same('defaultOptions')]],
  ]),
  mastra: new Map([
    ['telemetry', [{ path: ['observability'], text: 'observability', takesOver: never }]],
    ['serverMiddleware', [{ path: ['server', 'middleware'], text: 'server: { middleware }', takesOver: any }]],
    ['db', [{ path: ['storage'], text: 'storage', takesOver: never }]],
  ]),
};
