/** `.then(step)`, `.agent(x)`, `.tool(x)` and `.classifier(x)`. */
import { known, opaque, type Known } from '../../../common/model/known.ts';
import { literalText, unwrap, type Expression } from '../typescript/ast.ts';
import { agentSchema } from './agent.ts';
import { chainOutput } from './classifier.ts';
import type { Context } from './context.ts';
import { unknownData, type Data } from './data.ts';
import { opaqueDraft, placeOf, unitDraft, type Draft, type Segment } from './draft.ts';
import { hasOption, optionString, readOptions } from './options.ts';
import { unitOf, type KnownUnit, type Unit } from './unit.ts';

export async function stepEntry(context: Context, segment: Segment): Promise<Draft> {
  const [step] = segment.call.arguments;
  if (step === undefined) return opaqueDraft(placeOf(segment), 'the step is missing');
  return unitDraft(await unitOf(context, step), placeOf(segment));
}

/** `.agent(agentOrId, options, { id })`. */
export async function agentEntry(context: Context, segment: Segment): Promise<Draft> {
  const [given, settings, own] = segment.call.arguments;
  if (given === undefined) return opaqueDraft(placeOf(segment), 'the agent is missing');
  const unit = await memberUnit(context, given, 'agent');
  return unitDraft(
    { ...unit, id: await ownId(context, own, unit.id), schema: agentSchema(context, settings) },
    placeOf(segment),
  );
}

/** `.tool(toolOrId, options, { id })`. */
export async function toolEntry(context: Context, segment: Segment): Promise<Draft> {
  const [given, , own] = segment.call.arguments;
  if (given === undefined) return opaqueDraft(placeOf(segment), 'the tool is missing');
  const unit = await memberUnit(context, given, 'tool');
  return unitDraft({ ...unit, id: await ownId(context, own, unit.id) }, placeOf(segment));
}

/** `.classifier(classifierOrId, { id }, { id })`. */
export async function classifierEntry(context: Context, segment: Segment): Promise<Draft> {
  const [given, settings, own] = segment.call.arguments;
  if (given === undefined) return opaqueDraft(placeOf(segment), 'the classifier is missing');
  const unit = await memberUnit(context, given, 'classifier');
  const id = await ownId(context, own, await ownId(context, settings, unit.id));
  const schema = (which: 'inputSchema' | 'outputSchema'): Promise<Data> =>
    which === 'inputSchema' ? Promise.resolve<Data>({ kind: 'anything' }) : chainOutput(context, segment.call);
  return unitDraft({ ...unit, id, schema }, placeOf(segment));
}

/** The agent, tool or classifier that is given itself or by its id. */
async function memberUnit(
  context: Context,
  given: Expression,
  kind: 'agent' | 'tool' | 'classifier',
): Promise<KnownUnit> {
  const text = literalText(unwrap(given));
  const unit: Unit =
    text === undefined
      ? await unitOf(context, given)
      : { kind: 'opaque', reason: `it is looked up by the id '${text}'` };
  if (unit.kind !== 'opaque') {
    return {
      kind,
      id: unit.id,
      definition: unit.definition,
      description: unit.description,
      schema: unit.schema,
    };
  }
  const { reason } = unit;
  return {
    kind,
    id: text === undefined ? opaque(reason) : known(text),
    definition: undefined,
    description: undefined,
    schema: () => Promise.resolve(unknownData(reason)),
  };
}

async function ownId(
  context: Context,
  settings: Expression | undefined,
  otherwise: Known<string>,
): Promise<Known<string>> {
  const options = await readOptions(context, settings);
  return hasOption(options, 'id') === false ? otherwise : optionString(context, options, 'id');
}
