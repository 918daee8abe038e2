import type { ExportSpecifier, ImportSpecifier } from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';

/** True where the checker follows an import or re-export and finds nothing, be it the module or the name in it. */
export async function isMissingExport(
  context: Context,
  specifier: ImportSpecifier | ExportSpecifier,
): Promise<boolean> {
  const { program } = context;
  const symbol = await program.symbolAt(specifier.name);
  if (symbol === undefined) return false;
  const target = await program.aliased(symbol);
  return target === undefined || target.declarations.length === 0;
}
