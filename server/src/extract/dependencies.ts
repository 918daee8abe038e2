/** The files of the project that a file imports, directly or through others: its types can change with any of them. */
import {
  isExportDeclaration,
  isImportDeclaration,
  isStringLiteral,
  type ExportDeclaration,
  type ImportDeclaration,
  type SourceFile,
  type StringLiteral,
} from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';

/** `import ... from 'specifier'` or `export ... from 'specifier'`. */
export interface ModuleReference {
  readonly statement: ImportDeclaration | ExportDeclaration;
  readonly specifier: StringLiteral;
  /** The path of the module; undefined when nothing is found there. */
  readonly path: string | undefined;
}

/** Trees are shared between snapshots while their text is the same, and so are their imports. */
const referencesOf = new WeakMap<SourceFile, Promise<readonly ModuleReference[]>>();

/** The file names of what a file reaches, sorted. */
export async function dependenciesOf(program: Program, file: SourceFile): Promise<readonly string[]> {
  return namesOf(await reachedFrom(program, file));
}

/** The file names of what `reachedFrom` found, sorted. */
export function namesOf(reached: ReadonlyMap<string, SourceFile | undefined>): readonly string[] {
  return [...new Set([...reached].map(([path, source]) => source?.fileName ?? path))].sort();
}

/** By path; undefined for files that the program does not hold. The file itself is left out. */
export async function reachedFrom(
  program: Program,
  file: SourceFile,
): Promise<ReadonlyMap<string, SourceFile | undefined>> {
  const reached = new Map<string, SourceFile | undefined>([[file.path, file]]);
  let wave: readonly SourceFile[] = [file];
  while (wave.length > 0) {
    const targets = (await Promise.all(wave.map((source) => moduleReferences(program, source))))
      .flat()
      .flatMap(ownPath);
    const fresh = [...new Set(targets)].filter((path) => !reached.has(path));
    const sources = await Promise.all(fresh.map((path) => program.sourceFile(path)));
    fresh.forEach((path, index) => reached.set(path, sources[index]));
    wave = sources.filter((source) => source !== undefined);
  }
  reached.delete(file.path);
  return reached;
}

/** What a file imports from and re-exports, in source order. */
export function moduleReferences(program: Program, file: SourceFile): Promise<readonly ModuleReference[]> {
  let references = referencesOf.get(file);
  if (references === undefined) {
    references = readReferences(program, file);
    referencesOf.set(file, references);
  }
  return references;
}

/** The path of a module that is a file of the project, not of a package. */
export function ownPath({ path }: ModuleReference): readonly string[] {
  return path === undefined || path.includes('/node_modules/') ? [] : [path];
}

function readReferences(program: Program, file: SourceFile): Promise<readonly ModuleReference[]> {
  const found = file.statements.flatMap((statement) => {
    if (!isImportDeclaration(statement) && !isExportDeclaration(statement)) return [];
    const specifier = statement.moduleSpecifier;
    return specifier !== undefined && isStringLiteral(specifier) ? [{ statement, specifier }] : [];
  });
  return Promise.all(
    found.map(async ({ statement, specifier }) => ({
      statement,
      specifier,
      path: (await program.symbolAt(specifier))?.declarations[0]?.path,
    })),
  );
}
