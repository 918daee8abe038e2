/** Where a further workflow is written into a `new Mastra({...})`. */
import type { RegistryExtension } from '../../../../common/model/facts/registry.ts';
import {
  isImportDeclaration,
  isNamedImports,
  isObjectLiteralExpression,
  literalText,
  nameText,
  positionAt,
  rangeBetween,
  type ImportDeclaration,
  type SourceFile,
} from '../../typescript/ast.ts';
import { identifiersIn } from '../occurrences.ts';
import { hasOption, optionExpression, type Options } from '../options.ts';

/** Undefined where the options or the workflows are not written out in the call's own file. */
export function extensionOf(file: SourceFile, options: Options): RegistryExtension | undefined {
  const { literal } = options;
  if (literal === undefined || literal.getSourceFile() !== file) return undefined;
  const given = hasOption(options, 'workflows');
  const value = optionExpression(options, 'workflows');
  const list = value !== undefined && isObjectLiteralExpression(value) ? value : undefined;
  if (given !== false && list === undefined) return undefined;
  const target = list ?? literal;
  const last = target.properties.at(-1);
  const [before, after] = list === undefined ? ['workflows: { ', ' }'] : ['', ''];
  const imports = file.statements.filter(isImportDeclaration);
  const rest = file.statements.findIndex((statement) => !isImportDeclaration(statement));
  const end = file.statements[(rest === -1 ? file.statements.length : rest) - 1]?.getEnd();
  const line = end === undefined ? 0 : positionAt(file, end).line + 1;
  const start = { line, character: 0 };
  const relative = imports
    .map(({ moduleSpecifier }) => literalText(moduleSpecifier) ?? '')
    .find((text) => /^\.\.?\//.test(text));
  return {
    property: {
      range: at(file, last?.getEnd() ?? target.getStart(file) + 1),
      before: `${separator(file, target.getStart(file), last?.getStart(file))}${before}`,
      after: last === undefined ? `${after} ` : after,
    },
    imports: { start, end: start },
    importExtension: /\.[mc]?[jt]sx?$/.exec(relative ?? '')?.[0] ?? '',
    quote: imports[0]?.moduleSpecifier.getText().startsWith('"') === true ? '"' : "'",
    imported: imports.flatMap(importedBy),
    names: [...identifiersIn(file).keys()],
  };
}

function importedBy(declaration: ImportDeclaration): RegistryExtension['imported'] {
  const module = literalText(declaration.moduleSpecifier);
  const bindings = declaration.importClause?.namedBindings;
  if (module === undefined || bindings === undefined || !isNamedImports(bindings)) return [];
  return bindings.elements.map(({ name, propertyName }) => ({
    local: name.text,
    name: nameText(propertyName) ?? name.text,
    module,
  }));
}

function at(file: SourceFile, offset: number) {
  return rangeBetween(file, offset, offset);
}

/** Between the last property and the new one: on a line of its own where the last one is. */
function separator(file: SourceFile, brace: number, last: number | undefined): string {
  if (last === undefined) return ' ';
  const lineStart = Math.max(file.text.lastIndexOf('\n', last), 0);
  if (lineStart < brace) return ', ';
  const indent = /^\s*/.exec(file.text.slice(lineStart + 1, last))?.[0] ?? '';
  return `,\n${indent}`;
}
