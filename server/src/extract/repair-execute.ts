/** A step's function returns fields of its input beside what it returns already. */
import { isIdentifierName, propertyKey, type FileEdit } from '../../../common/model/text.ts';
import {
  isArrowFunction,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  methodCall,
  isCallExpression,
  nameText,
  rangeBetween,
  unwrap,
  type Expression,
  type Node,
  type ObjectLiteralExpression,
} from '../typescript/ast.ts';
import { withProperties } from './repair-literal.ts';
import { indexAccess } from './repair-text.ts';
import { returnsOf } from './returns.ts';
import { declaresVariable } from './variables.ts';

/** Undefined where what is returned is not written out, or the input cannot be read there. */
export function handingOn(execute: Node, names: readonly string[]): readonly FileEdit[] | undefined {
  const input = inputIn(execute);
  const literals = literalsReturned(execute);
  if (input === undefined || literals === undefined) return undefined;
  if (literals.some((literal) => names.some((name) => hasProperty(literal, name)))) return undefined;
  const properties = names.map((name) => `${propertyKey(name)}: ${indexAccess(input.name, name)}`);
  return [...input.edits, ...literals.map((literal) => withProperties(literal, properties))];
}

/** The literals that are returned; undefined when anything else is, but for `suspend()` and `bail()`. */
function literalsReturned(execute: Node): readonly ObjectLiteralExpression[] | undefined {
  const literals: ObjectLiteralExpression[] = [];
  for (const returned of returnsOf(execute)) {
    const value = withoutParentheses(returned);
    if (isObjectLiteralExpression(value)) literals.push(value);
    else if (!endsRun(unwrap(value))) return undefined;
  }
  return literals.length === 0 ? undefined : literals;
}

/** `{ ... } as T` is what its author says it is. */
function withoutParentheses(given: Expression): Expression {
  return isParenthesizedExpression(given) ? withoutParentheses(given.expression) : given;
}

function endsRun(expression: Expression): boolean {
  if (!isCallExpression(expression)) return false;
  const name = methodCall(expression)?.name ?? expression.expression;
  return ['suspend', 'bail', 'abort'].includes(nameText(name) ?? '');
}

function hasProperty(literal: ObjectLiteralExpression, name: string): boolean {
  return literal.properties.some((property) => 'name' in property && nameText(property.name) === name);
}

interface Input {
  /** The expression that reads it. */
  readonly name: string;
  /** The edits after which it can be read. */
  readonly edits: readonly FileEdit[];
}

/** How the function reads its input. */
function inputIn(execute: Node): Input | undefined {
  if (!isArrowFunction(execute) && !isFunctionExpression(execute) && !isMethodDeclaration(execute)) return undefined;
  // What it says it returns would be wrong then.
  if (execute.type !== undefined || execute.body === undefined || declaresVariable(execute.body, 'inputData'))
    return undefined;
  const source = execute.getSourceFile();
  const insertion = (at: number, newText: string): readonly FileEdit[] => [
    { file: source.fileName, range: rangeBetween(source, at, at), newText },
  ];
  const [parameter] = execute.parameters;
  if (parameter === undefined) {
    const start = execute.getStart(source);
    const empty = /\(\s*\)/.exec(source.text.slice(start, execute.body.getStart(source)));
    return empty === null
      ? undefined
      : { name: 'inputData', edits: insertion(start + empty.index + 1, '{ inputData }') };
  }
  if (isIdentifier(parameter.name)) return { name: `${parameter.name.text}.inputData`, edits: [] };
  if (!isObjectBindingPattern(parameter.name)) return undefined;
  const { elements } = parameter.name;
  const own = elements.find((element) => nameText(element.propertyName ?? element.name) === 'inputData');
  if (own !== undefined) {
    const name = nameText(own.name);
    return name === undefined || !isIdentifierName(name) ? undefined : { name, edits: [] };
  }
  const [first] = elements;
  return first === undefined || parameter.type !== undefined
    ? undefined
    : { name: 'inputData', edits: insertion(first.getStart(source), 'inputData, ') };
}
