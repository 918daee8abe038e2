/** What a module does with imported values while it is loaded, and which it uses at all. */
import type { ModuleRead } from '../../../common/model/modules.ts';
import {
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isClassDeclaration,
  isConditionalExpression,
  isExportDeclaration,
  isExportSpecifier,
  isExpressionWithTypeArguments,
  isHeritageClause,
  isIdentifier,
  isIfStatement,
  isImportDeclaration,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isShorthandPropertyAssignment,
  isTypeNode,
  literalText,
  nameText,
  rangeOf,
  SyntaxKind,
  type Identifier,
  type Node,
  type SourceFile,
} from '../typescript/ast.ts';

export interface Imported {
  readonly link: number;
  /** As the other module calls it; `*` for the module as a whole. */
  readonly name: string;
}

export interface Loading {
  readonly reads: readonly ModuleRead[];
  /** Local names of imports that are used as values anywhere. */
  readonly used: ReadonlySet<string>;
  readonly awaits: boolean;
  /** The specifiers of `import('...')`. */
  readonly lazy: readonly string[];
}

/** `at-once`: certainly run while the module is loaded; `perhaps`: only if a condition holds; `later`: in a function. */
type Moment = 'at-once' | 'perhaps' | 'later';

export function readLoading(source: SourceFile, imported: ReadonlyMap<string, Imported>): Loading {
  const reads: ModuleRead[] = [];
  const used = new Set<string>();
  const lazy: string[] = [];
  let awaits = false;

  function read(node: Identifier, moment: Moment): void {
    const binding = imported.get(node.text);
    if (binding === undefined || !isValue(node)) return;
    used.add(node.text);
    if (moment !== 'at-once' || isExportSpecifier(node.parent)) return;
    if (binding.name !== '*') reads.push({ ...binding, text: node.text, range: rangeOf(node, source) });
    // Only a member of a whole module is read: the module itself is there from the beginning.
    else if (isPropertyAccessExpression(node.parent) && node.parent.expression === node) {
      const name = nameText(node.parent.name);
      if (name === undefined) return;
      reads.push({ link: binding.link, name, text: `${node.text}.${name}`, range: rangeOf(node.parent, source) });
    }
  }

  function visit(node: Node, moment: Moment): void {
    if (isIdentifier(node)) {
      read(node, moment);
      return;
    }
    if (isErased(node)) return;
    if (isExportDeclaration(node) && node.moduleSpecifier !== undefined) return;
    if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
      lazy.push(literalText(node.arguments[0]) ?? '');
    }
    if (isAwaitExpression(node) || node.kind === SyntaxKind.AwaitKeyword) awaits ||= moment !== 'later';
    node.forEachChild((child) => {
      visit(child, momentOf(node, child, moment));
      return undefined;
    });
  }

  source.forEachChild((statement) => {
    visit(statement, 'at-once');
    return undefined;
  });
  return { reads, used, awaits, lazy };
}

/** When `child` runs, where `node` runs at `moment`. */
function momentOf(node: Node, child: Node, moment: Moment): Moment {
  if (moment === 'later' || functions.has(node.kind)) return 'later';
  if (isClassDeclaration(node)) return isHeritageClause(child) || isStatic(child) ? moment : 'later';
  if (node.kind === SyntaxKind.ClassExpression) return isHeritageClause(child) ? moment : 'later';
  if (isPropertyDeclaration(node)) return child === node.initializer ? moment : 'later';
  if (isIfStatement(node)) return child === node.expression ? moment : 'perhaps';
  if (isConditionalExpression(node)) return child === node.condition ? moment : 'perhaps';
  if (isBinaryExpression(node)) {
    return child === node.right && shortCircuits.has(node.operatorToken.kind) ? 'perhaps' : moment;
  }
  if (isCallExpression(node)) return child === node.expression || !isOptional(node) ? moment : 'perhaps';
  // In a block a name may be another one.
  return isBlock(node) || conditional.has(node.kind) ? 'perhaps' : moment;
}

const functions: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.Constructor,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.GetAccessor,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.SetAccessor,
]);

function isStatic(member: Node): boolean {
  return (
    isPropertyDeclaration(member) &&
    (member.modifiers?.some((modifier) => modifier.kind === SyntaxKind.StaticKeyword) ?? false)
  );
}

/** True for a call that may not take place: `a?.then(b)`, `a?.then(b).then(c)`, `a?.(b)`. */
function isOptional(chain: Node): boolean {
  if (!isCallExpression(chain) && !isPropertyAccessExpression(chain)) return false;
  return chain.questionDotToken !== undefined || isOptional(chain.expression);
}

const shortCircuits: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
  SyntaxKind.AmpersandAmpersandEqualsToken,
  SyntaxKind.BarBarEqualsToken,
  SyntaxKind.QuestionQuestionEqualsToken,
]);

const conditional: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BindingElement,
  SyntaxKind.CaseBlock,
  SyntaxKind.ClassStaticBlockDeclaration,
  SyntaxKind.Decorator,
  SyntaxKind.DoStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.ModuleBlock,
  SyntaxKind.ModuleDeclaration,
  SyntaxKind.TryStatement,
  SyntaxKind.WhileStatement,
]);

/** Types, imports, and declarations of what is elsewhere: nothing of them is left at run time. */
function isErased(node: Node): boolean {
  if (isImportDeclaration(node)) return true;
  if (node.kind === SyntaxKind.InterfaceDeclaration || node.kind === SyntaxKind.TypeAliasDeclaration) return true;
  if (isHeritageClause(node)) return node.token === SyntaxKind.ImplementsKeyword;
  return isTypeNode(node) && !isExpressionWithTypeArguments(node);
}

/** True where an identifier stands for a value, and is not the name of something. */
function isValue(node: Identifier): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) return parent.expression === node;
  if (isExportSpecifier(parent)) return !parent.isTypeOnly && (parent.propertyName ?? parent.name) === node;
  if (isShorthandPropertyAssignment(parent)) return true;
  if (named.has(parent.kind)) return false;
  return !('name' in parent && parent.name === node) && !('propertyName' in parent && parent.propertyName === node);
}

const named: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BreakStatement,
  SyntaxKind.ContinueStatement,
  SyntaxKind.JsxAttribute,
  SyntaxKind.JsxNamespacedName,
  SyntaxKind.LabeledStatement,
  SyntaxKind.MetaProperty,
  SyntaxKind.QualifiedName,
  SyntaxKind.TypeParameter,
]);
