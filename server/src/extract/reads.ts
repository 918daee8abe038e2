/** What the object form of `.map` reads, with the place of every key: paths, and placeholders of templates. */
import { opaque, type Known } from '../../../common/model/known.ts';
import type { MappingRead, PathKey, ReadOutcome, ReadSource } from '../../../common/model/mapping.ts';
import type { Location } from '../../../common/model/text.ts';
import {
  isArrayLiteralExpression,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  propertyOf,
  rangeBetween,
  unwrap,
  type Expression,
  type ObjectLiteralExpression,
  type SourceFile,
} from '../typescript/ast.ts';
import type { Context } from './context.ts';
import { unknownData, type Data } from './data.ts';
import { followKeys, keysOf } from './path.ts';
import { similarName } from './similar.ts';
import { outputOf, unitOf } from './unit.ts';

/** A read before the data of its source is known. */
export interface ReadDraft extends Location {
  readonly field: string;
  readonly form: 'path' | 'template';
  readonly source: ReadSource;
  readonly keys: readonly PathKey[];
  /** What a step leaves by its own schema, for where the chain does not say more. */
  readonly own: Data;
  readonly context: Context;
}

/** The data that a mapping can read beside its own steps. */
export interface ReadScopes {
  readonly initData: Data;
  readonly inputData: Data;
  /** The results of the steps before, by id. */
  readonly results: ReadonlyMap<string, Data>;
  readonly state: () => Promise<Data>;
  readonly requestContext: () => Promise<Data>;
}

/** The reads of one field, in the order of precedence that the runtime has. */
export async function readsOfField(
  context: Context,
  field: string,
  source: ObjectLiteralExpression,
): Promise<readonly ReadDraft[]> {
  if (propertyOf(source, 'value') !== undefined || propertyOf(source, 'fn') !== undefined) return [];
  const template = propertyOf(source, 'template');
  if (template !== undefined) return templateReads(context, field, template);
  const requested = propertyOf(source, 'requestContextPath');
  const path = requested ?? propertyOf(source, 'path');
  const literal = path === undefined ? undefined : plainLiteral(path);
  if (literal === undefined) return [];
  const base = { field, form: 'path', ...literal.place, context } as const;
  if (requested !== undefined) {
    const keys = [{ name: literal.text, range: literal.place.range }];
    return [{ ...base, source: { kind: 'requestContext' }, keys, own: unknownData('the request context') }];
  }
  const keys = keysAt(literal.file, literal.start, keysOf(literal.text));
  if (propertyOf(source, 'initData') !== undefined) {
    return [{ ...base, source: { kind: 'initData' }, keys, own: unknownData('the input') }];
  }
  const step = propertyOf(source, 'step');
  if (step === undefined) return [];
  const { id, own } = await stepSource(context, step);
  const range = rangeBetween(step.getSourceFile(), step.getStart(), step.getEnd());
  const from: ReadSource = id === undefined ? { kind: 'steps' } : { kind: 'step', id, range };
  return [{ ...base, source: from, keys, own }];
}

/** The step that is read; no id for a list of several, of which the first that has a result counts. */
async function stepSource(
  context: Context,
  given: Expression,
): Promise<{ readonly id: Known<string> | undefined; readonly own: Data }> {
  const resolved = await context.resolve(given);
  if (resolved.kind === 'expression' && isArrayLiteralExpression(resolved.expression)) {
    const [first, ...others] = resolved.expression.elements;
    if (first !== undefined && others.length === 0) return stepSource(context, first);
    const members = await Promise.all(resolved.expression.elements.map((element) => stepSource(context, element)));
    return { id: undefined, own: { kind: 'oneOf', members: members.map((member) => member.own) } };
  }
  const unit = await unitOf(context, given);
  return unit.kind === 'opaque'
    ? { id: opaque(unit.reason), own: unknownData(unit.reason) }
    : { id: unit.id, own: await outputOf(unit) };
}

interface PlainLiteral {
  readonly text: string;
  readonly file: SourceFile;
  /** Offset of the text, behind the opening quote. */
  readonly start: number;
  readonly place: Location;
}

/** A literal whose text stands in the source as it is. */
function plainLiteral(given: Expression): PlainLiteral | undefined {
  const literal = literalSource(given);
  return literal === undefined || literal.raw.includes('\\') ? undefined : { ...literal, text: literal.raw };
}

function literalSource(given: Expression) {
  const expression = unwrap(given);
  if (!isStringLiteral(expression) && !isNoSubstitutionTemplateLiteral(expression)) return undefined;
  const file = expression.getSourceFile();
  const start = expression.getStart(file) + 1;
  const end = expression.getEnd() - 1;
  const place: Location = { file: file.fileName, range: rangeBetween(file, start, end) };
  return { raw: file.text.slice(start, end), file, start, place };
}

function keysAt(file: SourceFile, start: number, names: readonly string[]): readonly PathKey[] {
  let offset = start;
  return names.map((name) => {
    const range = rangeBetween(file, offset, offset + name.length);
    offset += name.length + 1;
    return { name, range };
  });
}

/** `${scope.path}`; in a template literal the dollar sign or the brace is escaped. */
const placeholder = /(\\?\$\\?\{)([^}]*)\}/g;

const scopes = ['inputData', 'initData', 'state', 'requestContext', 'stepResults'] as const;

function templateReads(context: Context, field: string, given: Expression): readonly ReadDraft[] {
  const literal = literalSource(given);
  if (literal === undefined) return [];
  return [...literal.raw.matchAll(placeholder)].flatMap((match): readonly ReadDraft[] => {
    const [, opening = '', text = ''] = match;
    if (text.includes('\\')) return [];
    const start = literal.start + match.index + opening.length;
    const { file } = literal;
    const range = rangeBetween(file, start - opening.length, start + text.length + 1);
    const own = unknownData('the source of the placeholder');
    const base = { field, form: 'template', file: file.fileName, range, context, own } as const;
    return [{ ...base, ...placeholderSource(file, start, text) }];
  });
}

function placeholderSource(file: SourceFile, start: number, text: string): Pick<ReadDraft, 'source' | 'keys'> {
  const trimmed = text.trim();
  if (trimmed === '') return { source: { kind: 'malformed', problem: 'empty' }, keys: [] };
  if (trimmed !== text) {
    const inside = rangeBetween(file, start, start + text.length);
    return { source: { kind: 'spaced', inside, trimmed }, keys: [] };
  }
  const [name = '', ...rest] = text.split('.');
  const scope = scopes.find((known) => known === name);
  const behind = start + name.length + 1;
  switch (scope) {
    case undefined:
      return { source: { kind: 'scope', name, range: rangeBetween(file, start, start + name.length) }, keys: [] };
    case 'inputData':
    case 'initData':
    case 'state':
      return { source: { kind: scope }, keys: keysAt(file, behind, keysOf(rest.join('.'))) };
    case 'requestContext': {
      const key = rest.join('.');
      if (key === '') return { source: { kind: 'malformed', problem: 'no-key' }, keys: [] };
      return { source: { kind: scope }, keys: keysAt(file, behind, [key]) };
    }
    case 'stepResults': {
      const [id = '', ...path] = rest;
      if (id === '') return { source: { kind: 'malformed', problem: 'no-step' }, keys: [] };
      const range = rangeBetween(file, behind, behind + id.length);
      const keys = keysAt(file, behind + id.length + 1, keysOf(path.join('.')));
      return { source: { kind: 'step', id: { known: true, value: id }, range }, keys };
    }
  }
}

/** The fields of a mapping that read a list which `.foreach` left: the step's own schema tells of one element only. */
export async function withListResults(
  leaves: Data,
  drafts: readonly ReadDraft[],
  results: ReadonlyMap<string, Data>,
): Promise<Data> {
  if (leaves.kind !== 'object') return leaves;
  const fields = await Promise.all(
    leaves.fields.map(async (field) => {
      const read = drafts.find((draft) => draft.field === field.name && draft.form === 'path');
      const id = read?.source.kind === 'step' && read.source.id.known ? read.source.id.value : undefined;
      const list = id === undefined ? undefined : results.get(id);
      if (read === undefined || list?.kind !== 'array') return field;
      const followed = await followKeys(
        read.context,
        list,
        read.keys.map(({ name }) => name),
      );
      const data = followed.kind === 'data' ? followed.data : unknownData('there is no such field in a list');
      return { ...field, data };
    }),
  );
  return { ...leaves, fields };
}

/** Follows every read through the data of its source. */
export function judgeReads(drafts: readonly ReadDraft[], from: ReadScopes): Promise<readonly MappingRead[]> {
  return Promise.all(
    drafts.map(async (draft): Promise<MappingRead> => {
      const { file, range, field, form, source, keys } = draft;
      return { file, range, field, form, source, keys, outcome: await outcomeOf(draft, from) };
    }),
  );
}

async function outcomeOf(draft: ReadDraft, from: ReadScopes): Promise<ReadOutcome> {
  const names = draft.keys.map(({ name }) => name);
  const followed = await followKeys(draft.context, await sourceData(draft, from), names);
  switch (followed.kind) {
    case 'data':
      return followed.data.kind === 'unknown' ? { kind: 'unknown', reason: followed.data.reason } : { kind: 'found' };
    case 'missing': {
      const { index, fields } = followed;
      const similar = similarName(names[index] ?? '', fields);
      return similar === undefined ? { kind: 'missing', index } : { kind: 'missing', index, similar };
    }
    case 'no-object':
      return { kind: 'no-object', index: followed.index, type: followed.type };
  }
}

async function sourceData({ source, own }: ReadDraft, from: ReadScopes): Promise<Data> {
  switch (source.kind) {
    case 'step':
      return (source.id.known ? from.results.get(source.id.value) : undefined) ?? own;
    case 'initData':
    case 'inputData':
      return from[source.kind];
    case 'state':
    case 'requestContext':
      return from[source.kind]();
    case 'steps':
      return own;
    case 'scope':
    case 'malformed':
    case 'spaced':
      return unknownData('the placeholder cannot be read');
  }
}
