/** The repairs of a whole chain: a second pass over what has been judged, for the entries that do not fit. */
import { childEntries } from '../../../common/model/address.ts';
import type { Compatibility, Repair } from '../../../common/model/flow.ts';
import type { FlowEntry } from '../../../common/model/workflow.ts';
import {
  isIdentifier,
  isShorthandPropertyAssignment,
  locationOf,
  rangeOf,
  unwrap,
  type Expression,
  type SourceFile,
} from '../typescript/ast.ts';
import type { Program } from '../typescript/program.ts';
import { elementOf } from './compare.ts';
import { shapeOrUnknown, type Data } from './data.ts';
import type { Draft, Segment } from './draft.ts';
import { boxMapping } from './repair-box.ts';
import { withElementRepairs, withLoopRepairs, withRepairs, withSchemaRepairs } from './repair.ts';
import { providerIn, type RepairPlace } from './repair-place.ts';
import { zodOf, zodText } from './repair-schema.ts';
import { mappingAfter, mappingBefore } from './repair-text.ts';

export interface JudgedChain {
  readonly drafts: readonly Draft[];
  readonly entries: readonly FlowEntry[];
  /** What flows into the chain, and what leaves it. */
  readonly start: Data;
  readonly end: Data;
  readonly inputSchema: Expression | undefined;
  readonly outputSchema: Expression | undefined;
}

/** The entries with the repairs of those that do not fit. */
export async function repairedEntries(program: Program, chain: JudgedChain): Promise<readonly FlowEntry[]> {
  if (!chain.entries.some(differs)) return chain.entries;
  let arrives = chain.start;
  const pending: Promise<FlowEntry>[] = [];
  for (const [index, entry] of chain.entries.entries()) {
    const draft = chain.drafts[index];
    if (draft === undefined) return chain.entries;
    pending.push(differs(entry) ? repaired(program, chain, index, entry, draft, arrives) : Promise.resolve(entry));
    arrives = draft.leaves ?? arrives;
  }
  return Promise.all(pending);
}

function differs(entry: FlowEntry): boolean {
  const again = entry.type === 'loop' && entry.again.kind === 'differs';
  return again || entry.check.kind === 'differs' || childEntries(entry).some(differs);
}

async function repaired(
  program: Program,
  chain: JudgedChain,
  index: number,
  entry: FlowEntry,
  draft: Draft,
  arrives: Data,
): Promise<FlowEntry> {
  const source = await program.sourceFile(draft.file);
  if (source === undefined) return entry;
  const place: RepairPlace = {
    program,
    before: chain.drafts.slice(0, index),
    start: chain.start,
    arrives,
    needs: draft.needs,
    inputSchema: chain.inputSchema?.getSourceFile() === source ? chain.inputSchema : undefined,
    written: mappingBefore(source, draft.call),
  };
  switch (entry.type) {
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
      return { ...entry, check: await withRepairs(place, entry.check) };
    case 'foreach': {
      if (draft.type !== 'foreach' || (await elementOf(program, arrives)) === undefined) {
        return { ...entry, check: await withRepairs(place, entry.check) };
      }
      const check = await withElementRepairs({ ...place, needs: draft.body.needs }, entry.body.check);
      return { ...entry, body: { ...entry.body, check } };
    }
    case 'loop': {
      if (draft.type !== 'loop') return entry;
      const leaves = draft.body.leaves ?? arrives;
      const itself = { ...place, before: [draft.body], arrives: leaves, needs: draft.body.needs };
      const again = await withLoopRepairs(itself, entry.again);
      // A mapping in front makes the first round fit; the others are fed by the body itself.
      const first = again.kind === 'fits' ? withRepairs : withSchemaRepairs;
      return { ...entry, again, body: { ...entry.body, check: await first(place, entry.body.check) } };
    }
    case 'parallel': {
      if (draft.type !== 'parallel') return entry;
      const members = entry.entries.map((member, at) => ({ entry: member, draft: draft.entries[at] }));
      return { ...entry, entries: await repairedMembers(place, members, false) };
    }
    case 'conditional': {
      if (draft.type !== 'conditional') return entry;
      const members = entry.branches.map((branch, at) => ({ entry: branch.entry, draft: draft.branches[at]?.entry }));
      const entries = await repairedMembers(place, members, true);
      const branches = entry.branches.map((branch, at) => ({ ...branch, entry: entries[at] ?? branch.entry }));
      return { ...entry, branches };
    }
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'opaque':
      return entry;
  }
}

interface BoxMember {
  readonly entry: FlowEntry;
  readonly draft: Draft | undefined;
}

/** The entries of a box: a mapping in front of it serves all of them. */
async function repairedMembers(
  place: RepairPlace,
  members: readonly BoxMember[],
  isBranch: boolean,
): Promise<readonly FlowEntry[]> {
  const known = members.flatMap(({ entry, draft }) => (draft === undefined ? [] : [{ draft, check: entry.check }]));
  const box = known.length < members.length ? undefined : await boxMapping(place, known, isBranch);
  return Promise.all(
    members.map(async ({ entry }, at) => {
      const member = known[at];
      if (member === undefined || member.check.kind !== 'differs') return entry;
      const check = await withSchemaRepairs({ ...place, needs: member.draft.needs }, member.check);
      if (box?.mended.has(member) !== true || check.kind !== 'differs') return { ...entry, check };
      return { ...entry, check: { ...check, repairs: [box.repair, ...(check.repairs ?? [])] } };
    }),
  );
}

/** The verdict on the end of a chain with its repairs: a mapping at the end, or another promise. */
export async function repairedEnd(
  program: Program,
  chain: JudgedChain,
  last: Segment | undefined,
  promised: Data,
  check: Compatibility,
): Promise<Compatibility> {
  const lastDraft = chain.drafts.at(-1);
  if (check.kind !== 'differs' || last === undefined || lastDraft === undefined) return check;
  const source = last.call.getSourceFile();
  if (source.fileName !== lastDraft.file) return check;
  const mapped = await withRepairs(
    {
      program,
      before: chain.drafts,
      start: chain.start,
      arrives: chain.end,
      needs: promised,
      inputSchema: undefined,
      written: mappingAfter(source, lastDraft.call),
    },
    check,
  );
  const promise = promiseOfLast(chain, last) ?? (await promiseOfEnd(program, chain, source));
  if (promise === undefined || mapped.kind !== 'differs') return mapped;
  return { ...mapped, repairs: [...(mapped.repairs ?? []), promise] };
}

/** The schema of the last step in place of the one that is promised. */
function promiseOfLast({ drafts, outputSchema }: JudgedChain, last: Segment): Repair | undefined {
  const provider = providerIn(drafts);
  const [argument] = last.call.arguments;
  if (provider?.type !== 'step' || provider !== drafts.at(-1) || outputSchema === undefined) return undefined;
  if (argument === undefined || !isIdentifier(unwrap(argument))) return undefined;
  // What it gives is known from its function: it has no schema to hand on.
  if (provider.leaves?.kind === 'type' && provider.leaves.inferred === true) return undefined;
  const file = outputSchema.getSourceFile();
  if (file !== argument.getSourceFile()) return undefined;
  const range = rangeOf(outputSchema, file);
  // A step that is declared further down does not exist yet where the workflow is made.
  const { definition } = provider;
  if (definition?.file === file.fileName && definition.range.start.line >= range.start.line) return undefined;
  const schema = `${unwrap(argument).getText()}.outputSchema`;
  return promiseOf(outputSchema, schema);
}

/** What the chain yields in the words of zod, in place of what is promised. */
async function promiseOfEnd(
  program: Program,
  { end, outputSchema }: JudgedChain,
  source: SourceFile,
): Promise<Repair | undefined> {
  if (outputSchema?.getSourceFile() !== source || zodOf(source) === undefined) return undefined;
  const schema = zodText((await shapeOrUnknown(program, end)).text);
  return schema === undefined ? undefined : promiseOf(outputSchema, schema);
}

function promiseOf(promised: Expression, schema: string): Repair {
  const newText = isShorthandPropertyAssignment(promised.parent) ? `outputSchema: ${schema}` : schema;
  return { kind: 'promise', edits: [{ ...locationOf(promised), newText }], schema };
}
