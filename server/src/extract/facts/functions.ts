/** Code inside code. */
import { isClassDeclaration, isFunctionNode, type Node } from '../../typescript/ast.ts';

/** True for what holds code that runs at another time than the code around it. */
export function runsLater(node: Node): boolean {
  return isFunctionNode(node) || isClassDeclaration(node);
}
