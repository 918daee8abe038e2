/** The variables of a function. */
import {
  containsNode,
  isBindingElement,
  isParameterDeclaration,
  isVariableDeclaration,
  nameText,
  type Node,
} from '../typescript/ast.ts';

/** True where code in `body` declares a variable or a parameter of this name, which then stands for something else there. */
export function declaresVariable(body: Node, name: string): boolean {
  return containsNode(
    body,
    (node) =>
      (isVariableDeclaration(node) || isBindingElement(node) || isParameterDeclaration(node)) &&
      nameText(node.name) === name,
  );
}
