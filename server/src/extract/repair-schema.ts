/** Fields that are added to a schema which is written out: `z.object({ ... })`. */
import { propertyKey, type FileEdit } from '../../../common/model/text.ts';
import { hasSpread, methodCall, optionsLiteral, rangeBetween, unwrap, type Expression } from '../typescript/ast.ts';
import { splitFields } from '../typescript/types.ts';

interface NewField {
  readonly name: string;
  /** TypeScript notation. */
  readonly type: string;
}

/** Undefined where the schema is not an object of zod, or a type has no plain counterpart there. */
export function fieldsInSchema(given: Expression, fields: readonly NewField[]): FileEdit | undefined {
  const expression = unwrap(given);
  const method = methodCall(expression);
  if (method?.name.text !== 'object') return undefined;
  const zod = method.receiver.getText();
  const literal = optionsLiteral(method.call);
  if (zod !== 'z' || literal === undefined || hasSpread(literal)) return undefined;
  const parts = fields.map(({ name, type }) => {
    const schema = zodText(type);
    return schema === undefined ? undefined : `${propertyKey(name)}: ${schema}`;
  });
  if (parts.includes(undefined)) return undefined;
  const source = literal.getSourceFile();
  const last = literal.properties.at(-1);
  if (last === undefined) {
    return {
      file: source.fileName,
      range: rangeBetween(source, literal.getStart(source), literal.getEnd()),
      newText: `{ ${parts.join(', ')} }`,
    };
  }
  const at = last.getEnd();
  const indent = /(\r\n|\n|\r)([ \t]*)$/.exec(source.text.slice(0, last.getStart(source)));
  const separator = indent === null ? ', ' : `,${indent[0]}`;
  return {
    file: source.fileName,
    range: rangeBetween(source, at, at),
    newText: parts.map((part) => `${separator}${part ?? ''}`).join(''),
  };
}

const simple: ReadonlyMap<string, string> = new Map([
  ['string', 'z.string()'],
  ['number', 'z.number()'],
  ['boolean', 'z.boolean()'],
  ['bigint', 'z.bigint()'],
  ['Date', 'z.date()'],
  ['null', 'z.null()'],
]);

/** The schema of a type given as text; undefined for what cannot be said in few words. */
export function zodText(type: string): string | undefined {
  const text = type.trim();
  const known = simple.get(text);
  if (known !== undefined) return known;
  if (/^"[^"\\]*"$/.test(text)) return `z.literal('${text.slice(1, -1).replaceAll("'", "\\'")}')`;
  if (/^\d+(?:\.\d+)?$/.test(text)) return `z.literal(${text})`;
  const values = text.split(' | ');
  if (values.length > 1 && values.every((value) => /^"[^"\\|]*"$/.test(value))) {
    return `z.enum([${values.map((value) => `'${value.slice(1, -1).replaceAll("'", "\\'")}'`).join(', ')}])`;
  }
  if (values.length === 2 && values.includes('null')) {
    const inner = zodText(values.find((value) => value !== 'null') ?? '');
    return inner === undefined ? undefined : `${inner}.nullable()`;
  }
  if (/^(?:\w+|\{.*\})\[\]$/.test(text)) {
    const inner = zodText(text.slice(0, -2));
    return inner === undefined ? undefined : `z.array(${inner})`;
  }
  const fields = splitFields(text);
  if (fields === undefined) return undefined;
  const parts = fields.map((field) => {
    const inner = zodText(field.text);
    return inner === undefined
      ? undefined
      : `${propertyKey(field.name)}: ${inner}${field.optional ? '.optional()' : ''}`;
  });
  return parts.includes(undefined)
    ? undefined
    : parts.length === 0
      ? 'z.object({})'
      : `z.object({ ${parts.join(', ')} })`;
}
