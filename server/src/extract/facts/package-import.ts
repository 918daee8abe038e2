/** Imports of Mastra's packages and of zod. */
import type { PackageImportFact } from '../../../../common/model/facts/index.ts';
import { isImportDeclaration, literalText, locationOf, SyntaxKind } from '../../typescript/ast.ts';
import type { FactExtractor } from './index.ts';

export const packageImports: FactExtractor = (_context, file) =>
  Promise.resolve(
    file.statements.flatMap((statement): readonly PackageImportFact[] => {
      if (!isImportDeclaration(statement)) return [];
      if (statement.importClause?.phaseModifier === SyntaxKind.TypeKeyword) return [];
      const specifier = literalText(statement.moduleSpecifier);
      const name = /^(@mastra\/[^/]+|zod)(?:\/|$)/.exec(specifier ?? '')?.[1];
      if (specifier === undefined || name === undefined) return [];
      return [{ kind: 'package-import', ...locationOf(statement.moduleSpecifier), package: name, specifier }];
    }),
  );
