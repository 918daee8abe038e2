/** Two entries of one workflow with the same id: their results collide, because a run keeps results by step id. */
import { childAddress, childEntries, type EntryAddress } from '../../../../common/model/address.ts';
import type { FlowEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding, Severity } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

interface Use {
  readonly id: string;
  readonly entry: FlowEntry;
  readonly address: EntryAddress;
  /** The box that holds it; undefined at the top level. */
  readonly parent: FlowEntry | undefined;
}

export const duplicateStepId: Rule = {
  id: 'duplicate-step-id',
  summary: 'Two steps of one workflow have the same id, so one result replaces the other.',
  *check(project) {
    for (const workflow of project.workflows.values()) yield* duplicates(workflow);
  },
};

function* duplicates(workflow: WorkflowModel): Generator<Finding> {
  const first = new Map<string, Use>();
  for (const use of uses(workflow.entries, undefined, '')) {
    const earlier = first.get(use.id);
    if (earlier === undefined) {
      first.set(use.id, use);
      continue;
    }
    const { severity, message } = consequence(use, earlier);
    yield {
      rule: 'duplicate-step-id',
      severity,
      message,
      file: use.entry.file,
      range: use.entry.range,
      related: [
        { file: earlier.entry.file, range: earlier.entry.range, message: `${code(use.id)} is first used here` },
      ],
      fixes: [],
      workflow: workflow.key,
      address: use.address,
    };
  }
}

/** Entries of this workflow that keep a result under an id that the source tells. Nested workflows keep their own. */
function* uses(entries: readonly FlowEntry[], parent: FlowEntry | undefined, address: EntryAddress): Generator<Use> {
  for (const entry of entries) {
    const here = childAddress(address, entry.node);
    const id = resultId(entry);
    if (id !== undefined) yield { id, entry, address: here, parent };
    yield* uses(childEntries(entry), entry, here);
  }
}

function resultId(entry: FlowEntry): string | undefined {
  switch (entry.type) {
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
      return entry.id.known ? entry.id.value : undefined;
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
      return entry.id;
    case 'parallel':
    case 'conditional':
    case 'loop':
    case 'foreach':
    case 'opaque':
      return undefined;
  }
}

function consequence(use: Use, earlier: Use): { readonly severity: Severity; readonly message: string } {
  const id = code(use.id);
  const together = use.parent !== undefined && use.parent === earlier.parent ? use.parent.type : undefined;
  if (together === 'parallel') {
    return {
      severity: 'error',
      message: `Step id ${id} is used twice in this \`.parallel\`, so the result of one of the two is lost.`,
    };
  }
  if (together === 'conditional') {
    return {
      severity: 'warning',
      message: `Step id ${id} is used twice in this \`.branch\`: when both conditions hold, one result is lost.`,
    };
  }
  return {
    severity: 'warning',
    message: `Step id ${id} is used twice in this workflow: \`getStepResult\` and the run's history keep only the last result.`,
  };
}
