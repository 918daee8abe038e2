/** Options of `createWorkflow`, `createStep`, `createTool`, `new Agent` and `new Mastra` that the installed Mastra does not have. */
import type { TriggerSchemaFact, UnknownOptionFact } from '../../../../../common/model/facts/legacy-api.ts';
import type { FileEdit } from '../../../../../common/model/text.ts';
import {
  isIdentifier,
  isImportDeclaration,
  isMethodDeclaration,
  isNamedImports,
  isNewExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  locationOf,
  nameText,
  rangeOf,
  type CallExpression,
  type Expression,
  type NewExpression,
  type ObjectLiteralElementLike,
  type ObjectLiteralExpression,
  type SourceFile,
} from '../../../typescript/ast.ts';
import { SymbolFlags, type Program, type Symbol, type Type } from '../../../typescript/program.ts';
import type { Context } from '../../context.ts';
import { editDistance, similarName } from '../../similar.ts';
import { callsWithOptions } from '../../occurrences.ts';
import { hasMember } from './declared.ts';
import { keyNode, keyText, removeProperty, renameProperty } from './edits.ts';
import { substitutes, type Maker, type Substitute } from './substitutes.ts';

/** What makes a workflow, a step, a tool or an agent, by its name in Mastra. */
const makers: ReadonlyMap<string, Maker> = new Map([
  ['createWorkflow', 'workflow'],
  ['Workflow', 'workflow'],
  ['createStep', 'step'],
  ['createTool', 'tool'],
  ['Agent', 'agent'],
  ['Mastra', 'mastra'],
]);

const classes: ReadonlySet<string> = new Set(['Workflow', 'Agent', 'Mastra']);

/** Options that every version has: nothing is asked about them. */
const everywhere: Readonly<Record<Maker, ReadonlySet<string>>> = {
  workflow: new Set(['id', 'description', 'inputSchema', 'outputSchema', 'steps', 'retryConfig', 'options', 'mastra']),
  step: new Set([
    'id',
    'description',
    'inputSchema',
    'outputSchema',
    'resumeSchema',
    'suspendSchema',
    'execute',
    'retries',
  ]),
  tool: new Set(['id', 'description', 'inputSchema', 'outputSchema', 'execute', 'mastra']),
  agent: new Set(['name', 'instructions', 'model', 'tools', 'memory', 'workflows', 'description']),
  mastra: new Set(['agents', 'workflows', 'storage', 'vectors', 'logger', 'deployer', 'server', 'mcpServers']),
};

export async function unknownOptions(
  context: Context,
  file: SourceFile,
): Promise<readonly (UnknownOptionFact | TriggerSchemaFact)[]> {
  const names = localNames(file);
  const facts = callsWithOptions(file).map(
    async (call): Promise<readonly (UnknownOptionFact | TriggerSchemaFact)[]> => {
      const literal = writtenOut(call.arguments?.[0]);
      if (literal === undefined || !mayMake(call, literal, names)) return [];
      // Most options are everywhere: then nothing has to be asked.
      const named = isIdentifier(call.expression) ? makers.get(call.expression.text) : undefined;
      if (named !== undefined && questionable(literal, named).length === 0) return [];
      const callee = await context.resolve(call.expression);
      const maker = callee.kind === 'mastra' ? makers.get(callee.name) : undefined;
      if (callee.kind !== 'mastra' || maker === undefined) return [];
      if (classes.has(callee.name) !== isNewExpression(call)) return [];
      const candidates = questionable(literal, maker);
      if (candidates.length === 0) return [];
      const declared = await declaredOptions(context.program, call.expression);
      if (declared === undefined) return [];
      const found = candidates.map(async (property): Promise<UnknownOptionFact | TriggerSchemaFact | undefined> => {
        const key = keyNode(property);
        const option = nameText(key);
        // A name that is about to be typed is empty.
        if (option === undefined || option === '' || key === undefined || declared.names.has(option)) return undefined;
        const place = locationOf(key);
        if (maker === 'workflow' && option === 'triggerSchema') {
          const edit = isGiven(literal, 'inputSchema')
            ? removeProperty(property)
            : renameProperty(property, 'inputSchema');
          return {
            kind: 'legacy-api',
            shape: 'trigger-schema',
            edits: edit === undefined ? undefined : [edit],
            ...place,
          };
        }
        const wanted = await substituteFor(context.program, maker, option, declared);
        // An option that is given already is no advice.
        const substitute = wanted?.path.length === 1 && isGiven(literal, wanted.path[0] ?? '') ? undefined : wanted;
        const edit = substitute === undefined ? undefined : rewrite(literal, property, substitute);
        return {
          kind: 'legacy-api',
          shape: 'unknown-option',
          maker: callee.name,
          option,
          replacement: substitute?.text,
          removes: edit === undefined,
          edits: [edit ?? removeProperty(property)],
          ...place,
        };
      });
      return (await Promise.all(found)).filter((fact) => fact !== undefined);
    },
  );
  return (await Promise.all(facts)).flat();
}

/** The options that not every version has. */
function questionable(literal: ObjectLiteralExpression, maker: Maker): readonly ObjectLiteralElementLike[] {
  return literal.properties.filter((property) => {
    const option = keyText(property);
    return option !== undefined && !everywhere[maker].has(option);
  });
}

/** An object literal that is given as it is: behind `as` its author means something that types do not say. */
function writtenOut(given: Expression | undefined): ObjectLiteralExpression | undefined {
  let current = given;
  while (current !== undefined && (isParenthesizedExpression(current) || isSatisfiesExpression(current))) {
    current = current.expression;
  }
  return current !== undefined && isObjectLiteralExpression(current) ? current : undefined;
}

/** The makers' own names, and what the imports of a file call them. */
function localNames(file: SourceFile): ReadonlySet<string> {
  const names = new Set(makers.keys());
  for (const statement of file.statements) {
    const bindings = isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings === undefined || !isNamedImports(bindings)) continue;
    for (const element of bindings.elements) {
      if (makers.has(nameText(element.propertyName) ?? '')) names.add(element.name.text);
    }
  }
  return names;
}

/** By syntax alone: a name that makes something, or options that only those take. */
function mayMake(
  { expression }: CallExpression | NewExpression,
  literal: ObjectLiteralExpression,
  names: ReadonlySet<string>,
): boolean {
  const name = isIdentifier(expression)
    ? expression.text
    : isPropertyAccessExpression(expression)
      ? nameText(expression.name)
      : undefined;
  if (name === undefined) return false;
  return names.has(name) || isGiven(literal, 'inputSchema') || isGiven(literal, 'outputSchema');
}

export interface DeclaredOptions {
  readonly names: ReadonlySet<string>;
  readonly types: readonly Type[];
}

/** What the first parameter may hold, in whichever way it is called; undefined where that is not a closed list. */
async function declaredOptions(program: Program, callee: Expression): Promise<DeclaredOptions | undefined> {
  const type = await program.typeAt(callee);
  if (type === undefined) return undefined;
  const parameters = await program.parameterTypes(type, 0);
  const types: Type[] = [];
  const names = new Set<string>();
  for (const given of parameters) {
    const parameter = (await program.nonNullable(given)) ?? given;
    const symbol = await program.declaringSymbol(parameter);
    // A step is also made from an agent or a tool: those are not options.
    if (symbol !== undefined && (symbol.flags & SymbolFlags.Class) !== 0) continue;
    if ((await program.indexValue(parameter)) !== undefined) return undefined;
    const properties = await program.properties(parameter);
    if (!properties.some(isIdentity)) continue;
    types.push(parameter);
    for (const property of properties) names.add(property.name);
  }
  return types.length === 0 ? undefined : { names, types };
}

/** Every kind of options has one of these; a type without them was not understood. */
function isIdentity({ name }: Symbol): boolean {
  return name === 'id' || name === 'name' || name === 'agents';
}

async function substituteFor(
  program: Program,
  maker: Maker,
  option: string,
  declared: DeclaredOptions,
): Promise<Substitute | undefined> {
  for (const substitute of substitutes[maker].get(option) ?? []) {
    const [first, second] = substitute.path;
    if (first === undefined || !declared.names.has(first)) continue;
    if (second === undefined || (await hasOptionIn(program, declared, first, second))) return substitute;
  }
  const similar = similarName(option, [...declared.names]);
  // Long names share their beginning; only a slip of the fingers means the same option.
  return similar === undefined || editDistance(option, similar) > 2
    ? undefined
    : { path: [similar], text: similar, takesOver: () => true };
}

async function hasOptionIn(
  program: Program,
  declared: DeclaredOptions,
  first: string,
  second: string,
): Promise<boolean> {
  for (const type of declared.types) {
    const symbol = await program.property(type, first);
    const given = symbol === undefined ? undefined : await program.typeOf(symbol);
    const member = given === undefined ? undefined : ((await program.nonNullable(given)) ?? given);
    if (member !== undefined && (await hasMember(program, member, second))) return true;
  }
  return false;
}

/** The option under its present name; undefined where its value has to be another one. */
function rewrite(
  literal: ObjectLiteralExpression,
  property: ObjectLiteralElementLike,
  { path, takesOver }: Substitute,
): FileEdit | undefined {
  const [first, second] = path;
  if (first === undefined || isGiven(literal, first)) return undefined;
  const value = isPropertyAssignment(property) ? property.initializer : undefined;
  if (
    value !== undefined ? !takesOver(value) : !isShorthandPropertyAssignment(property) && !isMethodDeclaration(property)
  )
    return undefined;
  if (second === undefined) return renameProperty(property, first);
  if (value === undefined) return undefined;
  return {
    file: property.getSourceFile().fileName,
    range: rangeOf(property),
    newText: `${first}: { ${second}: ${value.getText()} }`,
  };
}

function isGiven(literal: ObjectLiteralExpression, option: string): boolean {
  return literal.properties.some((property) => keyText(property) === option);
}
