/** What a field wants, in a few words beside its own description. */
import type { Field, NumberField, TextField } from './fields.ts';

/** For example `Whole number, 1 to 10`; undefined where the field itself shows it. */
export function hintOf(field: Field): string | undefined {
  switch (field.kind) {
    case 'number':
      return numberHint(field);
    case 'text':
      return textHint(field);
    case 'list':
      return rangeOf(field.minItems === 0 ? undefined : field.minItems, field.maxItems, 'item');
    case 'json':
      return field.object ? 'A JSON object' : 'Any JSON';
    case 'choice':
    case 'constant':
    case 'object':
    case 'union':
      return undefined;
  }
}

/** What an empty field shows: an example of the form that is wanted. */
export function exampleOf(field: TextField): string | undefined {
  return field.example ?? examples[field.format];
}

const examples: Readonly<Record<TextField['format'], string | undefined>> = {
  text: undefined,
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'name@example.com',
  uri: 'https://example.com',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
};

function numberHint(field: NumberField): string | undefined {
  const { integer, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = field;
  const parts = [
    integer ? 'Whole number' : undefined,
    rangeOf(minimum, maximum),
    exclusiveMinimum === undefined ? undefined : `more than ${exclusiveMinimum}`,
    exclusiveMaximum === undefined ? undefined : `less than ${exclusiveMaximum}`,
    multipleOf === undefined || multipleOf === 1 ? undefined : `a multiple of ${multipleOf}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function textHint(field: TextField): string | undefined {
  if (field.pattern !== undefined) return `Matches ${field.pattern}`;
  return rangeOf(field.minLength === 0 ? undefined : field.minLength, field.maxLength, 'character');
}

function rangeOf(minimum: number | undefined, maximum: number | undefined, noun?: string): string | undefined {
  const counted = (number: number): string =>
    noun === undefined ? String(number) : `${number} ${noun}${number === 1 ? '' : 's'}`;
  if (minimum === undefined) return maximum === undefined ? undefined : `at most ${counted(maximum)}`;
  if (maximum === undefined) return `at least ${counted(minimum)}`;
  return minimum === maximum ? `exactly ${counted(minimum)}` : `${minimum} to ${counted(maximum)}`;
}
