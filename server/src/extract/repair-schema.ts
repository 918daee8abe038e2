/** A field in the words of zod: as it is written in the schema that needs it, else made from its type. */
import { propertyKey } from '../../../common/model/text.ts';
import {
  containsNode,
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  literalText,
  propertyOf,
  type Expression,
  type Node,
  type SourceFile,
} from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';
import { splitFields } from '../typescript/types.ts';
import { shapeOrUnknown, type Data, type DataField } from './data.ts';
import { fieldsLiteral } from './repair-literal.ts';

/** `name: z.…` for a schema in `target`; undefined where there is no zod, or no plain counterpart of the type. */
export async function schemaTextOf(
  program: Program,
  needs: Data,
  { name, data }: DataField,
  target: SourceFile,
): Promise<string | undefined> {
  const zod = zodOf(target);
  if (zod === undefined) return undefined;
  const written = needs.kind === 'type' ? needs.schema?.expression : undefined;
  const literal = written === undefined ? undefined : fieldsLiteral(written, 'read');
  const own = literal === undefined ? undefined : propertyOf(literal, name);
  const canBeCopied = own !== undefined && isPlain(own) && zodOf(own.getSourceFile()) === zod;
  const text = canBeCopied ? own.getText() : zodText((await shapeOrUnknown(program, data)).text);
  return text === undefined ? undefined : `${propertyKey(name)}: ${text}`;
}

/** Where a file has `z` from. */
export function zodOf(file: SourceFile): string | undefined {
  for (const statement of file.statements) {
    if (!isImportDeclaration(statement) || statement.importClause === undefined) continue;
    if (/\bz\b/.test(statement.importClause.getText(file))) return literalText(statement.moduleSpecifier);
  }
  return undefined;
}

/** What makes something else of a value, or of its absence: two such schemas in a row do it twice. */
const converting: ReadonlySet<string> = new Set([
  ...['transform', 'pipe', 'preprocess', 'coerce', 'codec', 'stringbool', 'overwrite', 'trim', 'toLowerCase'],
  ...['toUpperCase', 'default', 'prefault', 'catch', 'brand'],
]);

/** True for one line that names nothing but `z`, and takes and yields the same. */
function isPlain(expression: Expression): boolean {
  const text = expression.getText();
  const names = (node: Node): boolean => isIdentifier(node) && !isPlainName(node);
  return text.startsWith('z.') && !/[\r\n]/.test(text) && text.length <= 80 && !containsNode(expression, names);
}

function isPlainName(node: Node & { readonly text: string }): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent) && parent.name === node) return !converting.has(node.text);
  return node.text === 'z' || (isPropertyAssignment(parent) && parent.name === node);
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
