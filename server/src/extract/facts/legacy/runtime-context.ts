/** `runtimeContext`, which is `requestContext` since 1.0: its class, and the functions that Mastra passes it to. */
import type {
  RuntimeContextImportFact,
  RuntimeContextParameterFact,
} from '../../../../../common/model/facts/legacy-api.ts';
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isArrowFunction,
  isBindingElement,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isMethodDeclaration,
  isNamedImports,
  isObjectBindingPattern,
  isParameterDeclaration,
  isPropertyAccessExpression,
  literalText,
  locationOf,
  nameText,
  walk,
  type BindingElement,
  type ImportSpecifier,
  type PropertyAccessExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { isOfCore, lacksMember, parameterAskedFor, type FunctionLike } from './declared.ts';
import { renameVariable, replace, variablesNamed } from './edits.ts';
import { isMissingExport } from './exports.ts';

/** The modules that had the class: the second is an alias of the first. */
const modules: ReadonlySet<string> = new Set(['@mastra/core/runtime-context', '@mastra/core/di']);

export async function runtimeContextImports(
  context: Context,
  file: SourceFile,
): Promise<readonly RuntimeContextImportFact[]> {
  const facts = file.statements.filter(isImportDeclaration).map(async (declaration) => {
    const module = literalText(declaration.moduleSpecifier);
    const bindings = declaration.importClause?.namedBindings;
    if (module === undefined || !modules.has(module) || bindings === undefined || !isNamedImports(bindings)) return [];
    const specifier = bindings.elements.find(
      (element) => nameText(element.propertyName ?? element.name) === 'RuntimeContext',
    );
    if (specifier === undefined || !(await isMissingExport(context, specifier))) return [];
    const quote = declaration.moduleSpecifier.getText().charAt(0);
    const fact: RuntimeContextImportFact = {
      kind: 'legacy-api',
      shape: 'runtime-context-import',
      module,
      edits:
        bindings.elements.length > 1
          ? undefined
          : [
              ...renamedImport(file, specifier),
              replace(declaration.moduleSpecifier, `${quote}@mastra/core/request-context${quote}`),
            ],
      ...locationOf(specifier),
    };
    return [fact];
  });
  return (await Promise.all(facts)).flat();
}

function renamedImport(file: SourceFile, specifier: ImportSpecifier): readonly FileEdit[] {
  if (specifier.propertyName !== undefined) return [replace(specifier.propertyName, 'RequestContext')];
  const uses =
    variablesNamed(file, 'RequestContext').length > 0
      ? undefined
      : renameVariable(file, specifier.name, 'RequestContext');
  return uses === undefined
    ? [replace(specifier.name, 'RequestContext as RuntimeContext')]
    : [replace(specifier.name, 'RequestContext'), ...uses];
}

export async function runtimeContextParameters(
  context: Context,
  file: SourceFile,
): Promise<readonly RuntimeContextParameterFact[]> {
  if (!file.text.includes('runtimeContext')) return [];
  const candidates: { readonly element: BindingElement; readonly owner: FunctionLike; readonly index: number }[] = [];
  walk(file, (node) => {
    if (!isBindingElement(node) || nameText(node.propertyName ?? node.name) !== 'runtimeContext') return;
    const parameter = node.parent.parent;
    if (!isObjectBindingPattern(node.parent) || !isParameterDeclaration(parameter)) return;
    const owner = parameter.parent;
    if (!isArrowFunction(owner) && !isFunctionExpression(owner) && !isMethodDeclaration(owner)) return;
    candidates.push({ element: node, owner, index: owner.parameters.indexOf(parameter) });
  });
  const facts = candidates.map(async ({ element, owner, index }): Promise<readonly RuntimeContextParameterFact[]> => {
    const type = await parameterAskedFor(context, owner, index);
    if (type === undefined || !(await lacksMember(context.program, type, 'runtimeContext'))) return [];
    const present = await context.program.property(type, 'requestContext');
    if (present === undefined || !isOfCore(present)) return [];
    return [
      {
        kind: 'legacy-api',
        shape: 'runtime-context-parameter',
        edits: renamedParameter(element, owner),
        ...locationOf(element.propertyName ?? element),
      },
    ];
  });
  return (await Promise.all(facts)).flat();
}

/** `context.runtimeContext`, where Mastra hands over the context. */
export async function runtimeContextMembers(
  context: Context,
  file: SourceFile,
): Promise<readonly RuntimeContextParameterFact[]> {
  if (!file.text.includes('runtimeContext')) return [];
  const candidates: PropertyAccessExpression[] = [];
  walk(file, (node) => {
    if (isPropertyAccessExpression(node) && nameText(node.name) === 'runtimeContext') candidates.push(node);
  });
  const facts = candidates.map(async (access): Promise<readonly RuntimeContextParameterFact[]> => {
    const { program } = context;
    const given = await program.typeAt(access.expression);
    const type = given === undefined ? undefined : ((await program.nonNullable(given)) ?? given);
    if (type === undefined || !(await lacksMember(program, type, 'runtimeContext'))) return [];
    const present = await program.property(type, 'requestContext');
    if (present === undefined || !isOfCore(present)) return [];
    return [
      {
        kind: 'legacy-api',
        shape: 'runtime-context-parameter',
        edits: [replace(access.name, 'requestContext')],
        ...locationOf(access.name),
      },
    ];
  });
  return (await Promise.all(facts)).flat();
}

function renamedParameter(element: BindingElement, owner: FunctionLike): readonly FileEdit[] | undefined {
  if (element.propertyName !== undefined) return [replace(element.propertyName, 'requestContext')];
  if (element.name === undefined || !isIdentifier(element.name)) return undefined;
  const uses = renameVariable(owner, element.name, 'requestContext');
  return uses === undefined
    ? [replace(element.name, 'requestContext: runtimeContext')]
    : [replace(element.name, 'requestContext'), ...uses];
}
