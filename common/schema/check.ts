/** What the schema says against a value, in words that stand at the field. The workflow's own schema has the last word. */
import type { Json } from '../runlog/events.ts';
import type { Field, ListField, NumberField, ObjectField, TextField } from './fields.ts';
import { equalJson, isList, isObject, property } from './json-schema.ts';
import { variantOf } from './variant.ts';

export interface ValueIssue {
  /** From the value that was checked to the part that is wrong. */
  readonly path: readonly string[];
  readonly message: string;
}

/** Every issue of a value and its parts. A value that is not there is wrong when `required`. */
export function checkValue(field: Field, value: Json | undefined, required = true): readonly ValueIssue[] {
  const own = checkOwn(field, value, required);
  if (own !== undefined) return [{ path: [], message: own }];
  return partsOf(field, value).flatMap((part) =>
    checkValue(part.field, part.value, part.required).map((issue) => ({
      ...issue,
      path: [...part.path, ...issue.path],
    })),
  );
}

interface Part {
  readonly path: readonly string[];
  readonly field: Field;
  readonly value: Json | undefined;
  readonly required: boolean;
}

function partsOf(field: Field, value: Json | undefined): readonly Part[] {
  if (value === undefined) return [];
  if (field.kind === 'object' && isObject(value)) {
    const known = new Set(field.properties.map(({ name }) => name));
    const { additional } = field;
    return [
      ...field.properties.map(({ name, required, field: inner }) => ({
        path: [name],
        field: inner(),
        value: property(value, name),
        required,
      })),
      ...(additional === undefined
        ? []
        : Object.entries(value)
            .filter(([name]) => !known.has(name))
            .map(([name, inner]) => ({ path: [name], field: additional(), value: inner, required: true }))),
    ];
  }
  if (field.kind === 'list' && isList(value)) {
    return value.flatMap((item, index) => {
      const inner = itemField(field, index);
      return inner === undefined ? [] : [{ path: [String(index)], field: inner, value: item, required: true }];
    });
  }
  if (field.kind !== 'union') return [];
  const fits = field.variants.some((variant) => checkValue(variant.field(), value).length === 0);
  const likely = field.variants[variantOf(field, value)];
  return fits || likely === undefined ? [] : [{ path: [], field: likely.field(), value, required: true }];
}

/** The field of an item; undefined past the end of a tuple. */
export function itemField(field: ListField, index: number): Field | undefined {
  return (field.first[index] ?? field.item)?.();
}

/** What is wrong with the value itself, apart from its parts; undefined when nothing is. */
export function checkOwn(field: Field, value: Json | undefined, required: boolean): string | undefined {
  if (value === undefined) return required && field.default === undefined ? missing(field) : undefined;
  switch (field.kind) {
    case 'text':
      return typeof value === 'string' ? checkText(field, value) : 'Give a text.';
    case 'number':
      return typeof value === 'number' ? checkNumber(field, value) : numberWanted(field);
    case 'choice':
      return field.choices.some((choice) => equalJson(choice.value, value)) ? undefined : 'Choose one of the list.';
    case 'constant':
      return equalJson(field.value, value) ? undefined : `Must be ${JSON.stringify(field.value)}.`;
    case 'json':
      return field.object && !isObject(value) ? 'Give a JSON object: { … }.' : undefined;
    case 'object':
      return isObject(value) ? checkNames(field, value) : 'Must be an object.';
    case 'list':
      return isList(value) ? checkList(field, value) : 'Must be a list.';
    case 'union':
      return undefined;
  }
}

function missing(field: Field): string {
  return field.kind === 'choice' ? 'Required: choose one.' : 'Required.';
}

function numberWanted(field: NumberField): string {
  return field.integer ? 'Give a whole number.' : 'Give a number.';
}

function checkNumber(field: NumberField, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = field;
  if (field.integer && !Number.isInteger(value)) return numberWanted(field);
  if (minimum !== undefined && value < minimum) return `Must be ${minimum} or more.`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `Must be more than ${exclusiveMinimum}.`;
  if (maximum !== undefined && value > maximum) return `Must be ${maximum} or less.`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `Must be less than ${exclusiveMaximum}.`;
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) return `Must be a multiple of ${multipleOf}.`;
  return undefined;
}

/** 0.3 is a multiple of 0.1, although not for a computer. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient));
}

function checkText(field: TextField, value: string): string | undefined {
  const { minLength, maxLength, pattern } = field;
  // As JSON Schema counts: an emoji is one character.
  const length = minLength === undefined && maxLength === undefined ? 0 : Array.from(value).length;
  if (minLength !== undefined && length < minLength) return `At least ${count(minLength, 'character')}.`;
  if (maxLength !== undefined && length > maxLength) return `At most ${count(maxLength, 'character')}.`;
  if (pattern !== undefined && !matches(pattern, value)) return `Must match ${pattern}`;
  return checkFormat(field, value);
}

const email = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const uri = /^[a-z][a-z\d+.-]*:\S+$/i;
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const date = /^(\d{4})-(\d{2})-(\d{2})$/;
const dateTime = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

function checkFormat(field: TextField, value: string): string | undefined {
  switch (field.format) {
    case 'text':
      return undefined;
    case 'email':
      return email.test(value) ? undefined : 'Give an e-mail address, e.g. name@example.com.';
    case 'uri':
      return uri.test(value) ? undefined : 'Give a whole URL, e.g. https://example.com.';
    case 'uuid':
      return uuid.test(value) ? undefined : 'Give a UUID, e.g. 123e4567-e89b-42d3-a456-426614174000.';
    case 'date':
      return isDate(value) ? undefined : 'Give a date as YYYY-MM-DD, e.g. 2026-01-31.';
    case 'date-time': {
      const parts = dateTime.exec(value);
      const fits = parts !== null && isDate(parts[1] ?? '') && Number(parts[2]) < 24 && Number(parts[3]) < 60;
      return fits ? undefined : 'Give a date and time, e.g. 2026-01-31T12:00:00Z.';
    }
  }
}

function isDate(text: string): boolean {
  const [, year, month, day] = date.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= last;
}

/** An expression that JavaScript cannot read says nothing. */
function matches(pattern: string, value: string): boolean {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags).test(value);
    } catch {
      // Many expressions are only valid without the flag.
    }
  }
  return true;
}

function checkNames(field: ObjectField, value: Readonly<Record<string, Json>>): string | undefined {
  const { namePattern } = field;
  if (namePattern === undefined) return undefined;
  const known = new Set(field.properties.map(({ name }) => name));
  const wrong = Object.keys(value).find((name) => !known.has(name) && !matches(namePattern, name));
  return wrong === undefined ? undefined : `The name ${wrong} must match ${namePattern}`;
}

function checkList(field: ListField, value: readonly Json[]): string | undefined {
  if (value.length < field.minItems) return `At least ${count(field.minItems, 'item')}.`;
  if (field.maxItems !== undefined && value.length > field.maxItems) return `At most ${count(field.maxItems, 'item')}.`;
  if (field.item === undefined && value.length > field.first.length)
    return `Exactly ${count(field.first.length, 'item')}.`;
  if (!field.unique) return undefined;
  const twice = value.findIndex((item, index) => value.slice(0, index).some((other) => equalJson(item, other)));
  return twice === -1 ? undefined : `Item ${twice + 1} is there already.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
