/**
 * From a name to what it stands for: through variables, destructuring, object properties, imports, re-exports and
 * namespace imports, until an expression of the project's own source or an export of an `@mastra/*` package is reached.
 */
import {
  isAwaitExpression,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isExportAssignment,
  isExportDeclaration,
  isExportSpecifier,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportSpecifier,
  isNamespaceImport,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  literalText,
  nameText,
  parentOf,
  unwrap,
  SyntaxKind,
  type BindingElement,
  type Expression,
  type Node,
} from '../typescript/ast.ts';
import { SymbolFlags, type Program, type Symbol } from '../typescript/program.ts';

export type Resolved =
  /** An export of an `@mastra/*` package. */
  | { readonly kind: 'mastra'; readonly name: string }
  /** An expression of the project's own source, and the declaration that names it. */
  | { readonly kind: 'expression'; readonly expression: Expression; readonly declaration: Node | undefined }
  /** A declaration without a value to follow: a function, a class, a parameter, a variable of a declaration file. */
  | { readonly kind: 'declaration'; readonly node: Node }
  | { readonly kind: 'unknown'; readonly reason: string };

export type Resolver = (expression: Expression) => Promise<Resolved>;

/** Hops after which a chain of names counts as unresolvable (a cycle of re-exports). */
const mostHops = 30;

/** A resolver with a memory for one program. */
export function createResolver(program: Program): Resolver {
  // Finished answers only: names that lead in a circle must not wait for each other.
  const bySymbol = new Map<number, Resolved>();

  async function resolveExpression(given: Expression, hops: number, declaration?: Node): Promise<Resolved> {
    const expression = unwrap(given);
    if (hops > mostHops) return { kind: 'unknown', reason: 'the name leads in a circle' };
    if (isIdentifier(expression)) {
      const symbol = isShorthandPropertyAssignment(expression.parent)
        ? await program.shorthandValue(expression.parent)
        : await program.symbolAt(expression);
      if (symbol === undefined) return { kind: 'unknown', reason: `'${expression.text}' cannot be resolved` };
      return resolveSymbol(symbol, hops + 1);
    }
    if (isPropertyAccessExpression(expression)) {
      const symbol = await program.symbolAt(expression.name);
      return symbol === undefined
        ? resolveUntypedMember(expression.expression, nameText(expression.name), hops + 1)
        : resolveSymbol(symbol, hops + 1);
    }
    if (isElementAccessExpression(expression)) {
      const key = literalText(expression.argumentExpression);
      const symbol = key === undefined ? undefined : await program.symbolAt(expression.argumentExpression);
      if (symbol === undefined) return { kind: 'unknown', reason: 'the element is chosen while the program runs' };
      return resolveSymbol(symbol, hops + 1);
    }
    return { kind: 'expression', expression, declaration };
  }

  /** `m.createWorkflow` where `m` is a namespace import of a package that is not installed. */
  async function resolveUntypedMember(object: Expression, name: string | undefined, hops: number): Promise<Resolved> {
    const target = unwrap(object);
    if (isIdentifier(target) && name !== undefined) {
      const symbol = await program.symbolAt(target);
      const [handle] = symbol?.declarations ?? [];
      const node = handle === undefined ? undefined : await program.nodeOf(handle);
      if (node !== undefined && isNamespaceImport(node) && isMastraPackage(moduleOf(node) ?? '')) {
        return { kind: 'mastra', name };
      }
      if (node !== undefined && isVariableDeclaration(node) && node.initializer !== undefined) {
        return memberOf(node.initializer, name, hops);
      }
    }
    return { kind: 'unknown', reason: `'${name ?? 'the member'}' cannot be resolved` };
  }

  async function resolveSymbol(symbol: Symbol, hops: number): Promise<Resolved> {
    const before = bySymbol.get(symbol.id);
    if (before !== undefined) return before;
    const resolved = await followSymbol(symbol, hops);
    bySymbol.set(symbol.id, resolved);
    return resolved;
  }

  async function followSymbol(symbol: Symbol, hops: number): Promise<Resolved> {
    if (hops > mostHops) return { kind: 'unknown', reason: 'the name leads in a circle' };
    const handle = symbol.valueDeclaration ?? symbol.declarations[0];
    if (handle === undefined) return { kind: 'unknown', reason: `'${symbol.name}' cannot be resolved` };
    if (isInMastraPackage(handle.path)) return { kind: 'mastra', name: symbol.name };
    if ((symbol.flags & SymbolFlags.Alias) !== 0) return followAlias(symbol, hops);
    if (/\/node_modules\//.test(handle.path)) {
      return { kind: 'unknown', reason: `'${symbol.name}' comes from a package` };
    }
    const node = await program.nodeOf(handle);
    return node === undefined
      ? { kind: 'unknown', reason: `'${symbol.name}' cannot be resolved` }
      : followDeclaration(node, hops);
  }

  async function followAlias(symbol: Symbol, hops: number): Promise<Resolved> {
    const handle = symbol.declarations[0];
    const node = handle === undefined ? undefined : await program.nodeOf(handle);
    const module = node === undefined ? undefined : moduleOf(node);
    if (node !== undefined && module !== undefined && isMastraPackage(module)) {
      return { kind: 'mastra', name: importedName(node) ?? symbol.name };
    }
    const next = await program.aliased(symbol);
    if (next === undefined || next.id === symbol.id || next.declarations.length === 0) {
      if (node !== undefined && isExportAssignment(node)) return resolveExpression(node.expression, hops + 1, node);
      const from = module === undefined ? '' : ` from '${module}'`;
      return { kind: 'unknown', reason: `the import of '${symbol.name}'${from} cannot be resolved` };
    }
    return resolveSymbol(next, hops + 1);
  }

  async function followDeclaration(node: Node, hops: number): Promise<Resolved> {
    if (isVariableDeclaration(node) || isPropertyDeclaration(node)) {
      if (node.initializer === undefined) return { kind: 'declaration', node };
      return keepDeclaration(await resolveExpression(node.initializer, hops + 1, node), node);
    }
    if (isPropertyAssignment(node)) {
      return keepDeclaration(await resolveExpression(node.initializer, hops + 1, node), node);
    }
    if (isShorthandPropertyAssignment(node)) {
      const symbol = await program.shorthandValue(node);
      return symbol === undefined
        ? { kind: 'unknown', reason: `'${nameText(node.name) ?? ''}' cannot be resolved` }
        : resolveSymbol(symbol, hops + 1);
    }
    if (isExportAssignment(node)) return resolveExpression(node.expression, hops + 1, node);
    if (isBindingElement(node)) return followBinding(node, hops);
    return { kind: 'declaration', node };
  }

  /** `const { createWorkflow, createStep: step } = init(inngest)`, or a property of an object. */
  async function followBinding(node: BindingElement, hops: number): Promise<Resolved> {
    const name = nameText(node.propertyName ?? node.name);
    const holder = node.parent.parent;
    if (name === undefined || !isVariableDeclaration(holder) || holder.initializer === undefined) {
      return { kind: 'declaration', node };
    }
    return memberOf(holder.initializer, name, hops + 1);
  }

  async function memberOf(object: Expression, name: string, hops: number): Promise<Resolved> {
    if (isAwaitExpression(object) && isDynamicMastraImport(object.expression)) return { kind: 'mastra', name };
    const value = await resolveExpression(object, hops + 1);
    if (value.kind === 'expression' && isCallExpression(value.expression)) {
      const callee = await resolveExpression(value.expression.expression, hops + 1);
      if (callee.kind === 'mastra') return { kind: 'mastra', name };
    }
    const type = await program.typeAt(object);
    const symbol = type === undefined ? undefined : await program.property(type, name);
    return symbol === undefined
      ? { kind: 'unknown', reason: `'${name}' cannot be resolved` }
      : resolveSymbol(symbol, hops + 1);
  }

  return (expression) => resolveExpression(expression, 0);
}

/** The declaration nearest to the value is the one that names it, not a later alias. */
function keepDeclaration(resolved: Resolved, node: Node): Resolved {
  return resolved.kind === 'expression' && resolved.declaration === undefined
    ? { ...resolved, declaration: node }
    : resolved;
}

/** The name node of a declaration, for `definition` ranges. */
export function declaredName(declaration: Node): Node {
  if (isVariableDeclaration(declaration) || isPropertyAssignment(declaration) || isPropertyDeclaration(declaration)) {
    return declaration.name;
  }
  return declaration;
}

export function isMastraPackage(specifier: string): boolean {
  return specifier.startsWith('@mastra/');
}

/** Also true for pnpm's layout and for packages linked from Mastra's own repository by their package path. */
export function isInMastraPackage(path: string): boolean {
  return /\/node_modules\/@mastra\//i.test(path);
}

/** The module specifier that an import or re-export names. */
function moduleOf(node: Node): string | undefined {
  let current: Node | undefined = node;
  while (current !== undefined && current.kind !== SyntaxKind.SourceFile) {
    if (isImportDeclaration(current)) return literalText(current.moduleSpecifier);
    if (isExportDeclaration(current)) {
      return current.moduleSpecifier === undefined ? undefined : literalText(current.moduleSpecifier);
    }
    current = parentOf(current);
  }
  return undefined;
}

function importedName(node: Node): string | undefined {
  if (isImportSpecifier(node) || isExportSpecifier(node)) return nameText(node.propertyName ?? node.name);
  return isImportClause(node) ? 'default' : undefined;
}

function isDynamicMastraImport(node: Expression): boolean {
  if (!isCallExpression(node) || node.expression.kind !== SyntaxKind.ImportKeyword) return false;
  const specifier = literalText(node.arguments[0]);
  return specifier !== undefined && isMastraPackage(specifier);
}
