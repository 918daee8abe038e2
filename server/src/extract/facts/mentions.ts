/** The names that a file uses: imports and exports alone are no use. */
import type { MentionsFact } from '../../../../common/model/facts/mentions.ts';
import {
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
  type CallExpression,
  type Identifier,
  type NewExpression,
  type SourceFile,
} from '../../typescript/ast.ts';
import { builderMethods } from '../builder.ts';
import type { Context } from '../context.ts';
import { creationsOf } from '../creation.ts';
import { dependenciesOf } from '../dependencies.ts';
import { callsIn, identifiersIn, identifiersNamed } from '../occurrences.ts';

export async function mentionFacts(context: Context, file: SourceFile): Promise<readonly MentionsFact[]> {
  const creations = await creationsOf(context, file);
  const declared = new Set(creations.flatMap(({ name }) => name ?? []));
  const declarations = new Set(creations.map(({ nameNode }) => nameNode));
  const imported = importsOf(file);
  const names = new Set(renamedExports(file));
  const own = new Set<string>();
  let whole = false;
  // What a module gives that is imported as a whole is known by its members' names alone.
  const loose = imported.namespaces.size > 0 || callsIn(file).some(isModuleCall);
  const known = [...imported.names.keys(), ...imported.namespaces, ...declared];
  for (const [text, identifiers] of loose ? identifiersIn(file) : identifiersNamed(file, known)) {
    const original = imported.names.get(text);
    const isNamespace = imported.namespaces.has(text);
    const isDeclared = declared.has(text);
    const mentions = identifiers.filter((node) => !isInImportOrExport(node));
    const reads = mentions.filter((node) => !isMemberName(node));
    if (loose && mentions.length > 0) names.add(text);
    if (original !== undefined && reads.length > 0) names.add(original);
    if (isNamespace && !reads.every(isMemberAccess)) whole = true;
    if (isDeclared && reads.some((node) => !declarations.has(node) && !isOwnChain(node))) own.add(text);
  }
  if (names.size === 0 && own.size === 0 && !whole) return [];
  const range = rangeBetween(file, 0, 0);
  const reached = whole ? await dependenciesOf(context.program, file) : [];
  return [{ kind: 'mentions', file: file.fileName, range, names: [...names], own: [...own], whole: reached }];
}

/** `import('./flow')` and `require('./flow')`. */
function isModuleCall({ expression }: CallExpression | NewExpression): boolean {
  return expression.kind === SyntaxKind.ImportKeyword || (isIdentifier(expression) && expression.text === 'require');
}

function isMemberName(node: Identifier): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
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
