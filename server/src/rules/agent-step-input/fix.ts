/** The quick fix that makes a prompt: a mapping in front of the agent, or of the box that it stands in. */
import type { Mismatch } from '../../../../common/model/flow.ts';
import { propertyKey } from '../../../../common/model/text.ts';
import type { AgentEntry, FlowEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Fix } from '../../../../common/protocol/rules.ts';
import type { Source } from '../edges.ts';
import { pathText } from '../wording.ts';
import { promptText } from './prompt.ts';

/** None where what is inserted would change the data of other entries, or of the agent's own next round. */
export function fixesFor(workflow: WorkflowModel, agent: AgentEntry, source: Source, check: Mismatch): readonly Fix[] {
  const place = workflow.entries.find((entry) => entry === agent || isInside(agent, entry));
  const result = place === undefined ? undefined : mapped(place, source, check);
  if (place === undefined || result === undefined) return [];
  const { start } = place.call;
  const newText = `map(async ({ inputData }) => ${result})${place.lineBreak ?? ''}.`;
  return [
    {
      title: 'Insert a `.map` that makes a prompt',
      edits: [{ file: place.file, range: { start, end: start }, newText }],
      preferred: true,
    },
  ];
}

function isInside(agent: AgentEntry, entry: FlowEntry): boolean {
  switch (entry.type) {
    case 'parallel':
      return entry.entries.includes(agent);
    case 'conditional':
      return entry.branches.some((branch) => branch.entry === agent);
    case 'foreach':
      return entry.body === agent;
    case 'loop':
    case 'step':
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'opaque':
      return false;
  }
}

/** What the mapping makes of `inputData`. */
function mapped(place: FlowEntry, source: Source, check: Mismatch): string | undefined {
  if (place.type === 'foreach') return `inputData.map((element) => ({ prompt: ${promptText(check, 'element')} }))`;
  const prompt = promptText(check, 'inputData');
  if (place.type !== 'parallel' && place.type !== 'conditional') return `({ prompt: ${prompt} })`;
  const { fields } = check.arrives;
  // The entries beside the agent, and the conditions, go on with what arrives.
  if (fields === undefined || fields.some(({ name }) => name === 'prompt')) return undefined;
  // What is spread after a mapping is of any type to the compiler: written out, its fields stay known.
  const isUntyped = source.kind === 'entry' && source.entry.type === 'mapping';
  const kept = fields.map(({ name }) => `${propertyKey(name)}: ${pathText(['inputData', name])}`);
  return `({ ${[...(isUntyped ? kept : ['...inputData']), `prompt: ${prompt}`].join(', ')} })`;
}
