/** The data that flows along a chain: what arrives, what is needed, and whether the two fit. Plain data, no types of the checker. */
import type { FileEdit, Location } from './text.ts';

/** A data type as a person reads it. */
export interface Shape {
  /** TypeScript notation on one line, e.g. `{ orderId: string; total?: number }`; long ones are cut with `…`. */
  readonly text: string;
  /** The fields of an object type, in declaration order; undefined when it is not an object. */
  readonly fields?: readonly ShapeField[];
  /** Where the schema that the data was read from is declared; undefined for data that no schema of the project describes. */
  readonly declared?: Location;
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
  | Mismatch
  /** Nothing may be said, e.g. because a schema comes from a package without types. */
  | { readonly kind: 'opaque'; readonly reason: string };

export interface Mismatch {
  readonly kind: 'differs';
  readonly arrives: Shape;
  readonly needs: Shape;
  readonly difference: Difference;
  /** The edits after which it fits, the best first; none are known when undefined. */
  readonly repairs?: readonly Repair[];
  /** True where the step in front always returns what is missing, and only its output schema does not say so. */
  readonly isReturned?: boolean;
}

/** A change of the source that ends a difference. Looked for only where there is one. */
export type Repair =
  /** A mapping in front of the receiver makes what it needs; `fields` are those that it fills, none when it hands on a part. */
  | { readonly kind: 'mapping'; readonly edits: readonly FileEdit[]; readonly fields: readonly string[] }
  /** A mapping hands on the result of the branch that ran; with `fields`, only those, filled from it and from elsewhere. */
  | { readonly kind: 'merging'; readonly edits: readonly FileEdit[]; readonly fields: readonly string[] }
  /** The workflow's input schema asks for the fields. */
  | { readonly kind: 'input-fields'; readonly edits: readonly FileEdit[]; readonly fields: readonly string[] }
  /** The schema of the step in front promises the fields: those that it returns anyway, else it hands them on from its input. */
  | {
      readonly kind: 'output-fields';
      readonly edits: readonly FileEdit[];
      readonly fields: readonly string[];
      /** Its id, where that is known. */
      readonly step: string | undefined;
      readonly isReturned: boolean;
    }
  /** The arriving field gets the name that is needed, where it is made. */
  | { readonly kind: 'rename'; readonly edits: readonly FileEdit[]; readonly from: string; readonly to: string }
  /** The workflow promises what its last step yields. */
  | { readonly kind: 'promise'; readonly edits: readonly FileEdit[]; readonly schema: string };
