/** Options of methods that have another name now: `run.start({ runtimeContext })`, `run.start({ triggerData })`. */
import type { FormerArgumentFact } from '../../../../../common/model/facts/legacy-api.ts';
import {
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  locationOf,
  methodCall,
  nameText,
  unwrap,
  type ObjectLiteralExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { callsWithOptions } from '../../occurrences.ts';
import { coreInstance, hasMember, lacksMember } from './declared.ts';
import { keyText, renameProperty } from './edits.ts';

const renamed: ReadonlyMap<string, string> = new Map([
  ['runtimeContext', 'requestContext'],
  ['triggerData', 'inputData'],
]);

export async function formerArguments(context: Context, file: SourceFile): Promise<readonly FormerArgumentFact[]> {
  if (![...renamed.keys()].some((name) => file.text.includes(name))) return [];
  const facts = callsWithOptions(file).map(async (call): Promise<readonly FormerArgumentFact[]> => {
    const method = methodCall(call);
    const options = method?.call.arguments.map(unwrap).find(isObjectLiteralExpression);
    if (method === undefined || options === undefined || candidatesIn(options).length === 0) return [];
    if ((await coreInstance(context, method.receiver)) === undefined) return [];
    const type = await context.program.contextualType(options);
    if (type === undefined) return [];
    const found = await Promise.all(
      candidatesIn(options).map(async ({ property, option, replacement }): Promise<readonly FormerArgumentFact[]> => {
        const { program } = context;
        const members = await program.constituents(type);
        const lacking = await Promise.all(members.map((member) => lacksMember(program, member, option)));
        const having = await Promise.all(members.map((member) => hasMember(program, member, replacement)));
        if (!lacking.every(Boolean) || !having.some(Boolean)) return [];
        const taken = options.properties.some((other) => keyText(other) === replacement);
        const edit = taken ? undefined : renameProperty(property, replacement);
        return [
          {
            kind: 'legacy-api',
            shape: 'former-argument',
            method: method.name.text,
            option,
            replacement,
            edits: edit === undefined ? undefined : [edit],
            ...locationOf(property.name),
          },
        ];
      }),
    );
    return found.flat();
  });
  return (await Promise.all(facts)).flat();
}

function candidatesIn(options: ObjectLiteralExpression) {
  return options.properties.flatMap((property) => {
    if (!isPropertyAssignment(property) && !isShorthandPropertyAssignment(property)) return [];
    const option = nameText(property.name);
    const replacement = option === undefined ? undefined : renamed.get(option);
    return option === undefined || replacement === undefined ? [] : [{ property, option, replacement }];
  });
}
