/** `new Step({...})`: since 0.10 `Step` is a type, and steps are made by `createStep`. */
import type { NewStepFact } from '../../../../../common/model/facts/legacy-api.ts';
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isIdentifier,
  isImportDeclaration,
  isImportSpecifier,
  isNamedImports,
  isNewExpression,
  literalText,
  locationOf,
  nameText,
  rangeBetween,
  type ImportSpecifier,
  type NewExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import type { Context } from '../../context.ts';
import { callsIn } from '../../occurrences.ts';
import { replace, variablesNamed } from './edits.ts';

export async function newSteps(context: Context, file: SourceFile): Promise<readonly NewStepFact[]> {
  // A type is no value, so the checker does not tell what `new` names: the import does.
  const specifier = importOf(file, 'Step');
  if (specifier === undefined) return [];
  const local = specifier.name.text;
  const candidates = callsIn(file)
    .filter(isNewExpression)
    .filter(({ expression }) => isIdentifier(expression) && expression.text === local);
  const facts = candidates.map(async (call): Promise<readonly NewStepFact[]> => {
    const type = await context.program.typeAt(call.expression);
    const parameters = type === undefined ? [] : await context.program.parameterTypes(type, 0);
    if (parameters.length > 0) return [];
    return [
      { kind: 'legacy-api', shape: 'new-step', edits: asCall(file, call, specifier), ...locationOf(call.expression) },
    ];
  });
  return (await Promise.all(facts)).flat();
}

/** The import of a name from `@mastra/core` or `@mastra/core/workflows`. */
function importOf(file: SourceFile, name: string): ImportSpecifier | undefined {
  for (const declaration of file.statements.filter(isImportDeclaration)) {
    const bindings = declaration.importClause?.namedBindings;
    const module = literalText(declaration.moduleSpecifier);
    if (module !== '@mastra/core' && module !== '@mastra/core/workflows') continue;
    if (bindings === undefined || !isNamedImports(bindings)) continue;
    const found = bindings.elements.find((element) => nameText(element.propertyName ?? element.name) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function asCall(file: SourceFile, call: NewExpression, specifier: ImportSpecifier): readonly FileEdit[] | undefined {
  if (specifier.propertyName !== undefined) return undefined;
  const made: FileEdit = {
    file: file.fileName,
    range: rangeBetween(file, call.getStart(file), call.expression.getEnd()),
    newText: 'createStep',
  };
  const named = variablesNamed(file, 'createStep');
  if (named.some((node) => isImportSpecifier(node.parent))) return [made];
  if (named.length > 0) return undefined;
  if (specifier.isTypeOnly) return undefined;
  const others = variablesNamed(file, 'Step').length > 2;
  return [made, replace(specifier, others ? 'createStep, Step' : 'createStep')];
}
