/** Data between entries while it is computed: a type of the checker, or a value put together from several of them. */
import type { Shape, ShapeField } from '../../../common/model/flow.ts';
import { known, opaque, type Known } from '../../../common/model/known.ts';
import type { Location } from '../../../common/model/text.ts';
import { locationOf, type Expression } from '../typescript/ast.ts';
import type { Program, Type } from '../typescript/program.ts';
import type { Context } from './context.ts';
import { declaredName } from './resolve.ts';
import { cut, isUnknowable, shapeOfFields, shapeOfType } from '../typescript/types.ts';

export type Data =
  /**
   * `exact` is false where the schema itself was not seen, only the type it yields: a field with a default then looks
   * required, so its absence proves nothing. `inferred` is true where nothing said what was expected when the type was
   * inferred: it is then wider than the values may be.
   */
  | {
      readonly kind: 'type';
      readonly type: Type;
      readonly exact: boolean;
      readonly inferred?: boolean;
      readonly schema?: SchemaOrigin;
    }
  | { readonly kind: 'object'; readonly fields: readonly DataField[] }
  | { readonly kind: 'array'; readonly element: Data }
  /** One of several, e.g. the results of a function with several returns. */
  | { readonly kind: 'oneOf'; readonly members: readonly Data[] }
  /** What a receiver that takes any value needs. */
  | { readonly kind: 'anything' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** The schema that data was read from: some accept more than their type says. */
export interface SchemaOrigin {
  readonly type: Type;
  readonly expression: Expression | undefined;
}

export interface DataField {
  readonly name: string;
  readonly optional: boolean;
  readonly data: Data;
}

export function unknownData(reason: string): Data {
  return { kind: 'unknown', reason };
}

/** Data of a type; unknown for `any` and its like, with `reason`. */
export function typeData(type: Type | undefined, exact: boolean, reason: string): Data {
  return type === undefined || isUnknowable(type) ? unknownData(reason) : { kind: 'type', type, exact };
}

export type ShapeReader = (data: Data) => Promise<Known<Shape>>;

/** Reads no shapes: for callers that only want the verdicts. */
export const noShapes: ShapeReader = () => Promise.resolve(opaque('shapes were not asked for'));

/** The shape of data as drawings show it, with the place of its schema. */
export async function shapeOf(
  { program, resolve }: Pick<Context, 'program' | 'resolve'>,
  data: Data,
): Promise<Known<Shape>> {
  if (data.kind === 'unknown') return opaque(data.reason);
  const shape = await shapeOrUnknown(program, data);
  const expression = data.kind === 'type' ? data.schema?.expression : undefined;
  return known(expression === undefined ? shape : { ...shape, declared: await declarationOf(resolve, expression) });
}

/** A schema that is written in place is its own declaration. */
async function declarationOf(resolve: Context['resolve'], expression: Expression): Promise<Location> {
  const resolved = await resolve(expression);
  if (resolved.kind !== 'expression') return locationOf(expression);
  return locationOf(resolved.declaration === undefined ? resolved.expression : declaredName(resolved.declaration));
}

/** The shape of data; a part that is not known reads `unknown`. */
export async function shapeOrUnknown(program: Program, data: Data): Promise<Shape> {
  switch (data.kind) {
    case 'unknown':
    case 'anything':
      return { text: 'unknown' };
    case 'type':
      return shapeOfType(program, data.type);
    case 'array': {
      const { text } = await shapeOrUnknown(program, data.element);
      return { text: cut(/[|&]|=>/.test(text) && !text.startsWith('{') ? `(${text})[]` : `${text}[]`) };
    }
    case 'oneOf': {
      const shapes = await Promise.all(data.members.map((member) => shapeOrUnknown(program, member)));
      return { text: cut([...new Set(shapes.map((shape) => shape.text))].join(' | ')) };
    }
    case 'object': {
      const fields = await Promise.all(
        data.fields.map(async (field): Promise<ShapeField> => {
          const { text } = await shapeOrUnknown(program, field.data);
          return { name: field.name, optional: field.optional, text };
        }),
      );
      return shapeOfFields(fields);
    }
  }
}
