/**
 * What makes data fit where it does not: mappings that take each needed field from where it is known. Looked for only
 * where there is a difference, so that the normal edit pays nothing.
 */
import type { Compatibility, Difference, Repair } from '../../../common/model/flow.ts';
import { isIdentifierName, propertyKey } from '../../../common/model/text.ts';
import type { Expression } from '../typescript/ast.ts';
import { TypeFlags, type Program } from '../typescript/program.ts';
import { elementOf, fieldsOf, fitsInto, mayBeAbsent } from './compare.ts';
import { shapeOrUnknown, type Data, type DataField } from './data.ts';
import type { Draft } from './draft.ts';
import { indexAccess, isPortableType, writtenMapping, type Written } from './repair-text.ts';
import { renamingEdits } from './repair-rename.ts';
import { fieldsInSchema } from './repair-schema.ts';
import { similarName } from './similar.ts';

/** Where in a chain a repair is looked for. */
export interface RepairPlace {
  readonly program: Program;
  /** The entries in front of the receiver; all of them at the end of a chain. */
  readonly before: readonly Draft[];
  /** What flows into the chain. */
  readonly start: Data;
  /** What arrives at the receiver. */
  readonly arrives: Data;
  readonly needs: Data;
  /** The expression of the workflow's `inputSchema`, where it is written out. */
  readonly inputSchema: Expression | undefined;
  /** Puts a mapping's text into the chain. */
  readonly written: Written;
}

/** The verdict with the repairs that are known. */
export async function withRepairs(place: RepairPlace, check: Compatibility): Promise<Compatibility> {
  if (check.kind !== 'differs') return check;
  const found = await Promise.all([
    mergedBranches(place),
    renaming(place, check.difference),
    mapping(place),
    inputFields(place),
  ]);
  const repairs = found.filter((repair) => repair !== undefined);
  return repairs.length === 0 ? check : { ...check, repairs };
}

/** The same for each element that a `.foreach` hands out. */
export async function withElementRepairs(place: RepairPlace, check: Compatibility): Promise<Compatibility> {
  if (check.kind !== 'differs') return check;
  const element = await elementOf(place.program, place.arrives);
  if (element === undefined) return check;
  const filled = await fill({ ...place, arrives: element }, [{ kind: 'element', data: element }]);
  if (filled === undefined) return check;
  const literal = objectText(filled);
  const text = `async ({ inputData }) => inputData.map((element) => (${literal}))`;
  const edits = [place.written(writtenMapping(text))];
  return { ...check, repairs: [{ kind: 'mapping', edits, fields: filled.map(({ name }) => name) }] };
}

/** After `.branch`: the result of the branch that ran, where each of them is what is needed. */
async function mergedBranches(place: RepairPlace): Promise<Repair | undefined> {
  const provider = providerIn(place.before);
  if (provider?.type !== 'conditional' || place.arrives.kind !== 'object') return undefined;
  const results = place.arrives.fields;
  if (results.length === 0 || results.length !== provider.branches.length) return undefined;
  const fitting = await Promise.all(results.map(({ data }) => fitsInto(place.program, data, place.needs)));
  if (fitting.includes(false)) return undefined;
  const lines = [
    `const result = ${results.map(({ name }) => indexAccess('inputData', name)).join(' ?? ')};`,
    "if (result === undefined) throw new Error('No branch ran');",
    'return result;',
  ];
  return { kind: 'merging', edits: [place.written({ head: 'async ({ inputData }) =>', lines })] };
}

async function mapping(place: RepairPlace): Promise<Repair | undefined> {
  const part = await fittingPart(place);
  if (part !== undefined) {
    const text = `async ({ inputData }) => ${indexAccess('inputData', part)}`;
    return { kind: 'mapping', edits: [place.written(writtenMapping(text))], fields: [] };
  }
  const filled = await fill(place, await sourcesOf(place));
  if (filled === undefined) return undefined;
  const used = ['inputData', 'getInitData', 'getStepResult'].filter((name) =>
    filled.some(({ expression }) => new RegExp(`\\b${name}\\b`).test(expression)),
  );
  const text = { head: `async ({ ${used.join(', ')} }) =>`, fields: filled.map(fieldText) };
  return { kind: 'mapping', edits: [place.written(text)], fields: filled.map(({ name }) => name) };
}

/** An array or a single value is needed, and one field of what arrives is just that. */
async function fittingPart({ program, arrives, needs }: RepairPlace): Promise<string | undefined> {
  if ((await fieldsOf(program, needs)) !== undefined) return undefined;
  const fields = (await fieldsOf(program, arrives)) ?? [];
  const fitting = await Promise.all(
    fields.map(async (field) => !field.optional && (await fitsInto(program, field.data, needs))),
  );
  const [only, ...others] = fields.filter((_, index) => fitting[index]);
  return others.length === 0 ? only?.name : undefined;
}

/** Data that a mapping can read, the nearest first. */
type Source =
  | { readonly kind: 'previous' | 'input' | 'element'; readonly data: Data }
  | { readonly kind: 'step'; readonly expression: string; readonly data: Data };

async function sourcesOf({ program, before, start, arrives }: RepairPlace): Promise<readonly Source[]> {
  const steps = await Promise.all(
    [...before].reverse().flatMap((draft) => stepsIn(draft).map((step) => stepSource(program, step))),
  );
  const input: Source[] = providerIn(before) === undefined ? [] : [{ kind: 'input', data: start }];
  return [{ kind: 'previous', data: arrives }, ...input, ...steps.filter((step) => step !== undefined)];
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

interface Filled {
  readonly name: string;
  readonly expression: string;
}

/** Undefined unless every field that has to be there is known from somewhere. */
async function fill(place: RepairPlace, sources: readonly Source[]): Promise<readonly Filled[] | undefined> {
  const { program } = place;
  const needed = await fieldsOf(program, place.needs);
  if (needed === undefined || needed.length === 0) return undefined;
  const names = new Set(needed.map(({ name }) => name));
  const filled: Filled[] = [];
  for (const field of needed) {
    const expression = await expressionFor(program, field, names, sources);
    if (expression !== undefined) filled.push({ name: field.name, expression });
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
    // An optional field is taken from what arrives, or left out.
    if (absent) return undefined;
    if (source.kind === 'input' || source.kind === 'step') continue;
    const inside = await insideOf(program, fields, needed);
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

/** The field that is meant arrives under another name, and everything else fits. */
async function renaming(place: RepairPlace, difference: Difference): Promise<Repair | undefined> {
  const { program, before, arrives, needs } = place;
  if (difference.kind !== 'missing' || difference.similar === undefined || difference.path.length !== 1)
    return undefined;
  const [to] = difference.path;
  const from = difference.similar;
  const provider = providerIn(before);
  const source = provider === undefined ? undefined : await program.sourceFile(provider.file);
  if (provider === undefined || source === undefined || to === undefined) return undefined;
  const [needed, arriving] = await Promise.all([fieldsOf(program, needs), fieldsOf(program, arrives)]);
  for (const field of needed ?? []) {
    const taken = arriving?.find(({ name }) => name === (field.name === to ? from : field.name));
    const absent = await mayBeAbsent(program, field);
    if (taken === undefined ? !absent : taken.optional && !absent) return undefined;
    if (taken !== undefined && !(await fitsInto(program, taken.data, field.data))) return undefined;
  }
  const edits = renamingEdits(source, provider, from, to);
  return edits === undefined ? undefined : { kind: 'rename', edits, from, to };
}

/** The workflow is asked for what its first entry needs. */
async function inputFields(place: RepairPlace): Promise<Repair | undefined> {
  const { program, before, arrives, needs, inputSchema } = place;
  if (inputSchema === undefined || providerIn(before) !== undefined) return undefined;
  const [needed, arriving] = await Promise.all([fieldsOf(program, needs), fieldsOf(program, arrives)]);
  if (needed === undefined || arriving === undefined) return undefined;
  const missing: { readonly name: string; readonly type: string }[] = [];
  for (const field of needed) {
    const same = arriving.find(({ name }) => name === field.name);
    if (same === undefined) {
      if (await mayBeAbsent(program, field)) continue;
      missing.push({ name: field.name, type: (await shapeOrUnknown(program, field.data)).text });
      continue;
    }
    if (same.optional && !(await mayBeAbsent(program, field))) return undefined;
    if (!(await fitsInto(program, same.data, field.data))) return undefined;
  }
  const edit = missing.length === 0 ? undefined : fieldsInSchema(inputSchema, missing);
  return edit === undefined
    ? undefined
    : { kind: 'input-fields', edits: [edit], fields: missing.map(({ name }) => name) };
}

/** The entry whose result arrives; undefined when it is the workflow's input. */
export function providerIn(drafts: readonly Draft[]): Draft | undefined {
  return drafts.findLast(({ leaves }) => leaves !== undefined);
}

function objectText(filled: readonly Filled[]): string {
  return `{ ${filled.map(fieldText).join(', ')} }`;
}

function fieldText({ name, expression }: Filled): string {
  return `${propertyKey(name)}: ${expression}`;
}
