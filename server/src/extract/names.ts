/** The names and ranges of a workflow in its file. */
import type { Range } from '../../../common/model/text.ts';
import {
  isExportAssignment,
  isExportDeclaration,
  isNamedExports,
  isIdentifier,
  isStatement,
  isVariableStatement,
  nameText,
  parentOf,
  rangeBetween,
  rangeOf,
  SyntaxKind,
  unwrap,
  type Node,
  type SourceFile,
} from '../typescript/ast.ts';
import type { Chain } from './chain.ts';
import type { Creation } from './creation.ts';

/** The declared name; the callee when there is none. */
export function nameRangeOf(creation: Creation): Range {
  return rangeOf(creation.nameNode ?? creation.call.expression);
}

/** The statement that makes the workflow, and the later ones that go on with its chain. */
export function workflowRange(creation: Creation, chain: Chain): Range {
  const file = creation.call.getSourceFile();
  const start = statementOf(creation.chain);
  const ends = [
    start.getEnd(),
    ...chain.segments
      .filter((segment) => segment.uncertain === undefined)
      .map((segment) => statementOf(segment.call).getEnd()),
  ];
  return rangeBetween(file, start.getStart(file), Math.max(...ends));
}

function statementOf(node: Node): Node {
  let current = node;
  for (let parent = parentOf(current); parent !== undefined && !isStatement(current); parent = parentOf(current)) {
    if (isMember(current) || parent.kind === SyntaxKind.SourceFile) return current;
    current = parent;
  }
  return current;
}

/** A class member or a property of an object stands for itself, not for the whole class or object. */
function isMember(node: Node): boolean {
  return node.kind === SyntaxKind.PropertyDeclaration || node.kind === SyntaxKind.PropertyAssignment;
}

/** The name that the module exports the workflow under; `default` for the default export. */
export function exportNameOf(creation: Creation, names: readonly string[]): string | undefined {
  if (creation.owner.kind === 'default-export') return 'default';
  if (creation.owner.kind !== 'variable' || creation.nameNode === undefined) return undefined;
  const file = creation.call.getSourceFile();
  for (const name of names) {
    const exported = exportedName(file, name);
    if (exported !== undefined) return exported;
  }
  return undefined;
}

function exportedName(file: SourceFile, name: string): string | undefined {
  for (const statement of file.statements) {
    if (isVariableStatement(statement)) {
      const exports = statement.modifiers?.some((modifier) => modifier.kind === SyntaxKind.ExportKeyword) ?? false;
      if (
        exports &&
        statement.declarationList.declarations.some((declaration) => nameText(declaration.name) === name)
      ) {
        return name;
      }
    } else if (isExportDeclaration(statement)) {
      const { exportClause, moduleSpecifier } = statement;
      if (exportClause === undefined || moduleSpecifier !== undefined || !isNamedExports(exportClause)) continue;
      for (const element of exportClause.elements) {
        if (nameText(element.propertyName ?? element.name) === name) return nameText(element.name);
      }
    } else if (isExportAssignment(statement)) {
      const value = unwrap(statement.expression);
      if (isIdentifier(value) && value.text === name) return 'default';
    }
  }
  return undefined;
}
