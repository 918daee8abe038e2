/** The data that flows along a chain: what arrives, what is needed, and whether the two fit. Plain data, no types of the checker. */

/** A data type as a person reads it. */
export interface Shape {
  /** TypeScript notation on one line, e.g. `{ orderId: string; total?: number }`; long ones are cut with `…`. */
  readonly text: string;
  /** The fields of an object type, in declaration order; undefined when it is not an object. */
  readonly fields?: readonly ShapeField[];
}

export interface ShapeField {
  readonly name: string;
  readonly optional: boolean;
  readonly text: string;
}

/** The first point, in the order of the needed type's fields, where what arrives is not what is needed. */
export type Difference =
  /** A needed field does not arrive at all. `similar` is an arriving field with a close name, when there is one. */
  | { readonly kind: 'missing'; readonly path: readonly string[]; readonly needs: string; readonly similar?: string }
  /** The field arrives only sometimes (it is optional, or may be undefined), but is needed always. */
  | { readonly kind: 'optional'; readonly path: readonly string[]; readonly needs: string }
  /** The field arrives with another type. An empty path means the whole value. */
  | { readonly kind: 'type'; readonly path: readonly string[]; readonly arrives: string; readonly needs: string };

export type Compatibility =
  | { readonly kind: 'fits' }
  | { readonly kind: 'differs'; readonly arrives: Shape; readonly needs: Shape; readonly difference: Difference }
  /** Nothing may be said, e.g. because a schema comes from a package without types. */
  | { readonly kind: 'opaque'; readonly reason: string };
