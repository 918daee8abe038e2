/** Entries of `.parallel` and `.branch`, which all get the same data: a mapping in front adds to it what they need. */
import type { Compatibility, Repair } from '../../../common/model/flow.ts';
import { nameText } from '../typescript/ast.ts';
import { fieldsOf, fitsInto } from './compare.ts';
import type { Data } from './data.ts';
import type { Draft } from './draft.ts';
import { contextParts, fieldText, fill, sourcesOf, type Filled } from './repair-fill.ts';
import { providerIn, type RepairPlace } from './repair-place.ts';
import { fieldsLiteral, isStrict } from './repair-literal.ts';
import { indexAccess } from './repair-text.ts';

/** An entry of the box, and whether what arrives is what it needs. */
export interface Member {
  readonly draft: Draft;
  readonly check: Compatibility;
}

export interface BoxRepair {
  readonly repair: Repair;
  /** The members that it makes fit. */
  readonly mended: ReadonlySet<Member>;
}

/**
 * Undefined unless every member that fits still does. Conditions read the same data: with `keeps`, fields that arrive
 * already are left as they are.
 */
export async function boxMapping(
  place: RepairPlace,
  members: readonly Member[],
  keeps: boolean,
): Promise<BoxRepair | undefined> {
  const { program, before } = place;
  const arriving = await fieldsOf(program, place.arrives);
  if (arriving === undefined) return undefined;
  const added = new Map<string, Filled>();
  const mended = new Set<Member>();
  for (const member of members) {
    if (member.check.kind !== 'differs') continue;
    const filled = await fill({ ...place, needs: member.draft.needs }, await sourcesOf(place));
    if (filled === undefined) continue;
    const own = filled.filter(({ name, expression }) => expression !== indexAccess('inputData', name));
    const agrees = own.every(({ name, expression }) => (added.get(name)?.expression ?? expression) === expression);
    const changes = keeps && own.some(({ name }) => arriving.some((field) => field.name === name));
    if (!agrees || changes) continue;
    for (const field of own) added.set(field.name, field);
    mended.add(member);
  }
  const kept = arriving.filter(({ name }) => !added.has(name));
  const additions = [...added.values()];
  const result: Data = {
    kind: 'object',
    fields: [...kept, ...additions.map(({ name, data }) => ({ name, optional: false, data }))],
  };
  const isFine = await Promise.all(
    members.map(async (member) => {
      if (refuses(member.draft, additions)) return false;
      if (member.check.kind === 'fits' || mended.has(member)) return fitsInto(program, result, member.draft.needs);
      // Of what is not known, only that more arrives than before is certain to do no harm.
      return member.check.kind === 'differs' || kept.length === arriving.length;
    }),
  );
  if (additions.length === 0 || isFine.includes(false)) return undefined;
  // What is spread after a mapping is of any type to the compiler: written out, its fields stay known.
  const isUntyped = providerIn(before)?.type === 'mapping';
  const given = isUntyped
    ? kept.map(({ name, data }) => fieldText({ name, data, expression: indexAccess('inputData', name) }))
    : ['...inputData'];
  const head = `async (${contextParts(additions, ['inputData'])}) =>`;
  const edits = [place.written({ head, fields: [...given, ...additions.map(fieldText)] })];
  return { repair: { kind: 'mapping', edits, fields: additions.map(({ name }) => name) }, mended };
}

/** True for a step that takes only what it needs. */
function refuses({ needs }: Draft, additions: readonly Filled[]): boolean {
  const schema = needs.kind === 'type' ? needs.schema?.expression : undefined;
  if (schema === undefined || !isStrict(schema)) return false;
  const names = fieldsLiteral(schema, 'read')?.properties.map((property) =>
    'name' in property ? nameText(property.name) : undefined,
  );
  return additions.some(({ name }) => names?.includes(name) !== true);
}
