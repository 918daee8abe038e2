import {
  isArrowFunction,
  isFunctionExpression,
  isMethodDeclaration,
  SyntaxKind,
  type Node,
} from '../../typescript/ast.ts';

/** True for what holds code that runs at another time than the code around it. */
export function isFunctionNode(node: Node): boolean {
  return (
    isArrowFunction(node) ||
    isFunctionExpression(node) ||
    isMethodDeclaration(node) ||
    node.kind === SyntaxKind.FunctionDeclaration ||
    node.kind === SyntaxKind.ClassDeclaration
  );
}
