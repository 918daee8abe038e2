/** The fields that a mapping fills, each from where it is known. */
import { isIdentifierName, propertyKey } from '../../../common/model/text.ts';
import { TypeFlags, type Program } from '../typescript/program.ts';
import { fieldsOf, fitsInto, mayBeAbsent } from './compare.ts';
import { shapeOrUnknown, type Data, type DataField } from './data.ts';
import type { Draft } from './draft.ts';
import { providerIn, type RepairPlace } from './repair-place.ts';
import { indexAccess, isPortableType } from './repair-text.ts';
import { similarName } from './similar.ts';

/** Data that a mapping can read. */
export type Source =
  | { readonly kind: 'previous' | 'input' | 'element'; readonly data: Data }
  /** The result of a step, and a field of what arrives that is an object itself. */
  | { readonly kind: 'step' | 'part'; readonly expression: string; readonly data: Data };

/** What is known where a mapping would stand, the nearest first. */
export async function sourcesOf({ program, before, start, arrives, listed }: RepairPlace): Promise<readonly Source[]> {
  const steps = await Promise.all(
    [...before].reverse().flatMap((draft) => stepsIn(draft).map((step) => stepSource(program, step))),
  );
  const input: Source[] = providerIn(before) === undefined ? [] : [{ kind: 'input', data: start }];
  const nearest: Source = { kind: listed === true ? 'element' : 'previous', data: arrives };
  return [nearest, ...input, ...steps.filter((step) => step !== undefined)];
}

/** The steps that have run for certain once the entry has. */
function stepsIn(draft: Draft): readonly Draft[] {
  if (draft.type === 'step') return [draft];
  return draft.type === 'parallel' ? draft.entries.filter(({ type }) => type === 'step') : [];
}

async function stepSource(program: Program, { file, range, leaves }: Draft): Promise<Source | undefined> {
  const source = await program.sourceFile(file);
  const line = source?.text.split(/\r\n|[\n\r\u2028\u2029]/)[range.start.line];
  if (line === undefined || leaves === undefined || range.start.line !== range.end.line) return undefined;
  const expression = line.slice(range.start.character, range.end.character);
  return isIdentifierName(expression) ? { kind: 'step', expression, data: leaves } : undefined;
}

/** A field with the expression that a mapping takes it from. */
export interface Filled {
  readonly name: string;
  readonly expression: string;
  /** What is needed: the expression fits it. */
  readonly data: Data;
}

/** Undefined unless every field that has to be there is known from somewhere. */
export async function fill(
  place: Pick<RepairPlace, 'program' | 'needs'>,
  sources: readonly Source[],
): Promise<readonly Filled[] | undefined> {
  const { program } = place;
  const needed = await fieldsOf(program, place.needs);
  if (needed === undefined || needed.length === 0) return undefined;
  const names = new Set(needed.map(({ name }) => name));
  const filled: Filled[] = [];
  for (const field of needed) {
    const expression = await expressionFor(program, field, names, sources);
    if (expression !== undefined) filled.push({ name: field.name, expression, data: field.data });
    else if (!(await mayBeAbsent(program, field))) return undefined;
  }
  return filled.length === 0 ? undefined : filled;
}

async function expressionFor(
  program: Program,
  needed: DataField,
  names: ReadonlySet<string>,
  sources: readonly Source[],
): Promise<string | undefined> {
  const absent = await mayBeAbsent(program, needed);
  for (const source of sources) {
    const fields = (await fieldsOf(program, source.data)) ?? [];
    const same = fields.find(({ name }) => name === needed.name);
    const taken = same === undefined ? undefined : await taking(program, source, same, needed, absent);
    if (taken !== undefined) return taken;
    const parts = same === undefined ? undefined : await partsOf(program, source, same, needed);
    if (parts !== undefined) return parts;
    // An optional field is taken from what arrives, or left out.
    if (absent) return undefined;
    if (source.kind === 'input' || source.kind === 'step') continue;
    const inside = source.kind === 'previous' ? await insideOf(program, fields, needed) : undefined;
    if (inside !== undefined) return inside;
    const similar = similarName(
      needed.name,
      fields.map(({ name }) => name).filter((name) => !names.has(name)),
    );
    const alike = fields.find(({ name }) => name === similar);
    const renamed = alike === undefined ? undefined : await taking(program, source, alike, needed, absent);
    if (renamed !== undefined) return renamed;
  }
  return undefined;
}

/** How a field is taken for the one that is needed; undefined when it does not fit, not even as text. */
async function taking(
  program: Program,
  source: Source,
  field: DataField,
  needed: DataField,
  absent: boolean,
): Promise<string | undefined> {
  if (field.optional && !absent) return undefined;
  const expression = await access(program, source, field);
  if (expression === undefined || (await fitsInto(program, field.data, needed.data))) return expression;
  if (field.data.kind !== 'type' || source.kind === 'step') return undefined;
  const present = await program.nonNullable(field.data.type);
  if (present === undefined) return undefined;
  if (present.id !== field.data.type.id) {
    const fits = absent && (await fitsInto(program, { ...field.data, type: present }, needed.data));
    return fits ? `${expression} ?? undefined` : undefined;
  }
  const isScalar = (present.flags & (TypeFlags.Number | TypeFlags.Boolean)) !== 0;
  const text = await program.stringType();
  const fits = isScalar && text !== undefined && (await fitsInto(program, { ...field.data, type: text }, needed.data));
  return fits ? `String(${expression})` : undefined;
}

/** An object of which only some fields do not fit, put together anew. */
async function partsOf(
  program: Program,
  source: Source,
  field: DataField,
  needed: DataField,
): Promise<string | undefined> {
  const isHere = source.kind === 'previous' || source.kind === 'element' || source.kind === 'part';
  if (!isHere || field.optional || field.data.kind !== 'type') return undefined;
  if ((await program.nonNullable(field.data.type))?.id !== field.data.type.id) return undefined;
  const expression = await access(program, source, field);
  if (expression === undefined || (await fieldsOf(program, field.data)) === undefined) return undefined;
  const filled = await fill({ program, needs: needed.data }, [{ kind: 'part', expression, data: field.data }]);
  return filled === undefined ? undefined : `{ ${filled.map(fieldText).join(', ')} }`;
}

/** A field one level down, when it is the only one of that name: the results of `.parallel` stand under the steps' ids. */
async function insideOf(
  program: Program,
  fields: readonly DataField[],
  needed: DataField,
): Promise<string | undefined> {
  const found: string[] = [];
  for (const outer of fields) {
    if (outer.optional) continue;
    const inner = ((await fieldsOf(program, outer.data)) ?? []).find(({ name }) => name === needed.name);
    if (inner === undefined || inner.optional || !(await fitsInto(program, inner.data, needed.data))) continue;
    found.push(indexAccess(indexAccess('inputData', outer.name), needed.name));
  }
  const [only, ...others] = found;
  return others.length === 0 ? only : undefined;
}

async function access(program: Program, source: Source, field: DataField): Promise<string | undefined> {
  switch (source.kind) {
    case 'previous':
      return indexAccess('inputData', field.name);
    case 'element':
      return indexAccess('element', field.name);
    case 'part':
      return indexAccess(source.expression, field.name);
    case 'step':
      return indexAccess(`getStepResult(${source.expression})`, field.name);
    case 'input': {
      const { text } = await shapeOrUnknown(program, field.data);
      if (!isPortableType(text)) return undefined;
      const mark = field.optional ? '?' : '';
      return indexAccess(`getInitData<{ ${propertyKey(field.name)}${mark}: ${text} }>()`, field.name);
    }
  }
}

/** The parts of a mapping function's context that expressions read, in the order in which they are written. */
export function contextParts(filled: readonly Filled[], always: readonly string[] = []): string {
  const names = ['inputData', 'getInitData', 'getStepResult'].filter(
    (name) => always.includes(name) || filled.some(({ expression }) => new RegExp(`\\b${name}\\b`).test(expression)),
  );
  return `{ ${names.join(', ')} }`;
}

/** One field of a literal. */
export function fieldText({ name, expression }: Filled): string {
  return `${propertyKey(name)}: ${expression}`;
}
