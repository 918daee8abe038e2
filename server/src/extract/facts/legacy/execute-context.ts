/**
 * `execute: ({ context }) => ...`. A tool got its input there before 1.0 and gets it as the first parameter since; a step
 * got the whole run there before 0.10.
 */
import type { ExecuteContextFact } from '../../../../../common/model/facts/legacy-api.ts';
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isArrowFunction,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isVariableDeclaration,
  locationOf,
  nameText,
  optionsLiteral,
  parentOf,
  propertyOf,
  unwrap,
  wrapped,
  type BindingElement,
  type CallExpression,
  type Identifier,
  type NewExpression,
  type Node,
  type PropertyAccessExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { callsWithOptions } from '../../occurrences.ts';
import { hasMember, lacksMember, parameterAskedFor, type FunctionLike } from './declared.ts';
import { keyText } from './edits.ts';
import { membersOf, stepEdits, stepMemberEdits, toolEdits, toolMemberEdits } from './execute-edits.ts';

const makers: ReadonlyMap<string, ExecuteContextFact['of']> = new Map([
  ['createStep', 'step'],
  ['createTool', 'tool'],
  ['Tool', 'tool'],
]);

export async function executeContexts(context: Context, file: SourceFile): Promise<readonly ExecuteContextFact[]> {
  if (!/context/i.test(file.text)) return [];
  const facts = callsWithOptions(file).map(async (call): Promise<readonly ExecuteContextFact[]> => {
    const given = executeOf(call);
    const execute = given === undefined ? undefined : await functionOf(context, given, file);
    const former = execute === undefined ? undefined : formerUse(execute);
    if (given === undefined || execute === undefined || former === undefined) return [];
    const callee = await context.resolve(call.expression);
    const of = callee.kind === 'mastra' ? makers.get(callee.name) : undefined;
    if (of === undefined) return [];
    const { name, place } = former;
    // A step has both in one object: what is about `runtimeContext` alone is told there.
    if (of === 'step' && name === 'runtimeContext') return [];
    const { program } = context;
    const input = await parameterAskedFor(context, given, 0);
    if (input === undefined || !(await lacksMember(program, input, name))) return [];
    if (of === 'step' && !(await hasMember(program, input, 'inputData'))) return [];
    const edits = execute === given ? await editsFor(context, of, execute, former) : undefined;
    return [{ kind: 'legacy-api', shape: 'execute-context', of, name, edits, ...locationOf(place) }];
  });
  return (await Promise.all(facts)).flat();
}

async function editsFor(
  context: Context,
  of: ExecuteContextFact['of'],
  execute: FunctionLike,
  { element }: FormerUse,
): Promise<readonly FileEdit[] | undefined> {
  if (element === undefined) return of === 'step' ? stepMemberEdits(execute) : toolMemberEdits(execute);
  if (of === 'step') return stepEdits(execute, element);
  const second = await parameterAskedFor(context, execute, 1);
  return toolEdits(
    execute,
    async (member) => second !== undefined && (await hasMember(context.program, second, member)),
  );
}

/** The `execute` of options that are written out: a function, or the name of one. */
function executeOf(call: CallExpression | NewExpression): FunctionLike | Identifier | undefined {
  const callee = isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
  if (!isIdentifier(callee)) return undefined;
  const options = optionsLiteral(call);
  if (options === undefined) return undefined;
  const value = propertyOf(options, 'execute');
  const written = value === undefined ? undefined : unwrap(value);
  if (written !== undefined) {
    return isArrowFunction(written) || isFunctionExpression(written) || isIdentifier(written) ? written : undefined;
  }
  const method = options.properties.find((property) => keyText(property) === 'execute');
  return method !== undefined && isMethodDeclaration(method) ? method : undefined;
}

/** The function itself, also where it is a constant of the same file. */
async function functionOf(
  context: Context,
  given: FunctionLike | Identifier,
  file: SourceFile,
): Promise<FunctionLike | undefined> {
  if (!isIdentifier(given)) return given;
  const resolved = await context.resolve(given);
  const value = resolved.kind === 'expression' ? unwrap(resolved.expression) : undefined;
  if (value === undefined || value.getSourceFile() !== file) return undefined;
  return isArrowFunction(value) || isFunctionExpression(value) ? value : undefined;
}

interface FormerUse {
  readonly name: ExecuteContextFact['name'];
  readonly place: Node;
  /** Where it is taken out of the first parameter. */
  readonly element?: BindingElement;
}

/** `context`, else `runtimeContext`, taken out of the first parameter; or read from it. */
function formerUse(execute: FunctionLike): FormerUse | undefined {
  const parameter = execute.parameters[0]?.name;
  if (parameter === undefined) return undefined;
  for (const name of ['context', 'runtimeContext'] as const) {
    if (isObjectBindingPattern(parameter)) {
      const element = parameter.elements.find((each) => nameText(each.propertyName ?? each.name) === name);
      if (element !== undefined) return { name, element, place: element.propertyName ?? element };
    } else if (isIdentifier(parameter)) {
      const access = membersOf(execute, parameter, name).find(isTakenApart);
      if (access !== undefined) return { name, place: access.name };
    }
  }
  return undefined;
}

/** `params.context.x` needs that it is there; `params.context ?? params` is for several versions. */
function isTakenApart(access: PropertyAccessExpression): boolean {
  const value = wrapped(access);
  const user = parentOf(value);
  if (user === undefined) return false;
  if (isPropertyAccessExpression(user)) return user.expression === value && user.questionDotToken === undefined;
  return isVariableDeclaration(user) && isObjectBindingPattern(user.name);
}
