/** The text of repairs: mappings in the style of the chain that they go into. */
import { isIdentifierName, quotedText, type FileEdit, type Position, type Range } from '../../../common/model/text.ts';
import type { SourceFile } from '../typescript/ast.ts';

/** A function: of one expression, of an object literal with fields, of one for each element of a list, or of statements. */
export type MappingText =
  | { readonly head: string; readonly expression: string }
  | { readonly head: string; readonly element: readonly string[] }
  | { readonly head: string; readonly fields: readonly string[] }
  | { readonly head: string; readonly lines: readonly string[] };

export type Written = (mapping: MappingText) => FileEdit;

/** Mappings longer than this are broken into lines. */
const longestLine = 100;

/** Inserts `.map(...)` in front of the call whose segment (from the method's name on) is at `call`. */
export function mappingBefore(source: SourceFile, call: Range): Written {
  const style = styleAt(source, call.start);
  return (mapping) => ({
    file: source.fileName,
    range: { start: call.start, end: call.start },
    newText: `map(${mappingText(mapping, style)})${style.lead}.`,
  });
}

/** Appends `.map(...)` to the call whose segment is at `call`. */
export function mappingAfter(source: SourceFile, call: Range): Written {
  const style = styleAt(source, call.start);
  return (mapping) => ({
    file: source.fileName,
    range: { start: call.end, end: call.end },
    newText: `${style.lead}.map(${mappingText(mapping, style)})`,
  });
}

interface Style {
  /** The line break and indent in front of the dot; empty for a chain on one line. */
  readonly lead: string;
  readonly lineBreak: string;
  readonly indent: string;
}

function styleAt(source: SourceFile, { line, character }: Position): Style {
  const lines = source.text.split(/\r\n|[\n\r\u2028\u2029]/);
  const text = lines[line] ?? '';
  const lineBreak = /\r\n|\n|\r/.exec(source.text)?.[0] ?? '\n';
  const own = /^(\s*)\.\s*$/.exec(text.slice(0, character));
  const indent = own?.[1] ?? /^\s*/.exec(text)?.[0] ?? '';
  return { lead: own === null ? '' : lineBreak + indent, lineBreak, indent };
}

function mappingText(mapping: MappingText, { lineBreak, indent }: Style): string {
  const inner = `${lineBreak}${indent}  `;
  if ('expression' in mapping) return `${mapping.head} ${mapping.expression}`;
  if ('lines' in mapping) {
    return `${mapping.head} {${mapping.lines.map((line) => inner + line).join('')}${lineBreak}${indent}}`;
  }
  if ('element' in mapping) {
    const whole = `${mapping.head} inputData.map((element) => ({ ${mapping.element.join(', ')} }))`;
    if (whole.length <= longestLine) return whole;
    const fields = mapping.element.map((field) => `${inner}  ${field},`).join('');
    return `${mapping.head}${inner}inputData.map((element) => ({${fields}${inner}})),${lineBreak}${indent}`;
  }
  const short = `${mapping.head} ({ ${mapping.fields.join(', ')} })`;
  if (short.length <= longestLine) return short;
  return `${mapping.head} ({${mapping.fields.map((field) => `${inner}${field},`).join('')}${lineBreak}${indent}})`;
}

/** A function that is written already, as `head => expression`. */
export function writtenMapping(text: string): MappingText {
  const at = text.indexOf('=>') + 2;
  return { head: text.slice(0, at), expression: text.slice(at).trim() };
}

export function indexAccess(object: string, name: string): string {
  return isIdentifierName(name) ? `${object}.${name}` : `${object}[${quotedText(name)}]`;
}

const builtIn: ReadonlySet<string> = new Set([
  'string',
  'number',
  'boolean',
  'bigint',
  'null',
  'undefined',
  'unknown',
  'true',
  'false',
  'Date',
  'Record',
  'Array',
]);

/** True for the text of a type that means the same in every file: it is complete and names nothing that is declared somewhere. */
export function isPortableType(text: string): boolean {
  if (text.includes('…')) return false;
  const bare = text.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const names = bare
    .replace(/[\p{ID_Start}$_][\p{ID_Continue}$]*\??:/gu, '')
    .match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu);
  return (names ?? []).every((name) => builtIn.has(name)) && !bare.includes('=>');
}
