/** Where `await` may be written: the edits that await a call, also where the function around it must become async first. */
import type { FileEdit } from '../../../../common/model/text.ts';
import {
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isForOfStatement,
  isFunctionDeclaration,
  isFunctionNode,
  isMethodDeclaration,
  isPropertyAccessExpression,
  isReturnStatement,
  isTypeReferenceNode,
  methodCall,
  nameText,
  parentOf,
  rangeBetween,
  SyntaxKind,
  unwrap,
  type CallExpression,
  type Expression,
  type FunctionNode,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';

/** Undefined where `await` cannot stand, or where an async function would change what its callers get. */
export function awaitingEdits(call: CallExpression): readonly FileEdit[] | undefined {
  const around = functionAround(call);
  if (around === 'other') return undefined;
  const file = call.getSourceFile();
  if (around === undefined) return awaitsAtTop(file) ? insertions(file, call) : undefined;
  if (isAsync(around)) return insertions(file, call);
  return returnsPromise(around) ? [...insertions(file, call), asyncEdit(file, around)] : undefined;
}

function insertions(file: SourceFile, call: CallExpression): readonly FileEdit[] {
  const parent = parentOf(call);
  const isObject =
    parent !== undefined &&
    (isPropertyAccessExpression(parent) || isElementAccessExpression(parent)) &&
    parent.expression === call;
  return isObject
    ? [insertion(file, call.getStart(file), '(await '), insertion(file, call.getEnd(), ')')]
    : [insertion(file, call.getStart(file), 'await ')];
}

function insertion(file: SourceFile, at: number, newText: string): FileEdit {
  return { file: file.fileName, range: rangeBetween(file, at, at), newText };
}

/** The function whose body holds the node; `other` for one that can never await: a constructor, an accessor, a parameter's default. */
function functionAround(node: Node): FunctionNode | 'other' | undefined {
  for (let current: Node = node, parent = parentOf(node); parent !== undefined; parent = parentOf(parent)) {
    if (isFunctionNode(parent)) {
      const isBody = parent.body === current;
      if (!isBody) return 'other';
      return 'asteriskToken' in parent && parent.asteriskToken !== undefined ? 'other' : parent;
    }
    if (neverAsync.has(parent.kind)) return 'other';
    current = parent;
  }
  return undefined;
}

const neverAsync: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.PropertyDeclaration,
  SyntaxKind.ClassStaticBlockDeclaration,
]);

function isAsync(node: FunctionNode): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === SyntaxKind.AsyncKeyword) ?? false;
}

/** A file that awaits at its top level already is a module that may. */
function awaitsAtTop(file: SourceFile): boolean {
  return somewhereInside(
    file,
    (node) => isAwaitExpression(node) || (isForOfStatement(node) && node.awaitModifier !== undefined),
  );
}

/** True when callers get a promise already: by the declared type, or because every `return` hands out that of a run. */
function returnsPromise(node: FunctionNode): boolean {
  if (node.type !== undefined) return isTypeReferenceNode(node.type) && nameText(node.type.typeName) === 'Promise';
  const { body } = node;
  if (body === undefined) return false;
  if (!isBlock(body)) return startsRun(body);
  const returned: (Expression | undefined)[] = [];
  somewhereInside(body, (child) => {
    if (isReturnStatement(child)) returned.push(child.expression);
    return false;
  });
  return returned.length > 0 && returned.every((expression) => expression !== undefined && startsRun(expression));
}

/** `run.start(...)` and the like, also followed by `.then(...)`: a promise in every version. */
function startsRun(expression: Expression): boolean {
  for (
    let method = methodCall(unwrap(expression));
    method !== undefined;
    method = methodCall(unwrap(method.receiver))
  ) {
    if (method.name.text === 'start' || method.name.text === 'resume') return true;
    if (!isCallExpression(unwrap(method.receiver))) return false;
  }
  return false;
}

/** True when `matches` holds for a node below `root` that no function or class in between takes for itself. */
function somewhereInside(root: Node, matches: (node: Node) => boolean): boolean {
  const visit = (node: Node): true | undefined => {
    if (matches(node)) return true;
    if (isFunctionNode(node) || neverAsync.has(node.kind)) return undefined;
    return node.forEachChild(visit) === true ? true : undefined;
  };
  return root.forEachChild(visit) === true;
}

function asyncEdit(file: SourceFile, node: FunctionNode): FileEdit {
  if (isMethodDeclaration(node)) return insertion(file, node.name.getStart(file), 'async ');
  if (isFunctionDeclaration(node)) {
    const last = node.modifiers?.at(-1);
    const at = last === undefined ? node.getStart(file) : file.text.indexOf('function', last.getEnd());
    return insertion(file, at, 'async ');
  }
  return insertion(file, node.getStart(file), 'async ');
}
