/** `path: 'customer.address.city'` of a mapping, followed through data. */
import { TypeFlags, type Type } from '../typescript/program.ts';
import { cut, isUnknowable } from '../typescript/types.ts';
import type { Context } from './context.ts';
import { typeData, unknownData, type Data } from './data.ts';
import { elementOf } from './compare.ts';

/** Where a list of keys leads. */
export type Followed =
  /** `absent` says why there may be no value at all, although the keys are right. */
  | { readonly kind: 'data'; readonly data: Data; readonly absent: string | undefined }
  /** There is no such field at the key with this index, only those with the names of `fields`. */
  | { readonly kind: 'missing'; readonly index: number; readonly fields: readonly string[] }
  /** The value before the key with this index has no fields at all. */
  | { readonly kind: 'no-object'; readonly index: number; readonly type: string };

type KeyStep =
  | { readonly kind: 'data'; readonly data: Data; readonly absent: string | undefined }
  | { readonly kind: 'missing'; readonly fields: readonly string[] }
  | { readonly kind: 'no-object'; readonly type: string };

/** The keys of a path; `.` and the empty path mean the whole value. */
export function keysOf(path: string): readonly string[] {
  return path === '.' || path === '' ? [] : path.split('.');
}

/** The data at a path. A path that leads nowhere, or only sometimes somewhere, is unknown: Mastra yields undefined for it. */
export async function dataAtPath(context: Context, data: Data, path: string): Promise<Data> {
  const keys = keysOf(path);
  const followed = await followKeys(context, data, keys);
  switch (followed.kind) {
    case 'data':
      return followed.absent === undefined ? followed.data : unknownData(followed.absent);
    case 'missing':
      return unknownData(`there is no field '${keys[followed.index] ?? ''}'`);
    case 'no-object':
      return unknownData(`'${keys[followed.index] ?? ''}' is read from what is no object`);
  }
}

/** Follows keys through data as Mastra does at run time. */
export async function followKeys(context: Context, data: Data, keys: readonly string[]): Promise<Followed> {
  let current = data;
  let absent: string | undefined;
  for (const [index, key] of keys.entries()) {
    const next = await stepInto(context, current, key);
    if (next.kind !== 'data') return { ...next, index };
    current = next.data;
    absent ??= next.absent;
  }
  const isInferred = data.kind === 'type' && data.inferred === true;
  return {
    kind: 'data',
    data: isInferred && current.kind === 'type' ? { ...current, inferred: true } : current,
    absent,
  };
}

function unknownStep(reason: string): KeyStep {
  return { kind: 'data', data: unknownData(reason), absent: undefined };
}

async function stepInto(context: Context, data: Data, key: string): Promise<KeyStep> {
  switch (data.kind) {
    case 'unknown':
      return unknownStep(data.reason);
    case 'anything':
      return unknownStep('the value is of any type');
    case 'oneOf':
      return together(await Promise.all(data.members.map((member) => stepInto(context, member, key))), key);
    case 'array':
      return intoArray(data.element, key);
    case 'object': {
      const field = data.fields.find((candidate) => candidate.name === key);
      if (field === undefined) return { kind: 'missing', fields: data.fields.map(({ name }) => name) };
      return {
        kind: 'data',
        data: field.data,
        absent: field.optional ? `the field '${key}' may be absent` : undefined,
      };
    }
    case 'type':
      return intoType(context, data.type, data.exact, key);
  }
}

function intoArray(element: Data, key: string): KeyStep {
  if (/^\d+$/.test(key)) return { kind: 'data', data: element, absent: undefined };
  return key in Array.prototype ? unknownStep('a member of every array') : { kind: 'missing', fields: [] };
}

async function intoType(context: Context, type: Type, exact: boolean, key: string): Promise<KeyStep> {
  const { program } = context;
  const present = type.isUnionType()
    ? (await program.constituents(type)).filter((member) => (member.flags & nothing) === 0)
    : [type];
  const step = together(await Promise.all(present.map((member) => intoMember(context, member, exact, key))), key);
  if (step.kind !== 'data' || !type.isUnionType()) return step;
  const members = await program.constituents(type);
  const absent = present.length < members.length ? `the value that holds '${key}' may be absent` : undefined;
  if (step.data.kind !== 'oneOf') return { ...step, absent: step.absent ?? absent };
  // The checker's own type of the field reads better than a list of the members' types.
  const whole = absent === undefined ? type : await program.nonNullable(type);
  const symbol = whole === undefined ? undefined : await program.property(whole, key);
  const data =
    symbol === undefined
      ? undefined
      : typeData(await program.typeOf(symbol), exact, `the type of '${key}' is not known`);
  return { kind: 'data', data: data ?? step.data, absent };
}

const nothing = TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void;

/** One member of a union. */
async function intoMember(context: Context, type: Type, exact: boolean, key: string): Promise<KeyStep> {
  const { program } = context;
  const element = await elementOf(program, { kind: 'type', type, exact });
  if (element !== undefined && !(await program.isTuple(type))) return intoArray(element, key);
  if (isUnknowable(type)) return unknownStep('the value is of any type');
  if (!type.isObjectType() && !type.isIntersectionType()) {
    return (type.flags & primitive) === 0
      ? unknownStep('the type depends on a type parameter')
      : { kind: 'no-object', type: cut((await program.typeText(type)) ?? 'a primitive value') };
  }
  const symbol = await program.property(type, key);
  if (symbol !== undefined) {
    const data = typeData(await program.typeOf(symbol), exact, `the type of '${key}' is not known`);
    return { kind: 'data', data, absent: undefined };
  }
  const [fields, index] = await Promise.all([program.properties(type), program.indexValue(type)]);
  // An object that declares nothing is a way of writing "some object".
  if (fields.length === 0 || index !== undefined) return unknownStep(`what is read may hold '${key}'`);
  return { kind: 'missing', fields: fields.map(({ name }) => name) };
}

const primitive =
  TypeFlags.String |
  TypeFlags.Number |
  TypeFlags.Boolean |
  TypeFlags.BigInt |
  TypeFlags.StringLiteral |
  TypeFlags.NumberLiteral |
  TypeFlags.BooleanLiteral |
  TypeFlags.BigIntLiteral |
  TypeFlags.EnumLiteral;

/** What several possible values have in common: a key is missing only where none of them has it. */
function together(steps: readonly KeyStep[], key: string): KeyStep {
  const [first] = steps;
  if (first === undefined) return unknownStep('there is no value');
  if (steps.length === 1) return first;
  const data = steps.filter((step) => step.kind === 'data');
  if (data.length === steps.length) {
    return { kind: 'data', data: { kind: 'oneOf', members: data.map((step) => step.data) }, absent: undefined };
  }
  if (data.length > 0) return unknownStep(`'${key}' is there only sometimes`);
  const missing = steps.flatMap((step) => (step.kind === 'missing' ? [step] : []));
  return missing.length === 0 ? first : { kind: 'missing', fields: missing.flatMap(({ fields }) => fields) };
}
