/** The names that a file uses: imports and exports alone are no use. */
import type { MentionsFact } from '../../../../common/model/facts/mentions.ts';
import {
  isCallExpression,
  isExportAssignment,
  isExportDeclaration,
  isExportSpecifier,
  isIdentifier,
  isImportDeclaration,
  isNamedImports,
  isPropertyAccessExpression,
  literalText,
  nameText,
  parentOf,
  methodCalledOn,
  rangeBetween,
  walk,
  wrapped,
  SyntaxKind,
  type Identifier,
  type SourceFile,
} from '../../typescript/ast.ts';
import { builderMethods } from '../builder.ts';
import type { Context } from '../context.ts';
import { creationsOf } from '../creation.ts';
import { dependenciesOf } from '../dependencies.ts';

export async function mentionFacts(context: Context, file: SourceFile): Promise<readonly MentionsFact[]> {
  const creations = await creationsOf(context, file);
  const declared = new Set(creations.flatMap(({ name }) => name ?? []));
  const declarations = new Set(creations.map(({ nameNode }) => nameNode));
  const imported = importsOf(file);
  const names = new Set(renamedExports(file));
  const own = new Set<string>();
  // What such a module gives is known by its members' names alone.
  const found = { whole: false, loose: imported.namespaces.size > 0 };
  const members = new Set<string>();
  walk(file, (node) => {
    if (isCallExpression(node) && isModuleCall(node.expression.kind, node.expression.getText())) found.loose = true;
    if (!isIdentifier(node) || isInImportOrExport(node)) return;
    members.add(node.text);
    const isMember = isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (isMember) return;
    const original = imported.names.get(node.text);
    if (original !== undefined) names.add(original);
    if (imported.namespaces.has(node.text) && !isMemberAccess(node)) found.whole = true;
    if (declared.has(node.text) && !declarations.has(node) && !isOwnChain(node)) own.add(node.text);
  });
  if (found.loose) for (const name of members) names.add(name);
  if (names.size === 0 && own.size === 0 && !found.whole) return [];
  const range = rangeBetween(file, 0, 0);
  const reached = found.whole ? await dependenciesOf(context.program, file) : [];
  return [{ kind: 'mentions', file: file.fileName, range, names: [...names], own: [...own], whole: reached }];
}

function isModuleCall(kind: SyntaxKind, text: string): boolean {
  return kind === SyntaxKind.ImportKeyword || text === 'require';
}

interface Imports {
  /** Local names with those that the modules have for them. */
  readonly names: ReadonlyMap<string, string>;
  readonly namespaces: ReadonlySet<string>;
}

function importsOf(file: SourceFile): Imports {
  const names = new Map<string, string>();
  const namespaces = new Set<string>();
  for (const statement of file.statements) {
    if (!isImportDeclaration(statement)) continue;
    const specifier = literalText(statement.moduleSpecifier) ?? '';
    // Only packages with a scope or a plain name are certainly not modules of the project.
    if (/^(?:@mastra\/|node:|zod(?:\/|$)|react(?:\/|$))/.test(specifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined) continue;
    if (!isNamedImports(bindings)) {
      if (/^[.~#]|^@\//.test(specifier)) namespaces.add(bindings.name.text);
      continue;
    }
    for (const { name, propertyName } of bindings.elements) {
      names.set(name.text, nameText(propertyName) ?? name.text);
    }
  }
  return { names, namespaces };
}

/** `export { flow as other }`: who imports it does so by another name. */
function renamedExports(file: SourceFile): readonly string[] {
  return file.statements.flatMap((statement): readonly string[] => {
    if (!isExportDeclaration(statement) || statement.exportClause === undefined) return [];
    const found: string[] = [];
    walk(statement.exportClause, (node) => {
      if (isExportSpecifier(node) && node.propertyName !== undefined) found.push(nameText(node.propertyName) ?? '');
    });
    return found;
  });
}

function isInImportOrExport(node: Identifier): boolean {
  const parent = parentOf(node);
  if (parent === undefined) return false;
  return (
    isExportSpecifier(parent) ||
    isExportAssignment(parent) ||
    parent.kind === SyntaxKind.ImportSpecifier ||
    parent.kind === SyntaxKind.ImportClause ||
    parent.kind === SyntaxKind.NamespaceImport
  );
}

function isMemberAccess(node: Identifier): boolean {
  const parent = parentOf(node);
  return parent !== undefined && isPropertyAccessExpression(parent) && parent.expression === node;
}

/** `flow.then(step);` goes on with the chain as a statement; where its value is kept, it has another name. */
function isOwnChain(node: Identifier): boolean {
  let current = wrapped(node);
  for (let method = methodCalledOn(current); method !== undefined; method = methodCalledOn(current)) {
    if (!builderMethods.has(method.name.text)) return false;
    current = wrapped(method.call);
  }
  const parent = parentOf(current);
  return current !== wrapped(node) && parent?.kind === SyntaxKind.ExpressionStatement;
}
