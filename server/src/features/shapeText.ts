/** Shapes of data as text: for reading in a code block, and in a few words beside the code. */
import type { Shape, ShapeField } from '../../../common/model/flow.ts';
import { propertyName, splitFields } from '../typescript/types.ts';

/** A type up to this length stays on one line. */
const lineLength = 72;

/** Fields named in a summary; more of them are counted. */
const namedFields = 6;

/** The type of a shape in TypeScript notation, on several lines where one would be hard to read. */
export function readableType(shape: Shape): string {
  if (shape.fields === undefined || (shape.text.length <= lineLength && !shape.text.endsWith('…'))) {
    return readableText(shape.text, '');
  }
  return block(shape.fields, '');
}

/** The names of the fields, e.g. `{ orderId, total? }`; the type where it has no fields. */
export function fieldNames(shape: Shape): string {
  const isList = shape.fields === undefined && shape.text.endsWith('}[]');
  const fields = isList ? splitFields(shape.text.slice(0, -2)) : shape.fields;
  if (fields === undefined) return shortened(shape.text);
  if (fields.length === 0) return isList ? '{}[]' : '{}';
  const names = fields.slice(0, namedFields).map(({ name, optional }) => `${propertyName(name)}${optional ? '?' : ''}`);
  const more = fields.length - names.length;
  return `{ ${names.join(', ')}${more > 0 ? `, +${String(more)}` : ''} }${isList ? '[]' : ''}`;
}

/** A type text cut to what fits beside the code. */
export function shortened(text: string, limit = lineLength): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

function readableText(text: string, indent: string): string {
  if (text.length + indent.length <= lineLength) return text;
  const isList = text.startsWith('{') && text.endsWith('}[]');
  const fields = splitFields(isList ? text.slice(0, -2) : text);
  return fields === undefined || fields.length === 0 ? text : `${block(fields, indent)}${isList ? '[]' : ''}`;
}

function block(fields: readonly ShapeField[], indent: string): string {
  const inner = `${indent}  `;
  const lines = fields.map(
    ({ name, optional, text }) => `${inner}${propertyName(name)}${optional ? '?' : ''}: ${readableText(text, inner)};`,
  );
  return ['{', ...lines, `${indent}}`].join('\n');
}
