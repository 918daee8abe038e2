/**
 * What makes data fit where it does not: mappings that take each needed field from where it is known. Looked for only
 * where there is a difference, so that the normal edit pays nothing.
 */
import type { Compatibility, Difference, Mismatch, Repair } from '../../../common/model/flow.ts';
import { elementOf, fieldsOf, fitsInto, mayBeAbsent } from './compare.ts';
import type { DataField } from './data.ts';
import { inputFields, outputsOf } from './repair-fields.ts';
import { contextParts, fieldText, fill, sourcesOf, type Filled, type Source } from './repair-fill.ts';
import { providerIn, type RepairPlace } from './repair-place.ts';
import { renamingEdits } from './repair-rename.ts';
import { indexAccess, writtenMapping } from './repair-text.ts';

/** The verdict with the repairs that are known, the best first. */
export async function withRepairs(place: RepairPlace, check: Compatibility): Promise<Compatibility> {
  if (check.kind !== 'differs') return check;
  const [outputs, ...others] = await Promise.all([
    outputsOf(place),
    mergedBranches(place),
    renaming(place, check.difference),
    mapping(place),
    inputFields(place),
  ]);
  // What the step returns anyway arrives already: only its schema has to say so.
  const { repair, isReturned } = outputs;
  return repairedBy(check, isReturned ? [repair, ...others] : [...others, repair], isReturned);
}

/** The same without what is put into the chain: for a receiver that others stand beside, or one that feeds itself. */
export async function withSchemaRepairs(place: RepairPlace, check: Compatibility): Promise<Compatibility> {
  if (check.kind !== 'differs') return check;
  const [input, { repair, isReturned }] = await Promise.all([inputFields(place), outputsOf(place)]);
  return repairedBy(check, [input, repair], isReturned);
}

/** What leaves the body of a loop feeds it again: it has to hand on what it needs, under the name that it needs. */
export async function withLoopRepairs(place: RepairPlace, check: Compatibility): Promise<Compatibility> {
  if (check.kind !== 'differs') return check;
  const [renamed, { repair, isReturned }] = await Promise.all([renaming(place, check.difference), outputsOf(place)]);
  return repairedBy(check, [renamed, repair], isReturned);
}

/** For each element that a `.foreach` hands out. */
export async function withElementRepairs(place: RepairPlace, check: Compatibility): Promise<Compatibility> {
  if (check.kind !== 'differs') return check;
  const element = await elementOf(place.program, place.arrives);
  if (element === undefined) return check;
  const each: RepairPlace = { ...place, arrives: element, listed: true };
  const [mapped, input, outputs] = await Promise.all([elementMapping(each), inputFields(each), outputsOf(each)]);
  return repairedBy(check, [mapped, input, outputs.repair], outputs.isReturned);
}

function repairedBy(check: Mismatch, found: readonly (Repair | undefined)[], isReturned: boolean): Compatibility {
  const repairs = found.filter((repair) => repair !== undefined);
  return {
    ...check,
    ...(repairs.length === 0 ? {} : { repairs }),
    ...(isReturned ? { isReturned } : {}),
  };
}

async function elementMapping(place: RepairPlace): Promise<Repair | undefined> {
  const filled = await fill(place, await sourcesOf(place));
  if (filled === undefined) return undefined;
  const head = `async (${contextParts(filled, ['inputData'])}) =>`;
  const edits = [place.written({ head, element: filled.map(fieldText) })];
  return { kind: 'mapping', edits, fields: filled.map(({ name }) => name) };
}

/** After `.branch`: the result of the branch that ran where each of them is what is needed, else what all have in common. */
async function mergedBranches(place: RepairPlace): Promise<Repair | undefined> {
  const provider = providerIn(place.before);
  if (provider?.type !== 'conditional' || place.arrives.kind !== 'object') return undefined;
  const results = place.arrives.fields;
  if (results.length === 0 || results.length !== provider.branches.length) return undefined;
  const fitting = await Promise.all(results.map(({ data }) => fitsInto(place.program, data, place.needs)));
  const filled = fitting.includes(false) ? await filledFromAny(place, results) : [];
  if (filled === undefined) return undefined;
  const lines = [
    `const result = ${results.map(({ name }) => indexAccess('inputData', name)).join(' ?? ')};`,
    "if (result === undefined) throw new Error('No branch ran');",
    `return ${filled.length === 0 ? 'result' : `{ ${filled.map(fieldText).join(', ')} }`};`,
  ];
  return {
    kind: 'merging',
    edits: [place.written({ head: `async (${contextParts(filled, ['inputData'])}) =>`, lines })],
    fields: filled.map(({ name }) => name),
  };
}

/** The needed fields from whichever result there is, and from elsewhere; undefined unless a result is of use. */
async function filledFromAny(
  place: RepairPlace,
  results: readonly DataField[],
): Promise<readonly Filled[] | undefined> {
  const [first, ...others] = await Promise.all(results.map(({ data }) => fieldsOf(place.program, data)));
  const common = (first ?? []).flatMap((field): readonly DataField[] => {
    const same = [field, ...others.map((fields) => fields?.find(({ name }) => name === field.name))];
    const known = same.filter((each) => each !== undefined);
    if (known.length < same.length || known.some(({ optional }) => optional)) return [];
    return [{ name: field.name, optional: false, data: { kind: 'oneOf', members: known.map(({ data }) => data) } }];
  });
  const [, ...elsewhere] = await sourcesOf(place);
  const result: Source = { kind: 'part', expression: 'result', data: { kind: 'object', fields: common } };
  const filled = await fill(place, [result, ...elsewhere]);
  return filled?.some(({ expression }) => /(?<![\w$.])result[.[]/.test(expression)) === true ? filled : undefined;
}

async function mapping(place: RepairPlace): Promise<Repair | undefined> {
  const part = await fittingPart(place);
  if (part !== undefined) {
    const text = `async ({ inputData }) => ${indexAccess('inputData', part)}`;
    return { kind: 'mapping', edits: [place.written(writtenMapping(text))], fields: [] };
  }
  const filled = await fill(place, await sourcesOf(place));
  if (filled === undefined) return undefined;
  const text = { head: `async (${contextParts(filled)}) =>`, fields: filled.map(fieldText) };
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
