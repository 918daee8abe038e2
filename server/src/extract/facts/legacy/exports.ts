/** Whether an import finds what it names. */
import { isImportDeclaration, parentOf, type ImportSpecifier, type Node } from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';

/** True where the checker follows the import and finds nothing, be it the module or the name in it. */
export async function isMissingExport(context: Context, specifier: ImportSpecifier): Promise<boolean> {
  const { program } = context;
  const symbol = await program.symbolAt(specifier.name);
  if (symbol === undefined) return false;
  const target = await program.aliased(symbol);
  return target === undefined || target.declarations.length === 0;
}

/** True where the module of an import is found. */
export async function findsModule(context: Context, node: Node): Promise<boolean> {
  let current: Node | undefined = node;
  while (current !== undefined && !isImportDeclaration(current)) current = parentOf(current);
  return current !== undefined && (await context.program.symbolAt(current.moduleSpecifier)) !== undefined;
}
