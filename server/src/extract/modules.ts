/** How the modules around a file load each other, where that goes in a circle. */
import type { ModuleExport, ModuleLink, ModuleModel, NeededName } from '../../../common/model/modules.ts';
import {
  isBindingElement,
  isClassDeclaration,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isNamedExports,
  isNamespaceImport,
  isTypeAliasDeclaration,
  isVariableStatement,
  nameText,
  rangeOf,
  walk,
  SyntaxKind,
  type ExportDeclaration,
  type ImportDeclaration,
  type Node,
  type SourceFile,
  type Statement,
} from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';
import { moduleReferences, ownPath, type ModuleReference } from './dependencies.ts';
import { readLoading, type Imported, type Loading } from './loading.ts';

/** Trees are shared between snapshots while their text is the same. */
const models = new WeakMap<SourceFile, Promise<ModuleModel>>();
const loaded = new WeakMap<SourceFile, Promise<readonly string[]>>();

/**
 * The modules that are loaded with a file, when some of them load each other in a circle. Otherwise the file alone where
 * it loads others while it runs, else none, and nothing but imports is looked at. `reached` are the other files that it imports, directly or not, by path.
 */
export async function modulesOf(
  program: Program,
  file: SourceFile,
  reached: ReadonlyMap<string, SourceFile | undefined>,
): Promise<readonly ModuleModel[]> {
  const sources = [file, ...reached.values()].flatMap((source) =>
    source !== undefined && isLoaded(source.fileName) ? [source] : [],
  );
  const targets = new Map<string, readonly string[]>();
  await Promise.all(sources.map(async (source) => targets.set(source.path, await loadedBy(program, source))));
  const nameOf = (path: string) => (path === file.path ? file : reached.get(path))?.fileName;
  const told = isCircular(targets) ? sources : /\bimport\s*\(/.test(file.text) ? [file] : [];
  return Promise.all(told.map((source) => moduleOf(program, source, nameOf)));
}

function isLoaded(file: string): boolean {
  return !/\.d\.[mc]?ts$|\.json$/.test(file);
}

/** The paths of what a module loads. */
function loadedBy(program: Program, source: SourceFile): Promise<readonly string[]> {
  let paths = loaded.get(source);
  if (paths === undefined) {
    paths = moduleReferences(program, source).then((references) => references.filter(isKept).flatMap(ownPath));
    loaded.set(source, paths);
  }
  return paths;
}

/** False for `import type` and `export type`. */
function isKept({ statement }: ModuleReference): boolean {
  return isImportDeclaration(statement)
    ? statement.importClause?.phaseModifier !== SyntaxKind.TypeKeyword
    : !statement.isTypeOnly;
}

function isCircular(targets: ReadonlyMap<string, readonly string[]>): boolean {
  const states = new Map<string, 'open' | 'done'>();
  const leadsBack = (path: string): boolean => {
    const state = states.get(path);
    if (state !== undefined) return state === 'open';
    states.set(path, 'open');
    const found = (targets.get(path) ?? []).some(leadsBack);
    states.set(path, 'done');
    return found;
  };
  return [...targets.keys()].some(leadsBack);
}

function moduleOf(
  program: Program,
  source: SourceFile,
  nameOf: (path: string) => string | undefined,
): Promise<ModuleModel> {
  let model = models.get(source);
  if (model === undefined) {
    model = moduleReferences(program, source).then((references) => readModule(source, references, nameOf));
    models.set(source, model);
  }
  return model;
}

function readModule(
  source: SourceFile,
  references: readonly ModuleReference[],
  nameOf: (path: string) => string | undefined,
): ModuleModel {
  const imported = new Map<string, Imported>();
  const followed: { readonly reference: ModuleReference; readonly target: string }[] = [];
  let open = source.statements.some(
    (statement) => isImportEqualsDeclaration(statement) || (isExportAssignment(statement) && statement.isExportEquals),
  );
  for (const reference of references.filter(isKept)) {
    const [path] = ownPath(reference);
    const target = path === undefined ? undefined : nameOf(path);
    if (target !== undefined && isLoaded(target)) {
      if (isImportDeclaration(reference.statement)) {
        for (const [local, name] of importedNames(reference.statement)) {
          imported.set(local, { link: followed.length, name });
        }
      }
      followed.push({ reference, target });
    } else if (leadsAnywhere(reference, target)) {
      open = true;
    }
  }
  const loading = readLoading(source, imported);
  return {
    file: source.fileName,
    links: followed.map(({ reference, target }): ModuleLink => ({
      target,
      range: rangeOf(reference.specifier, source),
      needs: needsOf(reference, loading),
    })),
    exports: new Map([...ownExports(source, imported), ...linkedExports(followed.map(({ reference }) => reference))]),
    stars: followed.flatMap(({ reference: { statement } }, index) =>
      isExportDeclaration(statement) && statement.exportClause === undefined ? [index] : [],
    ),
    reads: loading.reads,
    awaits: loading.awaits,
    open,
    lazy: loading.lazy,
  };
}

/** A module of the project that is not found, or is not TypeScript, may load any other. */
function leadsAnywhere({ specifier, path, statement }: ModuleReference, target: string | undefined): boolean {
  if (target !== undefined) return !target.endsWith('.json');
  if (path !== undefined) return false;
  // A file without imports and exports is no module, and neither are styles.
  if (isImportDeclaration(statement) && statement.importClause === undefined) return false;
  return /^[./~#]|^@\//.test(specifier.text);
}

/** Local names with the names that the module has for them; `*` for the module as a whole. */
function importedNames({ importClause }: ImportDeclaration): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (importClause?.name !== undefined) names.set(importClause.name.text, 'default');
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return names;
  if (isNamespaceImport(bindings)) return names.set(bindings.name.text, '*');
  for (const { name, propertyName, isTypeOnly } of bindings.elements) {
    if (!isTypeOnly) names.set(name.text, nameText(propertyName) ?? name.text);
  }
  return names;
}

function needsOf({ statement }: ModuleReference, { used }: Loading): ModuleLink['needs'] {
  if (isImportDeclaration(statement)) {
    if (statement.importClause === undefined) return 'module';
    return [...importedNames(statement)].map(([local, name]) => ({ name, used: used.has(local) }));
  }
  return namesIn(statement)?.map(({ name }): NeededName => ({ name, used: true })) ?? 'module';
}

/** What `export { ... }` lists, types left out; undefined for the other forms. */
function namesIn({
  exportClause,
}: ExportDeclaration): readonly { readonly name: string; readonly as: string; readonly node: Node }[] | undefined {
  if (exportClause === undefined || !isNamedExports(exportClause)) return undefined;
  return exportClause.elements.flatMap((element) => {
    const as = nameText(element.name);
    const name = nameText(element.propertyName ?? element.name);
    return element.isTypeOnly || as === undefined || name === undefined ? [] : [{ name, as, node: element }];
  });
}

function linkedExports(references: readonly ModuleReference[]): readonly (readonly [string, ModuleExport])[] {
  return references.flatMap(({ statement }, link) =>
    isImportDeclaration(statement)
      ? []
      : (namesIn(statement) ?? []).map(({ name, as }) => [as, { kind: 'linked', link, name }] as const),
  );
}

function ownExports(
  source: SourceFile,
  imported: ReadonlyMap<string, Imported>,
): readonly (readonly [string, ModuleExport])[] {
  const declared = new Map<string, ModuleExport>();
  const exports = new Map<string, ModuleExport>();
  for (const { name, exportedAs, kind, node } of source.statements.flatMap(declarationsIn)) {
    const found: ModuleExport = { kind, range: rangeOf(node, source) };
    // A value and a type of one name are one export.
    if (name !== undefined && declared.get(name)?.kind !== 'late') declared.set(name, found);
    if (exportedAs !== undefined && exports.get(exportedAs)?.kind !== 'late') exports.set(exportedAs, found);
  }
  for (const statement of source.statements) {
    if (isExportAssignment(statement)) {
      exports.set('default', { kind: 'late', range: rangeOf(statement.expression, source) });
    } else if (isExportDeclaration(statement) && statement.moduleSpecifier === undefined) {
      for (const { name, as } of namesIn(statement) ?? []) {
        const link = imported.get(name);
        const found = link === undefined ? declared.get(name) : ({ kind: 'linked', ...link } as const);
        if (found !== undefined) exports.set(as, found);
      }
    }
  }
  return [...exports];
}

interface Declared {
  readonly name: string | undefined;
  readonly exportedAs: string | undefined;
  readonly kind: 'late' | 'early' | 'type';
  readonly node: Node;
}

function declarationsIn(statement: Statement): readonly Declared[] {
  if (isVariableStatement(statement)) {
    const { declarationList } = statement;
    const isLate = !hasModifier(statement, SyntaxKind.DeclareKeyword) && !/^var\b/.test(declarationList.getText());
    return declarationList.declarations
      .flatMap(({ name }) => boundNames(name))
      .map((node) => declaredAs(statement, node, isLate ? 'late' : 'early'));
  }
  if (isClassDeclaration(statement)) {
    const isLate = !hasModifier(statement, SyntaxKind.DeclareKeyword);
    return [declaredAs(statement, statement.name, isLate ? 'late' : 'early')];
  }
  if (isInterfaceDeclaration(statement) || isTypeAliasDeclaration(statement)) {
    return [declaredAs(statement, statement.name, 'type')];
  }
  if (isFunctionDeclaration(statement) || isEnumDeclaration(statement) || isModuleDeclaration(statement)) {
    return [declaredAs(statement, statement.name, 'early')];
  }
  return [];
}

interface Declaring extends Node {
  readonly modifiers?: readonly Node[] | undefined;
}

function declaredAs(statement: Declaring, nameNode: Node | undefined, kind: Declared['kind']): Declared {
  const name = nameText(nameNode);
  const exported = hasModifier(statement, SyntaxKind.DefaultKeyword) ? 'default' : name;
  return {
    name,
    exportedAs: hasModifier(statement, SyntaxKind.ExportKeyword) ? exported : undefined,
    kind,
    node: nameNode ?? statement,
  };
}

function boundNames(name: Node): readonly Node[] {
  if (isIdentifier(name)) return [name];
  const found: Node[] = [];
  walk(name, (node) => {
    if (isBindingElement(node) && node.name !== undefined && isIdentifier(node.name)) found.push(node.name);
  });
  return found;
}

function hasModifier({ modifiers }: Declaring, kind: SyntaxKind): boolean {
  return modifiers?.some((modifier) => modifier.kind === kind) ?? false;
}
