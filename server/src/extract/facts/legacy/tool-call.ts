/** `tool.execute({ context: {...} })`: since 1.0 a tool takes its input itself, and everything else behind it. */
import type { ToolCallFact } from '../../../../../common/model/facts/legacy-api.ts';
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  locationOf,
  methodCall,
  unwrap,
  type CallExpression,
  type ObjectLiteralExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { callsNamed } from '../../occurrences.ts';
import { coreInstance, hasMember, lacksMember } from './declared.ts';
import { keyNode, keyText, replace } from './edits.ts';

const execute: ReadonlySet<string> = new Set(['execute']);

export async function toolCalls(context: Context, file: SourceFile): Promise<readonly ToolCallFact[]> {
  if (!file.text.includes('context')) return [];
  const facts = callsNamed(file, execute).map(async (call): Promise<readonly ToolCallFact[]> => {
    const method = methodCall(call);
    const [argument] = method?.call.arguments ?? [];
    const given = argument === undefined ? undefined : unwrap(argument);
    if (method === undefined || given === undefined || !isObjectLiteralExpression(given)) return [];
    const input = given.properties.find((property) => keyText(property) === 'context');
    if (input === undefined) return [];
    const instance = await coreInstance(context, method.receiver);
    if (instance?.className !== 'Tool') return [];
    const { program } = context;
    const member = await program.property(instance.type, 'execute');
    const optional = member === undefined ? undefined : await program.typeOf(member);
    const type = optional === undefined ? undefined : ((await program.nonNullable(optional)) ?? optional);
    const [asked, ...others] = type === undefined ? [] : await program.parameterTypes(type, 0);
    if (asked === undefined || others.length > 0 || !(await lacksMember(program, asked, 'context'))) return [];
    // Before 1.0 the one parameter had the input as `context`; a schema that nobody gave takes anything.
    if ((await program.properties(asked)).length === 0 || (await hasMember(program, asked, 'runtimeContext')))
      return [];
    return [
      {
        kind: 'legacy-api',
        shape: 'tool-call',
        edits: separated(method.call, given),
        ...locationOf(keyNode(input) ?? input),
      },
    ];
  });
  return (await Promise.all(facts)).flat();
}

/** `({ context: input, runtimeContext })` as `(input, { requestContext: runtimeContext })`. */
function separated(call: CallExpression, given: ObjectLiteralExpression): readonly FileEdit[] | undefined {
  const [argument, ...others] = call.arguments;
  if (argument !== given || others.length > 0) return undefined;
  let input: string | undefined;
  const rest: string[] = [];
  for (const property of given.properties) {
    if (!isPropertyAssignment(property) && !isShorthandPropertyAssignment(property)) return undefined;
    const name = keyText(property);
    const value = isPropertyAssignment(property) ? property.initializer.getText() : property.name.getText();
    if (name === 'context') input = value;
    else if (name === 'runtimeContext') rest.push(`requestContext: ${value}`);
    else rest.push(property.getText());
  }
  if (input === undefined) return undefined;
  return [replace(given, `${input}, ${rest.length === 0 ? '{}' : `{ ${rest.join(', ')} }`}`)];
}
