/** `execute` of a tool or a step, written for the installed Mastra. */
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  nameText,
  type BindingElement,
  type Identifier,
  type ObjectBindingPattern,
  type PropertyAccessExpression,
} from '../../../typescript/ast.ts';
import type { FunctionLike } from './declared.ts';
import { renameVariable, replace, variablesNamed } from './edits.ts';

/**
 * `({ context, mastra }) =>` as `(inputData, { mastra }) =>`. Undefined where something is taken out of the parameter
 * that the second one does not have under the same name.
 */
export async function toolEdits(
  execute: FunctionLike,
  inSecond: (name: string) => Promise<boolean>,
): Promise<readonly FileEdit[] | undefined> {
  const [parameter] = execute.parameters;
  if (parameter === undefined || execute.parameters.length !== 1) return undefined;
  if (parameter.type !== undefined || parameter.initializer !== undefined || !isObjectBindingPattern(parameter.name)) {
    return undefined;
  }
  let input = '_inputData';
  let uses: readonly FileEdit[] = [];
  const others: string[] = [];
  for (const element of parameter.name.elements) {
    const name = nameText(element.propertyName ?? element.name);
    if (name === undefined || element.dotDotDotToken !== undefined || element.name === undefined) return undefined;
    if (name === 'context') {
      if (element.initializer !== undefined) return undefined;
      const renamed =
        isIdentifier(element.name) && element.propertyName === undefined
          ? renameVariable(execute, element.name, 'inputData')
          : undefined;
      input = renamed === undefined ? element.name.getText() : 'inputData';
      uses = renamed ?? [];
    } else if (name === 'runtimeContext') {
      if (!(await inSecond('requestContext'))) return undefined;
      others.push(`requestContext: ${withoutKey(element)}`);
    } else {
      if (!(await inSecond(name))) return undefined;
      others.push(element.getText());
    }
  }
  const second = others.length === 0 ? '' : `, { ${others.join(', ')} }`;
  return [replace(parameter, `${input}${second}`), ...uses];
}

function withoutKey(element: BindingElement): string {
  const name = element.name?.getText() ?? '';
  return element.initializer === undefined ? name : `${name} = ${element.initializer.getText()}`;
}

/** What a step now gets directly, by what it was called in `context`. */
const direct: ReadonlySet<string> = new Set(['inputData', 'getStepResult', 'suspend']);

/** `({ context }) => context.inputData.x` as `({ inputData }) => inputData.x`; undefined for any other use of it. */
export function stepEdits(execute: FunctionLike, element: BindingElement): readonly FileEdit[] | undefined {
  const local = element.name;
  const pattern = element.parent;
  if (local === undefined || element.initializer !== undefined || !isObjectBindingPattern(pattern)) return undefined;
  const given = new Set(pattern.elements.flatMap((other) => nameText(other.name) ?? []));
  if (isObjectBindingPattern(local)) return flattened(element, local, given);
  if (!isIdentifier(local)) return undefined;
  const needed: string[] = [];
  const edits: FileEdit[] = [];
  for (const use of variablesNamed(execute, local.text)) {
    if (use === local) continue;
    const access = use.parent;
    if (!isPropertyAccessExpression(access) || access.expression !== use) return undefined;
    const name = nameText(access.name);
    if (name === undefined || !direct.has(name)) return undefined;
    if (!given.has(name) && variablesNamed(execute, name).length > 0) return undefined;
    if (!given.has(name) && !needed.includes(name)) needed.push(name);
    edits.push(replace(access, name));
  }
  if (needed.length === 0) return undefined;
  return [replace(element, needed.join(', ')), ...edits];
}

/** `({ context: { inputData } }) =>` as `({ inputData }) =>`. */
function flattened(
  element: BindingElement,
  inner: ObjectBindingPattern,
  given: ReadonlySet<string>,
): readonly FileEdit[] | undefined {
  const names = inner.elements.map((each) => nameText(each.name) ?? '');
  const plain = inner.elements.every(
    ({ propertyName, initializer, dotDotDotToken }) =>
      propertyName === undefined && initializer === undefined && dotDotDotToken === undefined,
  );
  if (!plain || names.length === 0 || !names.every((name) => direct.has(name) && !given.has(name))) return undefined;
  return [replace(element, names.join(', '))];
}

/** `parameter.name` in a function, in source order. */
export function membersOf(
  execute: FunctionLike,
  parameter: Identifier,
  name: string,
): readonly PropertyAccessExpression[] {
  return variablesNamed(execute, parameter.text).flatMap(({ parent }) =>
    isPropertyAccessExpression(parent) &&
    nameText(parent.expression) === parameter.text &&
    nameText(parent.name) === name
      ? [parent]
      : [],
  );
}

/** `context.context.inputData` as `context.inputData`; undefined for any other use of it. */
export function stepMemberEdits(execute: FunctionLike): readonly FileEdit[] | undefined {
  const parameter = execute.parameters[0]?.name;
  if (parameter === undefined || !isIdentifier(parameter)) return undefined;
  const members = membersOf(execute, parameter, 'context');
  const isDirect = members.every(
    ({ parent }) => isPropertyAccessExpression(parent) && direct.has(nameText(parent.name) ?? ''),
  );
  return isDirect ? members.map((access) => replace(access, parameter.text)) : undefined;
}

/** `params.context.x` as `params.x`, where nothing else is taken from it. */
export function toolMemberEdits(execute: FunctionLike): readonly FileEdit[] | undefined {
  const [parameter, ...others] = execute.parameters;
  if (parameter === undefined || others.length > 0 || !isIdentifier(parameter.name)) return undefined;
  if (parameter.type !== undefined) return undefined;
  const members = membersOf(execute, parameter.name, 'context');
  const uses = variablesNamed(execute, parameter.name.text).filter((use) => use !== parameter.name);
  const name = parameter.name.text;
  return uses.length === members.length ? members.map((access) => replace(access, name)) : undefined;
}
