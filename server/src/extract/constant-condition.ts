/** Conditions that are the same every time, and functions that nothing in their source leaves but their end. */
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isFunctionExpression,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isThrowStatement,
  nameText,
  type Block,
  type Expression,
  type Node,
} from '../typescript/ast.ts';
import { formulaOf, formulaOfResult, type Formula } from './condition-formula.ts';

/** What a condition always says; undefined where that depends. */
export function constantResult(condition: Expression): boolean | undefined {
  const isWritten = isArrowFunction(condition) || isFunctionExpression(condition);
  return isWritten && isBlock(condition.body) ? constantOfBody(condition.body) : constantOf(formulaOf(condition));
}

/** Every way through the body ends in the same constant. A function that returns nothing says no. */
function constantOfBody(body: Block): boolean | undefined {
  const exits = exitsOf(body);
  if (exits.some(isThrowStatement)) return undefined;
  const returned = exits.flatMap((exit) =>
    isReturnStatement(exit) && exit.expression !== undefined ? exit.expression : [],
  );
  if (returned.length === 0) return false;
  if (returned.length < exits.length || !isReturnStatement(body.statements.at(-1) ?? body)) return undefined;
  const results = new Set(returned.map((expression) => constantOf(formulaOfResult(expression))));
  const [only] = results;
  return results.size === 1 ? only : undefined;
}

/** The `return` and `throw` statements of a function itself, without those of functions inside it. */
function exitsOf(body: Node): readonly Node[] {
  const exits: Node[] = [];
  const visit = (node: Node): undefined => {
    if (isReturnStatement(node) || isThrowStatement(node)) exits.push(node);
    else if (!isFunctionNode(node)) node.forEachChild(visit);
    return undefined;
  };
  body.forEachChild(visit);
  return exits;
}

function constantOf(formula: Formula): boolean | undefined {
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'not': {
      const inner = constantOf(formula.of);
      return inner === undefined ? undefined : !inner;
    }
    case 'and':
    case 'or': {
      const decisive = formula.kind === 'or';
      const parts = formula.parts.map(constantOf);
      if (parts.includes(decisive)) return decisive;
      return parts.includes(undefined) ? undefined : !decisive;
    }
    case 'truthy':
    case 'compare':
    case 'opaque':
      return undefined;
  }
}

/** What ends or suspends a run when a step calls it. */
const endings: ReadonlySet<string> = new Set(['suspend', 'bail', 'abort', 'exit', 'cancel']);

/** True where nothing in the source of a function throws, ends or suspends the run. What it calls may still fail. */
export function neverLeaves(execute: Node): boolean {
  let leaves = false;
  const visit = (node: Node): undefined => {
    if (isThrowStatement(node)) leaves = true;
    else if (isCallExpression(node)) {
      const callee = node.expression;
      const name = isPropertyAccessExpression(callee) ? callee.name : isIdentifier(callee) ? callee : undefined;
      if (endings.has(nameText(name) ?? '')) leaves = true;
    }
    if (!leaves) node.forEachChild(visit);
    return undefined;
  };
  execute.forEachChild(visit);
  return !leaves;
}
