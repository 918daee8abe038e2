/** The fields of a form: what can be filled in, and how. build.ts makes them from JSON Schema. */
import type { Json } from '../runlog/events.ts';

export interface FieldBase {
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** What the schema takes when nothing is given; a field with a default is never required. */
  readonly default: Json | undefined;
}

export type TextFormat = 'text' | 'date' | 'date-time' | 'email' | 'uri' | 'uuid';

export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly format: TextFormat;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly pattern: string | undefined;
  readonly example: string | undefined;
}

export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly exclusiveMinimum: number | undefined;
  readonly exclusiveMaximum: number | undefined;
  readonly multipleOf: number | undefined;
}

export interface Choice {
  readonly value: Json;
  readonly label: string;
  readonly description: string | undefined;
}

/** One of a few given values; a boolean is one as well. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
}

export interface ConstantField extends FieldBase {
  readonly kind: 'constant';
  readonly value: Json;
}

export interface ObjectField extends FieldBase {
  readonly kind: 'object';
  readonly properties: readonly PropertyField[];
  /** What values under further names are; undefined when there are none to fill in. */
  readonly additional: FieldSource | undefined;
  /** Regular expression for further names. */
  readonly namePattern: string | undefined;
}

export interface PropertyField {
  readonly name: string;
  readonly required: boolean;
  readonly field: FieldSource;
}

export interface ListField extends FieldBase {
  readonly kind: 'list';
  /** Items by position, for a tuple. */
  readonly first: readonly FieldSource[];
  /** Every item after those; undefined when there are no more. */
  readonly item: FieldSource | undefined;
  readonly minItems: number;
  readonly maxItems: number | undefined;
  readonly unique: boolean;
}

export interface UnionField extends FieldBase {
  readonly kind: 'union';
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly label: string;
  readonly field: FieldSource;
}

/** Anything, as JSON text. */
export interface JsonField extends FieldBase {
  readonly kind: 'json';
  /** True when only an object fits. */
  readonly object: boolean;
}

export type Field =
  TextField | NumberField | ChoiceField | ConstantField | ObjectField | ListField | UnionField | JsonField;

/** A field that is made when it is looked at: schemas may contain themselves. */
export type FieldSource = () => Field;
