/**
 * Reads of what `.parallel` and `.branch` leave by an id that none of their steps has. Where TypeScript knows the type of what is
 * read it reports that itself: told here is only what is read through `any`, or by an index that takes every string.
 */
import type { FlowEntry, UnknownResult } from '../../../common/model/workflow.ts';
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isFunctionExpression,
  isMethodDeclaration,
  isObjectLiteralExpression,
  parentOf,
  unwrap,
  wrapped,
  type CallExpression,
  type Expression,
  type Node,
} from '../typescript/ast.ts';
import { TypeFlags, type Program } from '../typescript/program.ts';
import type { Context } from './context.ts';
import type { Draft, Segment } from './draft.ts';
import { inputReads, type InputRead } from './input-reads.ts';
import { optionExpression } from './options.ts';
import { similarName } from './similar.ts';
import { unitOf } from './unit.ts';

/** A call of a chain, with the context in which its arguments are read. */
export interface BuilderCall {
  readonly context: Context;
  readonly segment: Segment;
}

/** The entries of a chain, its boxes with the unknown results that are read behind them. */
export async function withUnknownResults(
  entries: readonly FlowEntry[],
  drafts: readonly Draft[],
  calls: readonly BuilderCall[],
): Promise<readonly FlowEntry[]> {
  if (!drafts.some((draft) => idsOf(draft) !== undefined)) return entries;
  const read = await Promise.all(
    drafts.map(async (draft, index) => {
      const provider = drafts.slice(0, index).findLast(({ leaves }) => leaves !== undefined);
      const ids = provider === undefined ? undefined : idsOf(provider);
      const call = calls[index];
      return { provider, unknown: ids === undefined || call === undefined ? [] : await unknownIn(call, draft, ids) };
    }),
  );
  return entries.map((entry, index) => {
    if (entry.type !== 'parallel' && entry.type !== 'conditional') return entry;
    const unknownResults = read.flatMap(({ provider, unknown }) => (provider === drafts[index] ? unknown : []));
    return unknownResults.length === 0 ? entry : { ...entry, unknownResults };
  });
}

/** The keys of what a box leaves, where all are known. */
function idsOf(provider: Draft): readonly string[] | undefined {
  if (provider.type !== 'parallel' && provider.type !== 'conditional') return undefined;
  return provider.leaves?.kind === 'object' ? provider.leaves.fields.map(({ name }) => name) : undefined;
}

async function unknownIn(
  { context, segment }: BuilderCall,
  draft: Draft,
  ids: readonly string[],
): Promise<readonly UnknownResult[]> {
  const readers = await readersOf(context, segment.call, draft);
  const reads = readers.functions.flatMap(inputReads).filter(({ name }) => !ids.includes(name));
  const judged = await Promise.all(
    reads.map(async (read) => ((await isUnseen(context.program, read)) ? unknownResult(read, ids) : undefined)),
  );
  const { step } = readers;
  return judged.flatMap((unknown) =>
    unknown === undefined ? [] : [step === undefined ? unknown : { ...unknown, step }],
  );
}

interface Readers {
  readonly functions: readonly Node[];
  /** The step whose function it is. */
  readonly step?: UnknownResult['step'];
}

/** The functions that get what arrives at an entry: those in the chain itself, and that of a step which takes anything. */
async function readersOf(context: Context, call: CallExpression, draft: Draft): Promise<Readers> {
  const [argument] = call.arguments;
  if (argument === undefined) return { functions: [] };
  switch (draft.type) {
    case 'mapping':
      return { functions: [unwrap(argument)].filter(isFunction) };
    case 'conditional':
      return { functions: conditionsIn(argument) };
    case 'step': {
      const unit = await unitOf(context, argument);
      const { execute, definition } = unit.kind === 'step' ? unit : {};
      if (execute === undefined || !takesAsIs(execute)) return { functions: [] };
      // A step without a name of its own is made in the chain.
      return { functions: [execute], ...(definition === undefined ? {} : { step: definition }) };
    }
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'parallel':
    case 'loop':
    case 'foreach':
    case 'sleep':
    case 'sleepUntil':
    case 'opaque':
      return { functions: [] };
  }
}

function isFunction(node: Node): boolean {
  return isArrowFunction(node) || isFunctionExpression(node);
}

function conditionsIn(list: Expression): readonly Node[] {
  const pairs = unwrap(list);
  if (!isArrayLiteralExpression(pairs)) return [];
  return pairs.elements.flatMap((element) => {
    const pair = unwrap(element);
    const [condition] = isArrayLiteralExpression(pair) ? pair.elements : [];
    return condition !== undefined && isFunction(unwrap(condition)) ? [unwrap(condition)] : [];
  });
}

/** True where the schema in front of the function lets everything through as it is. */
function takesAsIs(execute: Node): boolean {
  const literal = isMethodDeclaration(execute) ? execute.parent : parentOf(wrapped(execute))?.parent;
  if (literal === undefined || !isObjectLiteralExpression(literal)) return false;
  const schema = optionExpression({ given: literal, literal }, 'inputSchema')?.getText() ?? '';
  return (
    /^z\.(?:any|unknown|record|object|looseObject)\(/.test(schema) && !/transform|pipe|preprocess|codec/.test(schema)
  );
}

async function isUnseen(program: Program, { object, name }: InputRead): Promise<boolean> {
  const type = await program.typeAt(object);
  if (type === undefined) return false;
  if ((type.flags & TypeFlags.Any) !== 0) return true;
  const [property, rest] = await Promise.all([program.property(type, name), program.indexValue(type)]);
  return property === undefined && rest !== undefined;
}

function unknownResult(
  { name, text, place, renamed, isTolerant }: InputRead,
  ids: readonly string[],
): UnknownResult | undefined {
  const similar = similarName(name, ids);
  // Code that gets along without it may be meant for other data as well; a slip of the pen is none of that.
  if (isTolerant && similar === undefined) return undefined;
  return {
    ...place,
    id: name,
    read: text,
    ...(similar === undefined ? {} : { similar, correction: renamed(similar) }),
  };
}
