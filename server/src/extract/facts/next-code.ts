/** What still runs after a statement of a function, leaving out what only makes up a result. */
import {
  containsNode,
  isAsExpression,
  isBlock,
  isCallExpression,
  isConditionalExpression,
  isDoStatement,
  isExpressionStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isPropertyAccessExpression,
  methodCall,
  isReturnStatement,
  isWhileStatement,
  isVariableStatement,
  parentOf,
  SyntaxKind,
  walk,
  type Node,
  type Statement,
} from '../../typescript/ast.ts';

/** The first statement after `from` that does something; undefined when there is none, or when the way on is not plain. */
export function nextCode(execute: { readonly body?: Node | undefined }, from: Statement): Node | undefined {
  let current: Node = from;
  const guards = guardsOf(execute.body, from);
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    if (isBlock(parent)) {
      const at = parent.statements.findIndex((statement) => statement === current);
      for (const statement of parent.statements.slice(at + 1)) {
        if (leaves.has(statement.kind) || asksFor(guards, statement)) return undefined;
        if (!isInert(statement)) return statement;
        if (isReturnStatement(statement)) return undefined;
      }
      if (parent === execute.body) return undefined;
    } else if (isLoop(parent)) {
      // The next round runs.
      return parent;
    } else if (!passes.has(parent.kind)) {
      return undefined;
    }
    current = parent;
  }
  return undefined;
}

/** Where the way goes on is not followed through these. */
const leaves: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BreakStatement, SyntaxKind.ContinueStatement]);

/** What is left at its end towards what stands behind it. */
const passes: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.TryStatement,
  SyntaxKind.CatchClause,
]);

/** The names on which it depends whether the statement runs; `resumeData` always counts. */
function guardsOf(body: Node | undefined, from: Node): ReadonlySet<string> {
  const names = new Set(['resumeData']);
  for (let node: Node | undefined = from; node !== undefined && node !== body; node = parentOf(node)) {
    if (isIfStatement(node)) collectNames(node.expression, names);
  }
  return names;
}

function collectNames(node: Node, names: Set<string>): void {
  if (isIdentifier(node)) names.add(node.text);
  walk(node, (child) => {
    if (isIdentifier(child)) names.add(child.text);
  });
}

/** A condition on what the suspension depended on: what stands behind it may well be meant for the resumed run. */
function asksFor(guards: ReadonlySet<string>, statement: Statement): boolean {
  return containsNode(statement.parent, (node) => {
    if (node.pos < statement.pos || node.end > statement.end) return false;
    const condition = isIfStatement(node)
      ? node.expression
      : isConditionalExpression(node)
        ? node.condition
        : undefined;
    if (condition === undefined) return false;
    const names = new Set<string>();
    collectNames(condition, names);
    return [...names].some((name) => guards.has(name));
  });
}

function isLoop(node: Node): boolean {
  return (
    isForStatement(node) ||
    isForOfStatement(node) ||
    isForInStatement(node) ||
    isWhileStatement(node) ||
    isDoStatement(node)
  );
}

/** A statement that nobody notices: a result, or a variable, made of what is there already. */
function isInert(statement: Statement): boolean {
  if (isReturnStatement(statement)) return statement.expression === undefined || isPlain(statement.expression);
  if (isVariableStatement(statement)) {
    return statement.declarationList.declarations.every(
      ({ initializer }) => initializer === undefined || isPlain(initializer),
    );
  }
  if (isExpressionStatement(statement)) return isLog(statement.expression);
  return statement.kind === SyntaxKind.EmptyStatement || statement.kind === SyntaxKind.FunctionDeclaration;
}

/** No call, and nothing that throws because the run was not resumed yet. */
function isPlain(node: Node): boolean {
  if (active.has(node.kind) && !isHarmless(node)) return false;
  if (isPropertyAccessExpression(node) && node.questionDotToken === undefined && isResumeData(node.expression)) {
    return false;
  }
  return node.forEachChild((child) => (isPlain(child) ? undefined : true)) !== true;
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

function isResumeData(node: Node): boolean {
  if (isIdentifier(node)) return node.text === 'resumeData';
  if (
    isAsExpression(node) ||
    node.kind === SyntaxKind.NonNullExpression ||
    node.kind === SyntaxKind.ParenthesizedExpression
  ) {
    return 'expression' in node && isNode(node.expression) && isResumeData(node.expression);
  }
  return false;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

const active: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.CallExpression,
  SyntaxKind.NewExpression,
  SyntaxKind.AwaitExpression,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.DeleteExpression,
  SyntaxKind.PostfixUnaryExpression,
  SyntaxKind.YieldExpression,
]);
