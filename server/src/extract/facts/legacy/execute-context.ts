/**
 * `execute: ({ context }) => ...`. A tool got its input there before 1.0 and gets it as the first parameter since; a step
 * got the whole run there before 0.10.
 */
import type { ExecuteContextFact } from '../../../../../common/model/facts/legacy-api.ts';
import {
  isArrowFunction,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  locationOf,
  nameText,
  optionsLiteral,
  propertyOf,
  unwrap,
  type BindingElement,
  type CallExpression,
  type NewExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { callsWithOptions } from '../../occurrences.ts';
import { hasMember, lacksMember, parameterAskedFor, type FunctionLike } from './declared.ts';
import { keyText } from './edits.ts';
import { stepEdits, toolEdits } from './execute-edits.ts';

const makers: ReadonlyMap<string, ExecuteContextFact['of']> = new Map([
  ['createStep', 'step'],
  ['createTool', 'tool'],
  ['Tool', 'tool'],
]);

export async function executeContexts(context: Context, file: SourceFile): Promise<readonly ExecuteContextFact[]> {
  if (!/context/i.test(file.text)) return [];
  const facts = callsWithOptions(file).map(async (call): Promise<readonly ExecuteContextFact[]> => {
    const execute = executeOf(call);
    const element = execute === undefined ? undefined : formerElement(execute);
    if (execute === undefined || element === undefined) return [];
    const callee = await context.resolve(call.expression);
    const of = callee.kind === 'mastra' ? makers.get(callee.name) : undefined;
    const name = nameText(element.propertyName ?? element.name);
    if (of === undefined || (name !== 'context' && name !== 'runtimeContext')) return [];
    // A step has both in one object: what is about `runtimeContext` alone is told there.
    if (of === 'step' && name === 'runtimeContext') return [];
    const { program } = context;
    const input = await parameterAskedFor(context, execute, 0);
    if (input === undefined || !(await lacksMember(program, input, name))) return [];
    if (of === 'step' && !(await hasMember(program, input, 'inputData'))) return [];
    const second = of === 'tool' ? await parameterAskedFor(context, execute, 1) : undefined;
    const edits =
      of === 'step'
        ? stepEdits(execute, element)
        : await toolEdits(
            execute,
            async (member) => second !== undefined && (await hasMember(program, second, member)),
          );
    return [
      { kind: 'legacy-api', shape: 'execute-context', of, name, edits, ...locationOf(element.propertyName ?? element) },
    ];
  });
  return (await Promise.all(facts)).flat();
}

/** The `execute` of options that are written out. */
function executeOf(call: CallExpression | NewExpression): FunctionLike | undefined {
  const callee = isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
  if (!isIdentifier(callee)) return undefined;
  const options = optionsLiteral(call);
  if (options === undefined) return undefined;
  const value = propertyOf(options, 'execute');
  const written = value === undefined ? undefined : unwrap(value);
  if (written !== undefined) return isArrowFunction(written) || isFunctionExpression(written) ? written : undefined;
  const method = options.properties.find((property) => keyText(property) === 'execute');
  return method !== undefined && isMethodDeclaration(method) ? method : undefined;
}

/** `context`, else `runtimeContext`, taken out of the first parameter. */
function formerElement(execute: FunctionLike): BindingElement | undefined {
  const pattern = execute.parameters[0]?.name;
  if (pattern === undefined || !isObjectBindingPattern(pattern)) return undefined;
  const named = (name: string) =>
    pattern.elements.find((element) => nameText(element.propertyName ?? element.name) === name);
  return named('context') ?? named('runtimeContext');
}
