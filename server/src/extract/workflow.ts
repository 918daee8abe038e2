/** One workflow: from the expression that makes it to its model. */
import type { Compatibility } from '../../../common/model/flow.ts';
import type { WorkflowModel } from '../../../common/model/workflow.ts';
import { literalText } from '../typescript/ast.ts';
import { formerMethods, formerReason } from './builder.ts';
import { readChain } from './chain.ts';
import { commitOf } from './commit.ts';
import { compare } from './compare.ts';
import type { Context } from './context.ts';
import type { Creation } from './creation.ts';
import { noShapes, shapeOf, unknownData, type Data, type ShapeReader } from './data.ts';
import type { Segment } from './draft.ts';
import { readEntry } from './entries.ts';
import { flowThrough } from './flow.ts';
import { repairedEnd, repairedEntries, type JudgedChain } from './repairs.ts';
import { withResults } from './results.ts';
import { withUnknownResults, type BuilderCall } from './unknown-results.ts';
import { exportNameOf, nameRangeOf, workflowRange } from './names.ts';
import { hasOption, optionExpression, optionSchema, optionString, readOptions, type Options } from './options.ts';

/** What is read beside structure and verdicts. */
export interface ExtractOptions {
  /** The shapes of the data at every entry (default true). Differences always carry theirs. */
  readonly shapes?: boolean;
}

export async function readWorkflow(
  context: Context,
  creation: Creation,
  options: ExtractOptions,
): Promise<WorkflowModel> {
  const { program } = context;
  const chain = await readChain(context, creation);
  const inside = chain.inherited?.context ?? context;
  const maker = chain.inherited?.creation ?? creation;
  const settings = await readOptions(inside, maker.call.arguments?.[maker.maker === 'cloneWorkflow' ? 1 : 0]);
  const shape = options.shapes === false ? noShapes : (data: Data) => shapeOf(context, data);
  const former = [...(chain.inherited?.segments ?? []), ...chain.segments].find(isFormer);
  const incomplete = chain.incomplete ?? (former === undefined ? undefined : formerReason(former.method.text));
  const calls: readonly BuilderCall[] = [
    ...withoutCommits(chain.inherited?.segments ?? []).map((segment) => ({ context: inside, segment })),
    ...withoutCommits(chain.segments).map((segment) => ({ context, segment })),
  ];
  const [id, drafts, start, accepts, promised] = await Promise.all([
    optionString(inside, settings, 'id'),
    Promise.all(calls.map((call) => readEntry(call.context, call.segment))).then(withResults),
    optionSchema(inside, settings, 'inputSchema', 'output'),
    optionSchema(inside, settings, 'inputSchema', 'input'),
    optionSchema(inside, settings, 'outputSchema', 'output'),
  ]);
  const { entries: judged, end } = await flowThrough(
    program,
    // Older versions handed data from step to step in another way: by `variables`, not along the chain.
    former === undefined ? drafts : drafts.map((draft) => ({ ...draft, needs: unknownData(incomplete ?? '') })),
    start,
    shape,
    {
      state: () => optionSchema(inside, settings, 'stateSchema', 'output'),
      requestContext: () => optionSchema(inside, settings, 'requestContextSchema', 'output'),
    },
  );
  const judgedChain: JudgedChain = {
    drafts,
    entries: judged,
    start,
    end,
    // What a function of the project says, it says for all the workflows that it makes.
    inputSchema: chain.inherited === undefined ? optionExpression(settings, 'inputSchema') : undefined,
    outputSchema: chain.inherited === undefined ? optionExpression(settings, 'outputSchema') : undefined,
  };
  const [entries, input, output, state, verdict] = await Promise.all([
    former === undefined
      ? repairedEntries(program, judgedChain).then((repaired) => withUnknownResults(repaired, drafts, calls))
      : judged,
    shape(accepts),
    shape(promised),
    stateShape(inside, settings, shape),
    incomplete === undefined
      ? judgeEnd(inside, settings, judged.length, end, promised).then((check) =>
          repairedEnd(program, judgedChain, withoutCommits(chain.segments).at(-1), promised, check),
        )
      : ({ kind: 'opaque', reason: incomplete } satisfies Compatibility),
  ]);
  const file = creation.call.getSourceFile();
  return {
    key: creation.key,
    id,
    name: creation.name,
    exportName: exportNameOf(creation, chain.names),
    description: literalText(optionExpression(settings, 'description')),
    file: file.fileName,
    nameRange: nameRangeOf(creation),
    range: workflowRange(creation, chain),
    commit: commitOf(creation, chain),
    input,
    output,
    state,
    entries,
    end: verdict,
    incomplete,
    ...(maker.maker === 'cloneWorkflow' ? { isCopy: true as const } : {}),
  };
}

function isFormer({ method }: Segment): boolean {
  return formerMethods.has(method.text);
}

function withoutCommits(segments: readonly Segment[]): readonly Segment[] {
  return segments.filter((segment) => segment.method.text !== 'commit');
}

async function stateShape(context: Context, options: Options, shape: ShapeReader): Promise<WorkflowModel['state']> {
  if (hasOption(options, 'stateSchema') === false) return undefined;
  return shape(await optionSchema(context, options, 'stateSchema', 'output'));
}

/**
 * Nothing validates the output at run time: what leaves the chain is the result. It keeps the promise when it is what
 * the schema yields, or what the schema would accept (a field with a default may be left out).
 */
async function judgeEnd(
  context: Context,
  options: Options,
  entries: number,
  end: Data,
  promised: Data,
): Promise<Compatibility> {
  if (entries === 0) return { kind: 'fits' };
  const strict = await compare(context.program, end, promised);
  if (strict.kind === 'fits') return strict;
  const accepted = await optionSchema(context, options, 'outputSchema', 'input');
  if (strict.kind === 'opaque') return accepted.kind === 'anything' ? { kind: 'fits' } : strict;
  const lenient = await compare(context.program, end, accepted);
  return lenient.kind === 'differs' ? { ...lenient, needs: strict.needs } : lenient;
}
