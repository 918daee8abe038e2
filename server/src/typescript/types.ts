/** Types as text and shapes: pure helpers over the checker's one-line notation, and the few questions that need types. */
import type { Shape, ShapeField } from '../../../common/model/flow.ts';
import { isIdentifierName } from '../../../common/model/text.ts';
import { SymbolFlags, TypeFlags, type Program, type Symbol, type Type } from './program.ts';

/** Longest type text in a message or a drawing. */
const textLimit = 240;

/** True for `any`, `unknown`, `never` and types that could not be resolved: nothing may be said about them. */
export function isUnknowable(type: Type): boolean {
  return (type.flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Never)) !== 0;
}

export function isOptionalProperty(symbol: Symbol): boolean {
  return (symbol.flags & SymbolFlags.Optional) !== 0;
}

/** True when the type has `undefined` (or `void`) among its members. */
export async function acceptsUndefined(program: Program, type: Type): Promise<boolean> {
  const members = await program.constituents(type);
  return members.some((member) => (member.flags & (TypeFlags.Undefined | TypeFlags.Void)) !== 0);
}

/** The type as a person reads it, with its fields when it is an object. */
export async function shapeOfType(program: Program, type: Type): Promise<Shape> {
  const text = (await program.typeText(type)) ?? 'unknown';
  const written = splitFields(text);
  if (written !== undefined) return shapeOfFields(written);
  const fields = await declaredFields(program, type);
  return fields === undefined ? { text: cut(tidyType(text)) } : { text: cut(text), fields };
}

/** The text of a shape from its fields. */
export function shapeOfFields(fields: readonly ShapeField[]): Shape {
  if (fields.length === 0) return { text: '{}', fields };
  const parts = fields.map((field) => `${propertyName(field.name)}${field.optional ? '?' : ''}: ${field.text}`);
  return { text: cut(`{ ${parts.join('; ')} }`), fields };
}

/** The fields of a type that is shown by its name (an interface or a class). */
async function declaredFields(program: Program, type: Type): Promise<readonly ShapeField[] | undefined> {
  if (!type.isObjectType() || (await program.isArray(type))) return undefined;
  const symbols = await program.properties(type);
  if (symbols.length === 0 || symbols.length > 40) return undefined;
  if ((await program.typeName(type))?.declarations.some((handle) => handle.path.includes('/lib.'))) return undefined;
  return Promise.all(
    symbols.map(async (symbol): Promise<ShapeField> => {
      const fieldType = await program.typeOf(symbol);
      const text = fieldType === undefined ? 'unknown' : ((await program.typeText(fieldType)) ?? 'unknown');
      const optional = isOptionalProperty(symbol);
      return { name: symbol.name, optional, text: cut(tidyType(optional ? withoutUndefined(text) : text)) };
    }),
  );
}

/** Type text without the `| undefined` that the checker adds to optional fields, at every depth. */
export function tidyType(text: string): string {
  const fields = splitFields(text);
  if (fields !== undefined) {
    return fields.length === 0
      ? '{}'
      : `{ ${fields.map((field) => `${propertyName(field.name)}${field.optional ? '?' : ''}: ${field.text}`).join('; ')} }`;
  }
  const members = text.startsWith('{') ? splitTopLevel(text, '|') : [];
  if (members.length > 1) return members.map(tidyType).join(' | ');
  if (text.endsWith('[]') && text.startsWith('{')) return `${tidyType(text.slice(0, -2))}[]`;
  return text;
}

/** Name in double quotes, in single quotes or bare; question mark; type. */
const fieldPattern =
  /^(?:readonly )?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([\p{ID_Start}$_][\p{ID_Continue}$]*|\d+))(\??): (.+)$/su;

/** The fields of `{ a: string; b?: number | undefined; }`; undefined when the text is not one object literal type of named fields. */
export function splitFields(text: string): readonly ShapeField[] | undefined {
  if (!text.startsWith('{') || !text.endsWith('}') || closingBrace(text) !== text.length - 1) return undefined;
  const members = splitTopLevel(text.slice(1, -1), ';');
  const fields: ShapeField[] = [];
  for (const member of members) {
    const match = fieldPattern.exec(member);
    if (match === null) return undefined;
    const optional = match[4] === '?';
    const type = match[5] ?? '';
    // In a union of object literals the checker adds the fields of the others, as never given.
    if (optional && type === 'undefined') continue;
    fields.push({
      name: match[1] ?? match[2] ?? match[3] ?? '',
      optional,
      text: tidyType(optional ? withoutUndefined(type) : type),
    });
  }
  return fields;
}

export function propertyName(name: string): string {
  return isIdentifierName(name) ? name : JSON.stringify(name);
}

export function cut(text: string, limit = textLimit): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}

function withoutUndefined(text: string): string {
  const parts = splitTopLevel(text, '|').filter((part) => part !== 'undefined');
  return parts.length === 0 ? text : parts.join(' | ');
}

function closingBrace(text: string): number {
  let end = -1;
  scan(text, (character, index, depth) => {
    if (end === -1 && character === '}' && depth === 0) end = index;
  });
  return end;
}

function splitTopLevel(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  scan(text, (character, index, depth) => {
    if (depth === 0 && character === separator) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  });
  parts.push(text.slice(start).trim());
  return parts.filter((part) => part !== '');
}

/** Visits every character outside string literals with the depth of brackets around it (a closing one counts as outside). */
function scan(text: string, visit: (character: string, index: number, depth: number) => void): void {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote !== '') {
      if (character === '\\') index += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'" || character === '`') {
      quote = character;
    } else if ('{[(<'.includes(character)) {
      visit(character, index, depth);
      depth += 1;
    } else if ('}])'.includes(character) || (character === '>' && text[index - 1] !== '=')) {
      depth -= 1;
      visit(character, index, depth);
    } else {
      visit(character, index, depth);
    }
  }
}
