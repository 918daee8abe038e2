/** The files of the project that a file imports, directly or through others: its types can change with any of them. */
import {
  isExportDeclaration,
  isImportDeclaration,
  isStringLiteral,
  type SourceFile,
  type StringLiteral,
} from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';

/** Trees are shared between snapshots while their text is the same, and so are their imports. */
const importsOf = new WeakMap<SourceFile, Promise<readonly string[]>>();

export async function dependenciesOf(program: Program, file: SourceFile): Promise<readonly string[]> {
  const seen = new Map<string, string>([[file.path, file.fileName]]);
  let wave: readonly SourceFile[] = [file];
  while (wave.length > 0) {
    const targets = (await Promise.all(wave.map((source) => directImports(program, source)))).flat();
    const fresh = [...new Set(targets)].filter((path) => !seen.has(path));
    const sources = await Promise.all(fresh.map((path) => program.sourceFile(path)));
    for (const path of fresh) seen.set(path, path);
    wave = sources.filter((source) => source !== undefined);
    for (const source of wave) seen.set(source.path, source.fileName);
  }
  seen.delete(file.path);
  return [...new Set(seen.values())].sort();
}

function directImports(program: Program, file: SourceFile): Promise<readonly string[]> {
  let imports = importsOf.get(file);
  if (imports === undefined) {
    imports = readImports(program, file);
    importsOf.set(file, imports);
  }
  return imports;
}

/** Paths of the modules that are files of the project, not of packages. */
async function readImports(program: Program, file: SourceFile): Promise<readonly string[]> {
  const specifiers = file.statements.flatMap((statement): readonly StringLiteral[] => {
    const specifier =
      isImportDeclaration(statement) || isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    return specifier !== undefined && isStringLiteral(specifier) ? [specifier] : [];
  });
  const symbols = await Promise.all(specifiers.map((specifier) => program.symbolAt(specifier)));
  return symbols.flatMap((symbol) => {
    const path = symbol?.declarations[0]?.path;
    return path === undefined || path.includes('/node_modules/') ? [] : [path];
  });
}
