/** Statements that nobody notices when they run once too often. */
import {
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isNewExpression,
  isReturnStatement,
  isVariableStatement,
  methodCall,
  SyntaxKind,
  type CallExpression,
  type Node,
} from '../../typescript/ast.ts';

/** A statement that nobody notices: a result, or a variable, made of what is there already. */
export function isInert(statement: Node, isSkipped: (call: CallExpression) => boolean): boolean {
  if (isReturnStatement(statement))
    return statement.expression === undefined || isPlain(statement.expression, isSkipped);
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(
      ({ initializer }) => initializer === undefined || isPlain(initializer, isSkipped),
    );
  }
  if (isExpressionStatement(statement)) return isLog(statement.expression);
  return statement.kind === SyntaxKind.EmptyStatement || statement.kind === SyntaxKind.FunctionDeclaration;
}

/** No call, and nothing else that does something. */
function isPlain(node: Node, isSkipped: (call: CallExpression) => boolean): boolean {
  if (isCallExpression(node) && isSkipped(node)) return true;
  if (active.has(node.kind) && !isHarmless(node)) return false;
  return node.forEachChild((child) => (isPlain(child, isSkipped) ? undefined : true)) !== true;
}

/** `console.log(...)`, `logger.info(...)`: a line too many in a log is no harm. */
function isLog(expression: Node): boolean {
  const method = methodCall(expression);
  return method !== undefined && /^(?:console|\S*\b(?:log|logger))(?:\(\))?$/i.test(method.receiver.getText());
}

/** Calls that only make a value: `new Date().toISOString()`, `String(x)`, `Math.round(x)`. */
function isHarmless(node: Node): boolean {
  if (isNewExpression(node)) return isIdentifier(node.expression) && makers.has(node.expression.text);
  if (!isCallExpression(node)) return false;
  if (isIdentifier(node.expression)) return makers.has(node.expression.text);
  const method = methodCall(node);
  if (method === undefined) return false;
  return (isIdentifier(method.receiver) && makers.has(method.receiver.text)) || formatters.has(method.name.text);
}

const makers: ReadonlySet<string> = new Set(['Date', 'String', 'Number', 'Boolean', 'Math', 'JSON', 'Object', 'Array']);

const formatters: ReadonlySet<string> = new Set([
  'toISOString',
  'toString',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
  'toFixed',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'join',
  'slice',
  'substring',
]);

const active: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.YieldExpression,
]);
