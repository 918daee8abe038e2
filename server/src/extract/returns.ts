/** The expressions that a function itself returns, without those of functions inside it. */
import {
  isArrowFunction,
  isBlock,
  isFunctionNode,
  isReturnStatement,
  type Expression,
  type Node,
} from '../typescript/ast.ts';

/** Of a function, or of a function's body. */
export function returnsOf(root: Node): readonly Expression[] {
  if (isArrowFunction(root) && !isBlock(root.body)) return [root.body];
  const found: Expression[] = [];
  const visit = (node: Node): undefined => {
    if (isReturnStatement(node)) found.push(...(node.expression === undefined ? [] : [node.expression]));
    else if (!isFunctionNode(node)) node.forEachChild(visit);
    return undefined;
  };
  root.forEachChild(visit);
  return found;
}
