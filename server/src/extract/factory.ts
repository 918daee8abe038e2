/** Functions of the project that return a step or a workflow: `const fetchStep = (id: string) => createStep({ id, ... })`. */
import {
  isBindingElement,
  isBlock,
  isFunctionNode,
  isIdentifier,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isReturnStatement,
  nameText,
  propertyOf,
  unwrap,
  type CallExpression,
  type Expression,
  type FunctionNode,
  type NewExpression,
  type Node,
} from '../typescript/ast.ts';
import { known } from '../../../common/model/known.ts';
import { creationOf, definitionOf } from './creation.ts';
import { bound, insideCall, type Bindings, type Context } from './context.ts';
import type { Resolved } from './resolve.ts';
import { writtenString } from './options.ts';
import { unitOf, unitOfType, type Unit } from './unit.ts';

/** The unit that a call of a function of the project returns; undefined when its body is not straightforward. */
export async function unitOfFactory(
  context: Context,
  call: CallExpression | NewExpression,
  callee: Resolved,
): Promise<Unit | undefined> {
  const factory = functionOf(callee);
  const returned = factory === undefined ? undefined : soleReturn(factory);
  if (factory === undefined || returned === undefined) return undefined;
  const unit = await unitOf(insideCall(context, bindingsOf(context, factory, call)), returned);
  if (unit.kind === 'opaque') return undefined;
  if (unit.kind === 'workflow') {
    const creation = await creationOf(context, call);
    return creation === undefined ? unit : { ...unit, target: known(creation.key), definition: definitionOf(creation) };
  }
  // The schemas of a generic function depend on the call: only the type of the call knows them.
  const generic = (factory.typeParameters?.length ?? 0) > 0;
  if (unit.id.known && !generic) return unit;
  const typed = await unitOfType(context, call, 'it is made by a function');
  if (typed.kind === 'opaque') return generic ? undefined : unit;
  const id = unit.id.known ? unit.id : typed.id;
  return generic ? { ...unit, id, schema: typed.schema } : { ...unit, id };
}

export function functionOf(resolved: Resolved): FunctionNode | undefined {
  const node: Node | undefined =
    resolved.kind === 'declaration' ? resolved.node : resolved.kind === 'expression' ? resolved.expression : undefined;
  return node !== undefined && isFunctionNode(node) ? node : undefined;
}

/** The expression that a function returns when it has exactly one `return`, at its end. */
export function soleReturn(factory: FunctionNode): Expression | undefined {
  const { body } = factory;
  if (body === undefined) return undefined;
  if (!isBlock(body)) return unwrap(body);
  const returns = body.statements.filter(isReturnStatement);
  const [only] = returns;
  return returns.length === 1 && only !== undefined && !hasNestedReturn(body, only) ? only.expression : undefined;
}

function hasNestedReturn(body: Node, except: Node): boolean {
  let found = false;
  const visit = (node: Node): undefined => {
    if (isFunctionNode(node)) return undefined;
    if (isReturnStatement(node) && node !== except) found = true;
    node.forEachChild(visit);
    return undefined;
  };
  body.forEachChild(visit);
  return found;
}

/** The arguments of a call by the names of the parameters, one level of destructuring included. */
export function bindingsOf(context: Context, factory: FunctionNode, call: CallExpression | NewExpression): Bindings {
  const expressions = new Map<string, Expression>();
  const strings = new Map<string, string>();
  const bind = (name: string, given: Expression): void => {
    expressions.set(name, bound(context, given));
    const text = writtenString(context, given);
    if (text !== undefined) strings.set(name, text);
  };
  factory.parameters.forEach((parameter, index) => {
    const given = call.arguments?.[index];
    if (given === undefined) return;
    if (isIdentifier(parameter.name)) {
      bind(parameter.name.text, given);
      return;
    }
    const argument = bound(context, given);
    if (!isObjectBindingPattern(parameter.name) || !isObjectLiteralExpression(argument)) return;
    for (const element of parameter.name.elements) {
      if (!isBindingElement(element)) continue;
      const property = nameText(element.propertyName ?? element.name);
      const value = property === undefined ? undefined : propertyOf(argument, property);
      const local = nameText(element.name);
      if (value !== undefined && local !== undefined) bind(local, value);
    }
  });
  return { expressions, strings };
}
