/** The data along a chain: gives every entry what arrives at it, and judges whether it fits. */
import type { Compatibility, Shape } from '../../../common/model/flow.ts';
import type { Known } from '../../../common/model/known.ts';
import type { ConditionalEntry, FlowEntry } from '../../../common/model/workflow.ts';
import type { Program } from '../typescript/program.ts';
import { compare, elementOf } from './compare.ts';
import { unknownData, type Data, type ShapeReader } from './data.ts';
import type { Draft } from './draft.ts';
import { judgeReads, type ReadScopes } from './reads.ts';
import { addResults } from './results.ts';

/** What a mapping of a workflow can read beside what flows. */
export type WorkflowScopes = Pick<ReadScopes, 'state' | 'requestContext'>;

/** The entries of a chain into which `start` flows, and what leaves its end. */
export async function flowThrough(
  program: Program,
  drafts: readonly Draft[],
  start: Data,
  shape: ShapeReader,
  scopes: WorkflowScopes,
): Promise<{ readonly entries: readonly FlowEntry[]; readonly end: Data }> {
  const name = siblingNames();
  const pending: Promise<FlowEntry>[] = [];
  let arrives = start;
  const results = new Map<string, Data>();
  for (const draft of drafts) {
    const before = draft.type === 'mapping' ? new Map(results) : results;
    const seen: ReadScopes = { ...scopes, initData: start, inputData: arrives, results: before };
    pending.push(finish({ program, shape, seen }, draft, arrives, name(draft.wish)));
    addResults(results, draft);
    arrives = draft.leaves ?? arrives;
  }
  return { entries: await Promise.all(pending), end: arrives };
}

/** Names that are unique among siblings and hold no `/`: the wish itself for the first that has it. */
export function siblingNames(): (wish: string) => string {
  const taken = new Set<string>();
  return (wish) => {
    const base = wish.replaceAll('/', '∕').trim() || 'entry';
    let name = base;
    for (let count = 2; taken.has(name); count += 1) name = `${base}-${String(count)}`;
    taken.add(name);
    return name;
  };
}

interface Reader {
  readonly program: Program;
  readonly shape: ShapeReader;
  readonly seen: ReadScopes;
}

interface FlowFacts {
  readonly check: Compatibility;
  readonly arrives: Known<Shape>;
  readonly needs: Known<Shape>;
  readonly leaves: Known<Shape>;
}

const fits: Compatibility = { kind: 'fits' };

async function finish(reader: Reader, draft: Draft, arrives: Data, node: string): Promise<FlowEntry> {
  const { file, range, call, lineBreak, definition, description } = draft;
  const start = lineBreak === undefined ? {} : { lineBreak };
  const place = { node, file, range, call, ...start, definition, description };
  switch (draft.type) {
    case 'step':
      return {
        type: draft.type,
        ...place,
        ...(await facts(reader, draft, arrives)),
        id: draft.id,
        canSuspend: draft.canSuspend,
      };
    case 'workflow':
      return {
        type: draft.type,
        ...place,
        ...(await facts(reader, draft, arrives)),
        id: draft.id,
        target: draft.target,
      };
    case 'agent':
    case 'tool':
    case 'classifier':
      return { type: draft.type, ...place, ...(await facts(reader, draft, arrives)), id: draft.id };
    case 'mapping':
      return {
        type: draft.type,
        ...place,
        ...(await facts(reader, draft, arrives, fits)),
        id: draft.id,
        form: draft.form,
        source: draft.source,
        ...(draft.reads.length === 0 ? {} : { reads: await judgeReads(draft.reads, reader.seen) }),
      };
    case 'parallel': {
      const name = siblingNames();
      const [own, entries] = await Promise.all([
        facts(reader, draft, arrives, fits),
        Promise.all(draft.entries.map((entry) => finish(reader, entry, arrives, name(entry.wish)))),
      ]);
      return { type: draft.type, ...place, ...own, id: draft.id, entries };
    }
    case 'conditional': {
      const name = siblingNames();
      const [own, branches] = await Promise.all([
        facts(reader, draft, arrives, fits),
        Promise.all(
          draft.branches.map(async (branch) => ({
            condition: branch.condition,
            conditionRange: branch.conditionRange,
            entry: await finish(reader, branch.entry, arrives, name(branch.entry.wish)),
          })),
        ),
      ]);
      return { type: draft.type, ...place, ...own, id: draft.id, branches, ...conditionFacts(draft) };
    }
    case 'loop': {
      const [own, body, again] = await Promise.all([
        facts(reader, draft, arrives, fits),
        finish(reader, draft.body, arrives, siblingNames()(draft.body.wish)),
        compare(reader.program, draft.body.leaves ?? arrives, draft.body.needs),
      ]);
      const { id, loopType, condition } = draft;
      const endless = draft.endless === undefined ? {} : { endless: draft.endless };
      return { type: draft.type, ...place, ...own, id, loopType, condition, ...endless, body, again };
    }
    case 'foreach': {
      const element = await elementOf(reader.program, arrives);
      const [own, body] = await Promise.all([
        facts(reader, draft, arrives, element === undefined ? await notAnArray(reader.program, draft, arrives) : fits),
        finish(reader, draft.body, element ?? unknownData('what arrives is no array'), siblingNames()(draft.body.wish)),
      ]);
      return { type: draft.type, ...place, ...own, id: draft.id, concurrency: draft.concurrency, body };
    }
    case 'sleep':
    case 'sleepUntil':
      return {
        type: draft.type,
        ...place,
        ...(await facts(reader, draft, arrives, fits)),
        id: draft.id,
        duration: draft.duration,
        source: draft.source,
        ...(draft.naming === undefined ? {} : { naming: draft.naming }),
      };
    case 'opaque':
      return { type: draft.type, ...place, ...(await facts(reader, draft, arrives)), reason: draft.reason };
  }
}

/** What is known of the list of a branch beside its entries; what is usual is left out. */
function conditionFacts(
  draft: Extract<Draft, { type: 'conditional' }>,
): Pick<ConditionalEntry, 'malformed' | 'coverage' | 'exclusive'> {
  const { malformed, cases } = draft;
  return {
    ...(malformed.length === 0 ? {} : { malformed }),
    ...(cases.coverage === undefined ? {} : { coverage: cases.coverage }),
    ...(cases.exclusive ? { exclusive: true } : {}),
  };
}

/** The facts of an entry; `check` is given for entries whose inner entries are judged one by one. */
async function facts(reader: Reader, draft: Draft, arrives: Data, check?: Compatibility): Promise<FlowFacts> {
  const [judged, arriving, needs, leaves] = await Promise.all([
    check ?? compare(reader.program, arrives, draft.needs),
    reader.shape(arrives),
    reader.shape(draft.needs),
    reader.shape(draft.leaves ?? arrives),
  ]);
  return { check: judged, arrives: arriving, needs, leaves };
}

/** `.foreach()` after something that is known to be no array. */
async function notAnArray(program: Program, draft: Draft, arrives: Data): Promise<Compatibility> {
  if (arrives.kind === 'unknown' || arrives.kind === 'anything' || arrives.kind === 'oneOf') return opaqueOf(arrives);
  const needs: Data = draft.needs.kind === 'unknown' ? { kind: 'array', element: draft.needs } : draft.needs;
  return compare(program, arrives, needs);
}

function opaqueOf(data: Data): Compatibility {
  return { kind: 'opaque', reason: data.kind === 'unknown' ? data.reason : 'it is not certain that an array arrives' };
}
