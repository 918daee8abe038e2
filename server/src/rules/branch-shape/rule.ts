/** `.branch` takes a list of `[condition, step]` pairs; what else stands there throws, or is a step that never runs. */
import { walkEntries, type EntryAddress } from '../../../../common/model/address.ts';
import type { MalformedBranch, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';

export const branchShape: Rule = {
  id: 'branch-shape',
  summary: 'The list of a `.branch` holds something else than pairs of a condition and a step.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      for (const { entry, address } of walkEntries(workflow.entries)) {
        if (entry.type !== 'conditional') continue;
        for (const malformed of entry.malformed ?? []) yield finding(workflow, address, malformed);
      }
    }
  },
};

function finding(workflow: WorkflowModel, address: EntryAddress, malformed: MalformedBranch): Finding {
  const { correction } = malformed;
  return {
    rule: 'branch-shape',
    severity: 'error',
    message: messageOf(malformed),
    file: malformed.file,
    range: malformed.range,
    related: [],
    fixes: correction === undefined ? [] : [{ title: titleOf(malformed), edits: [correction], preferred: true }],
    workflow: workflow.key,
    address,
  };
}

const takes = '`.branch` takes a list of `[condition, step]` pairs';
const throws = 'building the workflow throws';

function messageOf({ found }: MalformedBranch): string {
  switch (found) {
    case 'object':
      return `${takes}, but this is an object, so ${throws}.`;
    case 'step':
      return `${takes}, but this is a step without a condition, so ${throws}.`;
    case 'function':
      return `${takes}, but this is a function, so ${throws}.`;
    case 'value':
      return `${takes}, but this is neither a list nor a pair, so ${throws}.`;
    case 'parts':
      return `${takes}, but here they are not in brackets of their own, so ${throws}.`;
    case 'incomplete':
      return `${takes}, but this one has no step, so ${throws}.`;
    case 'condition':
      return 'A condition of `.branch` has to be a function; as this is none, its step never runs.';
    case 'swapped':
      return 'The condition comes first in a pair of `.branch`; the other way round the step never runs.';
    case 'not-a-step':
      return 'The second part of a pair of `.branch` has to be a step; this function fails the run when its condition holds.';
  }
}

function titleOf({ found }: MalformedBranch): string {
  switch (found) {
    case 'condition':
      return 'Make it a function';
    case 'swapped':
      return 'Put the condition first';
    case 'object':
    case 'step':
    case 'function':
    case 'value':
    case 'parts':
    case 'incomplete':
    case 'not-a-step':
      return 'Convert to `[condition, step]` pairs';
  }
}
