/** What still runs after a step has suspended, leaving out what only makes up a result. */
import {
  containsNode,
  isBinaryExpression,
  isBlock,
  isConditionalExpression,
  isDoStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isIfStatement,
  isReturnStatement,
  isSwitchStatement,
  isThrowStatement,
  isTryStatement,
  isWhileStatement,
  parentOf,
  SyntaxKind,
  type Node,
  type Statement,
} from '../../typescript/ast.ts';
import { firstRunOf, isTrue, namesIn, shortCircuits, type Executed, type FirstRun } from './first-run.ts';
import { isInert } from './inert.ts';

/** What runs after a suspension. */
export interface NextCode {
  readonly node: Node;
  /** True where it certainly throws, because the run was not resumed yet: the step then fails instead of being suspended. */
  readonly fails: boolean;
}

/** The first code after `from` that does something; undefined when there is none, or when the way on is not plain. */
export function nextCode(execute: Executed, from: Statement): NextCode | undefined {
  const firstRun = firstRunOf(execute);
  const scan: Scan = {
    firstRun: isReachedAtFirst(execute, from, firstRun) ? firstRun : undefined,
    guards: new Set([...firstRun.dependent, ...guardsOf(execute.body, from)]),
  };
  let current: Node = from;
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    if (isBlock(parent)) {
      const at = parent.statements.findIndex((statement) => statement === current);
      const found = scanStatements(parent.statements.slice(at + 1), scan);
      if (found.kind === 'code') return { node: found.node, fails: found.fails && !isCaught(found.node, execute.body) };
      if (found.kind === 'ends' || parent === execute.body) return undefined;
    } else if (isLoop(parent)) {
      // The next round runs.
      return { node: parent, fails: false };
    } else if (!passes.has(parent.kind)) {
      return undefined;
    }
    current = parent;
  }
  return undefined;
}

interface Scan {
  /** Undefined where the run may have been resumed already. */
  readonly firstRun: FirstRun | undefined;
  /** The names on which it depends whether the step suspends. */
  readonly guards: ReadonlySet<string>;
}

type Scanned = { readonly kind: 'ends' | 'passes' } | ({ readonly kind: 'code' } & NextCode);

/** `ends`: nothing more runs, or what does may well be meant for the resumed run. */
function scanStatements(statements: readonly Node[], scan: Scan): Scanned {
  for (const statement of statements) {
    const found = scanStatement(statement, scan);
    if (found.kind !== 'passes') return found;
  }
  return { kind: 'passes' };
}

function scanStatement(statement: Node, scan: Scan): Scanned {
  const { firstRun } = scan;
  const head = headOf(statement);
  const throwing = head === undefined ? undefined : firstRun?.throwing(head);
  if (throwing !== undefined) return { kind: 'code', node: throwing, fails: true };
  if (leaves.has(statement.kind)) return { kind: 'ends' };
  if (isBlock(statement)) return scanStatements(statement.statements, scan);
  if (isIfStatement(statement)) {
    const truth = firstRun === undefined ? undefined : isTrue(firstRun.valueOf(statement.expression));
    if (truth !== undefined) {
      const branch = truth ? statement.thenStatement : statement.elseStatement;
      return branch === undefined ? { kind: 'passes' } : scanStatement(branch, scan);
    }
  } else if (isInert(statement, (call) => firstRun?.valueOf(call) === 'undefined')) {
    return { kind: isReturnStatement(statement) ? 'ends' : 'passes' };
  }
  return asksFor(scan.guards, statement) ? { kind: 'ends' } : { kind: 'code', node: statement, fails: false };
}

/** What of a statement is evaluated whenever it is reached. */
function headOf(statement: Node): Node | undefined {
  if (isIfStatement(statement) || isWhileStatement(statement) || isSwitchStatement(statement))
    return statement.expression;
  if (isForOfStatement(statement) || isForInStatement(statement)) return statement.expression;
  return straight.has(statement.kind) ? statement : undefined;
}

const straight: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ExpressionStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.ThrowStatement,
  SyntaxKind.VariableStatement,
]);

function isCaught(node: Node, body: Node | undefined): boolean {
  for (let inner = node, outer = parentOf(node); outer !== undefined; inner = outer, outer = parentOf(outer)) {
    if (isTryStatement(outer) && outer.tryBlock === inner && outer.catchClause !== undefined) return true;
    if (outer === body) return false;
  }
  return false;
}

/** False where `from` is reached only after the run was resumed, or that cannot be told. */
function isReachedAtFirst(execute: Executed, from: Node, firstRun: FirstRun): boolean {
  for (let node = from, parent = parentOf(node); parent !== undefined; node = parent, parent = parentOf(node)) {
    if (isIfStatement(parent)) {
      const truth = isTrue(firstRun.valueOf(parent.expression));
      if (truth === (node === parent.elseStatement) || firstRun.throwing(parent.expression) !== undefined) return false;
    } else if (isBlock(parent)) {
      const before = parent.statements.slice(
        0,
        parent.statements.findIndex((statement) => statement === node),
      );
      if (before.some((statement) => endsAtFirst(statement, firstRun))) return false;
    }
    if (parent === execute.body) return true;
  }
  return false;
}

/** A step may suspend several times, each time a bit further on. */
function endsAtFirst(statement: Node, { valueOf, throwing }: FirstRun): boolean {
  const head = headOf(statement);
  if (head !== undefined && throwing(head) !== undefined) return true;
  if (namesIn(statement).includes('suspend')) return true;
  if (!isIfStatement(statement)) return false;
  const truth = isTrue(valueOf(statement.expression));
  const branch = truth === undefined ? undefined : truth ? statement.thenStatement : statement.elseStatement;
  return branch !== undefined && endsAlways(branch);
}

function endsAlways(statement: Node): boolean {
  if (isBlock(statement)) return statement.statements.some(endsAlways);
  return isReturnStatement(statement) || isThrowStatement(statement) || leaves.has(statement.kind);
}

/** Where the way goes on is not followed through these. */
const leaves: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.BreakStatement, SyntaxKind.ContinueStatement]);

/** What is left at its end towards what stands behind it. */
const passes: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.TryStatement,
  SyntaxKind.CatchClause,
]);

/** The names on which it depends whether the statement runs. */
function guardsOf(body: Node | undefined, from: Node): readonly string[] {
  const names: string[] = [];
  for (let node: Node | undefined = from; node !== undefined && node !== body; node = parentOf(node)) {
    if (isIfStatement(node)) names.push(...namesIn(node.expression));
  }
  return names;
}

/** A condition on what the suspension depended on: what stands behind it may well be meant for the resumed run. */
function asksFor(guards: ReadonlySet<string>, statement: Node): boolean {
  const isCondition = (node: Node) => {
    const condition = conditionOf(node);
    return condition !== undefined && namesIn(condition).some((name) => guards.has(name));
  };
  return isCondition(statement) || containsNode(statement, isCondition);
}

function conditionOf(node: Node): Node | undefined {
  if (isConditionalExpression(node)) return node.condition;
  if (isIfStatement(node) || isWhileStatement(node) || isSwitchStatement(node)) return node.expression;
  if (isForOfStatement(node) || isForInStatement(node)) return node.expression;
  return isBinaryExpression(node) && shortCircuits.has(node.operatorToken.kind) ? node.left : undefined;
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
