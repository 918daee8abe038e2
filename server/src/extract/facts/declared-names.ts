/** Where names are given: the ids of steps, workflows, agents and tools, and the keys of `new Mastra({...})`. */
import type { DeclaredIdFact, NamedUnit, RegistrationFact, Registry } from '../../../../common/model/facts/names.ts';
import { opaque } from '../../../../common/model/known.ts';
import {
  isExpression,
  isIdentifier,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteral,
  nameText,
  optionsLiteral,
  propertyOf,
  rangeBetween,
  rangeOf,
  unwrap,
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
} from '../../typescript/ast.ts';
import type { Location } from '../../../../common/model/text.ts';
import type { Context } from '../context.ts';
import { unitOf } from '../unit.ts';
import type { FactExtractor } from './index.ts';
import { callsWithOptions } from '../occurrences.ts';

const makers: ReadonlyMap<string, NamedUnit> = new Map([
  ['createStep', 'step'],
  ['cloneStep', 'step'],
  ['Step', 'step'],
  ['createWorkflow', 'workflow'],
  ['createEventedWorkflow', 'workflow'],
  ['cloneWorkflow', 'workflow'],
  ['Workflow', 'workflow'],
  ['Agent', 'agent'],
  ['createTool', 'tool'],
  ['Tool', 'tool'],
]);

const registries: readonly Registry[] = ['workflows', 'agents', 'tools'];

/** Registries that are put together from others, at most. */
const deepest = 5;

export const declaredNames: FactExtractor = async (context, file) =>
  (await Promise.all(callsWithOptions(file).map((call) => namesOf(context, call)))).flat();

async function namesOf(
  context: Context,
  call: CallExpression | NewExpression,
): Promise<readonly (DeclaredIdFact | RegistrationFact)[]> {
  // `cloneStep(step, { id })` has its options behind what it copies.
  const literals = [optionsLiteral(call), optionsLiteral(call, 1)].filter((each) => each !== undefined);
  const id = literals.map((literal) => propertyOf(literal, 'id')).find((value) => value !== undefined);
  const listed = isNewExpression(call)
    ? registries.filter((name) => literals.some((literal) => propertyOf(literal, name) !== undefined))
    : [];
  const place = id === undefined ? undefined : quotedText(id);
  if (place === undefined && listed.length === 0) return [];
  const callee = await context.resolve(call.expression);
  if (callee.kind !== 'mastra') return [];
  if (callee.name === 'Mastra') {
    const found = listed.flatMap((registry) =>
      literals.flatMap((literal) => {
        const value = propertyOf(literal, registry);
        return value === undefined ? [] : [registrationsIn(context, registry, value, 0)];
      }),
    );
    return (await Promise.all(found)).flat();
  }
  const unit = makers.get(callee.name);
  return unit === undefined || place === undefined
    ? []
    : [{ kind: 'declared-id', unit, id: place.text, file: place.file, range: place.range }];
}

async function registrationsIn(
  context: Context,
  registry: Registry,
  given: Expression,
  depth: number,
): Promise<readonly RegistrationFact[]> {
  if (depth > deepest) return [];
  const resolved = await context.resolve(given);
  if (resolved.kind !== 'expression' || !isObjectLiteralExpression(resolved.expression)) return [];
  const parts = resolved.expression.properties.map(async (property): Promise<readonly RegistrationFact[]> => {
    if (isSpreadAssignment(property)) return registrationsIn(context, registry, property.expression, depth + 1);
    if (isShorthandPropertyAssignment(property) && isIdentifier(property.name)) {
      return [await registrationOf(context, registry, property.name, property.name, 'shorthand')];
    }
    if (!isPropertyAssignment(property)) return [];
    const form = isStringLiteral(property.name) ? 'quoted' : 'plain';
    return [await registrationOf(context, registry, property.name, property.initializer, form)];
  });
  return (await Promise.all(parts)).flat().filter(({ key }) => key !== '');
}

async function registrationOf(
  context: Context,
  registry: Registry,
  name: Node,
  value: Expression,
  form: RegistrationFact['form'],
): Promise<RegistrationFact> {
  const file = name.getSourceFile();
  const unit = await unitOf(context, value);
  const quoted = form === 'quoted' ? quotedText(name) : undefined;
  return {
    kind: 'registration',
    registry,
    key: nameText(name) ?? '',
    form,
    file: file.fileName,
    range: quoted?.range ?? rangeOf(name, file),
    target: unit.kind === 'opaque' ? undefined : unit.definition,
    id: unit.kind === 'opaque' ? opaque(unit.reason) : unit.id,
  };
}

export interface QuotedText extends Location {
  readonly text: string;
}

/** A string literal whose text stands in the source as it is, with the place between its quotes. */
export function quotedText(given: Node): QuotedText | undefined {
  const node = isExpression(given) ? unwrap(given) : given;
  if (!isStringLiteral(node) && !isNoSubstitutionTemplateLiteral(node)) return undefined;
  const file = node.getSourceFile();
  const [start, end] = [node.getStart(file) + 1, node.getEnd() - 1];
  if (end < start || file.text.slice(start, end) !== node.text) return undefined;
  return { text: node.text, file: file.fileName, range: rangeBetween(file, start, end) };
}
