/** Schemas of zod that are written out: `z.object({ ... })`, through what is said about it afterwards, and by name. */
import type { FileEdit } from '../../../common/model/text.ts';
import {
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  methodCall,
  optionsLiteral,
  rangeBetween,
  unwrap,
  walk,
  type Expression,
  type Identifier,
  type MethodCall,
  type ObjectLiteralExpression,
  type VariableDeclaration,
} from '../typescript/ast.ts';

const makers: ReadonlySet<string> = new Set(['object', 'strictObject', 'looseObject']);
const extenders: ReadonlySet<string> = new Set(['extend', 'safeExtend']);

/** Methods that leave the fields of an object, or the elements of an array, as they are. */
const neutral: ReadonlySet<string> = new Set([
  ...['describe', 'meta', 'strict', 'strip', 'passthrough', 'loose', 'refine', 'superRefine', 'check'],
  ...['min', 'max', 'length', 'nonempty'],
]);

/**
 * The literal with the fields of a schema; with `listed`, of each element of its array. To `write` there, nothing else may
 * use the schema; everything that is written out can be read.
 */
export function fieldsLiteral(
  given: Expression,
  purpose: 'read' | 'write',
  listed = false,
): ObjectLiteralExpression | undefined {
  const expression = unwrap(given);
  if (isIdentifier(expression)) {
    const declared = schemaNamed(expression, purpose);
    return declared === undefined ? undefined : fieldsLiteral(declared, purpose, listed);
  }
  const method = methodCall(expression);
  if (method === undefined) return undefined;
  const name = method.name.text;
  if (neutral.has(name)) return fieldsLiteral(method.receiver, purpose, listed);
  if (listed) return name === 'array' ? elementFields(method, purpose) : undefined;
  const isObject = extenders.has(name) || (makers.has(name) && isZod(method.receiver));
  return isObject ? optionsLiteral(method.call) : undefined;
}

/** `z.array(element)` and `element.array()`. */
function elementFields({ receiver, call }: MethodCall, purpose: 'read' | 'write'): ObjectLiteralExpression | undefined {
  const [element] = call.arguments;
  if (!isZod(receiver)) return fieldsLiteral(receiver, purpose);
  return element === undefined ? undefined : fieldsLiteral(element, purpose);
}

function isZod(receiver: Expression): boolean {
  return isIdentifier(receiver) && receiver.text === 'z';
}

/** What a variable of the same file was set to. */
function schemaNamed(name: Identifier, purpose: 'read' | 'write'): Expression | undefined {
  const declarations: VariableDeclaration[] = [];
  let uses = 0;
  walk(name.getSourceFile(), (node) => {
    if (!isIdentifier(node) || node.text !== name.text || isMemberName(node)) return;
    if (isVariableDeclaration(node.parent) && node.parent.name === node) declarations.push(node.parent);
    else uses += 1;
  });
  const [only, ...others] = declarations;
  if (only === undefined || others.length > 0) return undefined;
  const isExported = /^export\b/.test(only.parent.parent.getText());
  return purpose === 'write' && (uses > 1 || isExported) ? undefined : only.initializer;
}

function isMemberName(node: Identifier): boolean {
  const { parent } = node;
  return (isPropertyAccessExpression(parent) || isPropertyAssignment(parent)) && parent.name === node;
}

/** True for an object that refuses fields which it does not name; its type does not tell. */
export function isStrict(schema: Expression): boolean {
  return isMadeWith(schema, (method) => method.startsWith('strict'));
}

/** True for an object with conditions of its own: zod 4 does not extend those, though their type says so. */
export function isRefined(schema: Expression): boolean {
  return isMadeWith(schema, (method) => ['refine', 'superRefine', 'check'].includes(method));
}

function isMadeWith(given: Expression, matches: (method: string) => boolean): boolean {
  const expression = unwrap(given);
  if (isIdentifier(expression)) {
    const declared = schemaNamed(expression, 'read');
    return declared !== undefined && isMadeWith(declared, matches);
  }
  const method = methodCall(expression);
  return method !== undefined && (matches(method.name.text) || isMadeWith(method.receiver, matches));
}

/** Adds properties at the end of a literal, in its own style. */
export function withProperties(literal: ObjectLiteralExpression, properties: readonly string[]): FileEdit {
  const source = literal.getSourceFile();
  const last = literal.properties.at(-1);
  if (last === undefined) {
    return {
      file: source.fileName,
      range: rangeBetween(source, literal.getStart(source), literal.getEnd()),
      newText: `{ ${properties.join(', ')} }`,
    };
  }
  const at = last.getEnd();
  const indent = /(\r\n|\n|\r)([ \t]*)$/.exec(source.text.slice(0, last.getStart(source)));
  const separator = indent === null ? ', ' : `,${indent[0]}`;
  return {
    file: source.fileName,
    range: rangeBetween(source, at, at),
    newText: properties.map((property) => `${separator}${property}`).join(''),
  };
}

/** Adds properties to a schema that others use as well, for this use alone. */
export function withExtension(schema: Expression, properties: readonly string[]): FileEdit {
  const source = schema.getSourceFile();
  const at = schema.getEnd();
  const key = isShorthandPropertyAssignment(schema.parent) ? `: ${schema.getText()}` : '';
  return {
    file: source.fileName,
    range: rangeBetween(source, at, at),
    newText: `${key}.extend({ ${properties.join(', ')} })`,
  };
}
