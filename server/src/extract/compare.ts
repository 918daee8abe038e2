/** Whether what arrives is what is needed; if not, the first field, in the needed order, that tells why. */
import type { Compatibility, Difference } from '../../../common/model/flow.ts';
import { TypeFlags, type Program, type Type } from '../typescript/program.ts';
import { acceptsUndefined, cut, isOptionalProperty, isUnknowable } from '../typescript/types.ts';
import { isCertain } from './certain.ts';
import { shapeOrUnknown, unknownData, type Data, type DataField } from './data.ts';
import { forgives } from './forgiving.ts';
import { similarName } from './similar.ts';

type Verdict =
  | { readonly kind: 'fits' }
  | { readonly kind: 'differs'; readonly difference: Difference }
  | { readonly kind: 'unsure'; readonly reason: string };

const fits: Verdict = { kind: 'fits' };

/** Depth of nested objects at which a difference is named as a whole. */
const deepest = 6;

/** Compares data with what its receiver needs. Follows what Mastra's validation does: further fields are no difference. */
export async function compare(program: Program, arrives: Data, needs: Data): Promise<Compatibility> {
  const verdict = await explain(program, arrives, needs, []);
  switch (verdict.kind) {
    case 'fits':
      return { kind: 'fits' };
    case 'unsure':
      return { kind: 'opaque', reason: verdict.reason };
    case 'differs': {
      const [arriving, needed] = await Promise.all([shapeOrUnknown(program, arrives), shapeOrUnknown(program, needs)]);
      return { kind: 'differs', arrives: arriving, needs: needed, difference: verdict.difference };
    }
  }
}

/** True when it is certain that one fits where the other is needed. */
export async function fitsInto(program: Program, arrives: Data, needs: Data): Promise<boolean> {
  return (await explain(program, arrives, needs, [])).kind === 'fits';
}

/** True for a field that its receiver does without. */
export async function mayBeAbsent(program: Program, { optional, data }: DataField): Promise<boolean> {
  return optional || (await toleratesAbsence(program, data));
}

/** A schema that forgives more than its type says makes a difference uncertain. */
async function explain(program: Program, arrives: Data, needs: Data, path: readonly string[]): Promise<Verdict> {
  const verdict = await explainStrictly(program, arrives, needs, path);
  if (verdict.kind === 'differs' && !isProven(arrives, verdict.difference)) {
    return { kind: 'unsure', reason: 'nothing says what the step is to return, so its type may be too wide' };
  }
  if (verdict.kind !== 'differs' || needs.kind !== 'type' || needs.schema === undefined) return verdict;
  const reason = await forgives(program, needs.schema, verdict.difference);
  return reason === undefined ? verdict : { kind: 'unsure', reason };
}

/** Of an inferred type only what holds for every value counts; which one of a union comes, its author may know. */
function isProven(arrives: Data, difference: Difference): boolean {
  if (arrives.kind !== 'type' || arrives.inferred !== true) return true;
  return !arrives.type.isUnionType() && isCertain(difference);
}

async function explainStrictly(
  program: Program,
  arrives: Data,
  needs: Data,
  path: readonly string[],
): Promise<Verdict> {
  if (needs.kind === 'anything') return fits;
  if (arrives.kind === 'anything') return { kind: 'unsure', reason: 'any value may arrive' };
  if (arrives.kind === 'unknown') return { kind: 'unsure', reason: arrives.reason };
  if (needs.kind === 'unknown') return { kind: 'unsure', reason: needs.reason };
  if (needs.kind === 'type' && isUnknowable(needs.type)) return fits;
  if (arrives.kind === 'type' && needs.kind === 'type') {
    const assignable = await program.isAssignable(arrives.type, needs.type);
    if (assignable === undefined) return { kind: 'unsure', reason: 'the two types cannot be compared' };
    if (assignable) return fits;
  }
  if (await acceptsAnyObject(program, arrives, needs)) return fits;
  if (path.length >= deepest) return different(program, arrives, needs, path);

  const variants = await variantsOf(program, arrives);
  if (variants.length > 1) return explainVariants(program, arrives, variants, needs, path);
  const only = variants[0] ?? arrives;

  const element = await elementOf(program, needs);
  if (element !== undefined) {
    const arrivingElement = await elementOf(program, only);
    if (arrivingElement === undefined) return different(program, only, needs, path);
    const inside = await explain(program, arrivingElement, element, [...path, '[]']);
    // A tuple that is needed can differ in length although every element fits. What else the checker minds about arrays
    // whose elements fit, `readonly`, validation does not see.
    return inside.kind === 'fits' && needs.kind === 'type' && (await program.isTuple(needs.type))
      ? different(program, only, needs, path)
      : inside;
  }
  const neededFields = await fieldsOf(program, needs);
  if (neededFields === undefined) return different(program, only, needs, path);
  const arrivingFields = await fieldsOf(program, only);
  if (arrivingFields === undefined) return different(program, only, needs, path);
  return explainFields(program, only, arrivingFields, needs, neededFields, path);
}

async function explainFields(
  program: Program,
  arrives: Data,
  arrivingFields: readonly DataField[],
  needs: Data,
  neededFields: readonly DataField[],
  path: readonly string[],
): Promise<Verdict> {
  const exact = needs.kind !== 'type' || needs.exact;
  const open = arrives.kind === 'type' && (await isRecord(program, arrives.type));
  let tolerated = false;
  let unsure: Verdict | undefined;
  for (const needed of neededFields) {
    const at = [...path, needed.name];
    const arriving = arrivingFields.find((field) => field.name === needed.name);
    const absent = await mayBeAbsent(program, needed);
    if (absent && !needed.optional && arriving?.optional !== false) tolerated = true;
    if (arriving === undefined) {
      if (absent) continue;
      if (open || !exact) {
        unsure ??= {
          kind: 'unsure',
          reason: open
            ? `what arrives is a record that may hold '${needed.name}'`
            : `'${needed.name}' may have a default: only the type of the schema is known, not the schema`,
        };
        continue;
      }
      const similar = similarName(
        needed.name,
        arrivingFields.map((field) => field.name).filter((name) => !neededFields.some((field) => field.name === name)),
      );
      return {
        kind: 'differs',
        difference: {
          kind: 'missing',
          path: at,
          needs: await textOf(program, needed.data),
          ...(similar === undefined ? {} : { similar }),
        },
      };
    }
    const inside = await explainField(program, arriving, needed, absent, exact, at);
    if (inside.kind === 'differs') return inside;
    if (inside.kind === 'unsure') unsure ??= inside;
  }
  if (unsure !== undefined) return unsure;
  // The checker wants `{ a: T | undefined }` to be given, Mastra's validation does not.
  if (tolerated) return fits;
  // Every field fits on its own. What the checker minds nevertheless is either what all other fields have to be, or
  // nothing that validation sees (a `readonly` further down).
  const rest = needs.kind === 'type' && (await program.indexValue(needs.type)) !== undefined;
  return rest && arrives.kind === 'type' ? different(program, arrives, needs, path) : fits;
}

async function explainField(
  program: Program,
  arriving: DataField,
  needed: DataField,
  absent: boolean,
  exact: boolean,
  path: readonly string[],
): Promise<Verdict> {
  const present = await withoutUndefined(program, arriving.data);
  const inside = await explain(program, present.data, needed.data, path);
  if (inside.kind !== 'fits' || absent) return inside;
  if (!arriving.optional && !present.removed) return inside;
  if (!exact) return { kind: 'unsure', reason: `'${needed.name}' may have a default` };
  return { kind: 'differs', difference: { kind: 'optional', path, needs: await textOf(program, needed.data) } };
}

/** Each of several types that may arrive must fit; the first that does not is explained. */
async function explainVariants(
  program: Program,
  arrives: Data,
  variants: readonly Data[],
  needs: Data,
  path: readonly string[],
): Promise<Verdict> {
  let unsure: Verdict | undefined;
  for (const variant of variants) {
    const inside = await explain(program, variant, needs, path);
    if (inside.kind === 'unsure') unsure ??= inside;
    if (inside.kind !== 'differs') continue;
    const aboutVariant = inside.difference.kind === 'type' && inside.difference.path.length === path.length;
    return aboutVariant ? different(program, arrives, needs, path) : inside;
  }
  return unsure ?? fits;
}

async function different(program: Program, arrives: Data, needs: Data, path: readonly string[]): Promise<Verdict> {
  if (isOpen(arrives) || isOpen(needs)) return { kind: 'unsure', reason: 'the type depends on a type parameter' };
  const [arriving, needed] = await Promise.all([textOf(program, arrives), textOf(program, needs)]);
  return { kind: 'differs', difference: { kind: 'type', path, arrives: arriving, needs: needed } };
}

/** A type that is only known where a generic function is called. */
function isOpen(data: Data): boolean {
  const open = TypeFlags.TypeVariable | TypeFlags.Conditional | TypeFlags.Substitution | TypeFlags.Index;
  return data.kind === 'type' && (data.type.flags & open) !== 0;
}

async function textOf(program: Program, data: Data): Promise<string> {
  return cut((await shapeOrUnknown(program, data)).text, 120);
}

/** The members of a union of objects, without what ends the run (`suspend()`, `bail()`); one element for everything else. */
async function variantsOf(program: Program, data: Data): Promise<readonly Data[]> {
  if (data.kind === 'oneOf') return data.members;
  if (data.kind !== 'type' || !data.type.isUnionType()) return [data];
  const members = await program.constituents(data.type);
  return members.some((member) => member.isObjectType())
    ? members.map((type): Data => ({ kind: 'type', type, exact: data.exact }))
    : [data];
}

/**
 * `z.object({})` has the type `Record<string, never>` in zod 4, yet takes every object and strips its fields. A strict
 * empty object has the same type and would refuse them: the types cannot tell the two apart, so nothing is said.
 */
async function acceptsAnyObject(program: Program, arrives: Data, needs: Data): Promise<boolean> {
  if (needs.kind !== 'type' || !(await program.isEmptyRecord(needs.type))) return false;
  if (arrives.kind === 'object') return true;
  return arrives.kind === 'type' && arrives.type.isObjectType() && !(await program.isArray(arrives.type));
}

/** The element of an array; undefined when the data is no array. */
export async function elementOf(program: Program, data: Data): Promise<Data | undefined> {
  if (data.kind === 'array') return data.element;
  if (data.kind !== 'type' || !(await program.isArray(data.type))) return undefined;
  const [element] = await program.typeArguments(data.type);
  if (element === undefined || isUnknowable(element)) return unknownData('the type of the elements is not known');
  return { kind: 'type', type: element, exact: data.exact };
}

/** The fields of an object type; undefined when the data is no object. `X | null | undefined` counts as its object. */
export async function fieldsOf(program: Program, data: Data): Promise<readonly DataField[] | undefined> {
  if (data.kind === 'object') return data.fields;
  if (data.kind !== 'type') return undefined;
  const type = await soleObject(program, data.type);
  if (type === undefined) return undefined;
  const symbols = await program.properties(type);
  const fields = await Promise.all(
    symbols.map(async (symbol): Promise<DataField | undefined> => {
      const fieldType = await program.typeOf(symbol);
      // In a union of object literals the checker adds the fields of the others, as never given.
      if (fieldType !== undefined && fieldType.flags === TypeFlags.Undefined && isOptionalProperty(symbol))
        return undefined;
      const fieldData: Data =
        fieldType === undefined || isUnknowable(fieldType)
          ? unknownData(`the type of '${symbol.name}' is not known`)
          : { kind: 'type', type: fieldType, exact: data.exact };
      return { name: symbol.name, optional: isOptionalProperty(symbol), data: fieldData };
    }),
  );
  return fields.filter((field) => field !== undefined);
}

async function soleObject(program: Program, type: Type): Promise<Type | undefined> {
  if (type.isIntersectionType()) return type;
  const members = (await program.constituents(type)).filter(
    (member) => (member.flags & (TypeFlags.Null | TypeFlags.Undefined)) === 0,
  );
  const [only] = members;
  if (members.length !== 1 || only === undefined || !(only.isObjectType() || only.isIntersectionType()))
    return undefined;
  return (await isBuiltIn(program, only)) ? undefined : only;
}

/** Date, Map, Uint8Array and the like are told apart as a whole, not by their methods. */
async function isBuiltIn(program: Program, type: Type): Promise<boolean> {
  const symbol = await program.declaringSymbol(type);
  if (symbol === undefined || symbol.name.startsWith('__')) return false;
  return symbol.declarations.some((handle) => /\/lib\.[\w.]+\.d\.ts$|\/@types\/node\//.test(handle.path));
}

/** A record may hold any field; `Record<string, never>` is how an empty object is written. */
async function isRecord(program: Program, type: Type): Promise<boolean> {
  const value = await program.indexValue(type);
  return value !== undefined && (value.flags & TypeFlags.Never) === 0;
}

async function toleratesAbsence(program: Program, data: Data): Promise<boolean> {
  if (data.kind === 'unknown' || data.kind === 'anything') return true;
  return data.kind === 'type' && (isUnknowable(data.type) || (await acceptsUndefined(program, data.type)));
}

async function withoutUndefined(program: Program, data: Data): Promise<{ data: Data; removed: boolean }> {
  if (data.kind !== 'type' || !(await acceptsUndefined(program, data.type))) return { data, removed: false };
  const members = await program.constituents(data.type);
  const rest = members.filter((member) => (member.flags & (TypeFlags.Undefined | TypeFlags.Void)) === 0);
  const [only] = rest;
  if (rest.length === 1 && only !== undefined) return { data: { ...data, type: only }, removed: true };
  const type = await program.nonNullable(data.type);
  const nullable = members.some((member) => (member.flags & TypeFlags.Null) !== 0);
  return nullable || type === undefined ? { data, removed: false } : { data: { ...data, type }, removed: true };
}
