/** What leaves the end of a chain is not what the workflow's output schema promises. */
import { childAddress } from '../../../../common/model/address.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { FlowEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import { unsaidMessage } from '../mismatch.ts';
import { fixesOf } from '../repairs.ts';
import type { Rule } from '../rule.ts';
import { capital, code, differenceText, keyedText, sourceName, workflowName } from '../wording.ts';

export const outputMismatch: Rule = {
  id: 'output-mismatch',
  summary: 'The end of the chain does not yield what the output schema promises.',
  *check(project) {
    // Another file goes on with these chains: where they end is not known.
    const extended = new Set(project.uses.filter(({ kind }) => kind === 'extended').map(({ workflow }) => workflow));
    for (const workflow of project.workflows.values()) {
      if (extended.has(workflow.key)) continue;
      const finding = judge(project, workflow);
      if (finding !== undefined) yield finding;
    }
  },
};

function judge(project: ProjectModel, workflow: WorkflowModel): Finding | undefined {
  const { end } = workflow;
  // A chain that is read in part, or that may go on elsewhere, has no known end.
  if (end.kind !== 'differs' || workflow.incomplete !== undefined || workflow.commit.kind === 'unknown')
    return undefined;
  const last = workflow.entries.at(-1);
  if (last === undefined) return undefined;
  const provider = providerAt(workflow.entries);
  const source = provider === undefined ? 'its own input' : sourceName(provider);
  const keyed = provider === undefined ? undefined : keyedText(provider, end.difference, 'promises');
  const subject = capital(workflowName(workflow));
  const unsaid = unsaidMessage(subject, 'promises', provider, end);
  return {
    rule: 'output-mismatch',
    // The run ends with `success` and hands out the wrong result: nothing else tells.
    severity: unsaid === undefined ? 'warning' : 'info',
    message: unsaid ?? `${subject} ${keyed ?? differenceText(end.difference, 'promises', `${source} at its end`)}`,
    file: workflow.file,
    range: workflow.nameRange,
    related: [{ file: last.file, range: last.range, message: `The chain ends here with ${code(end.arrives.text)}` }],
    fixes: fixesOf(project, workflow.file, end),
    workflow: workflow.key,
    address: childAddress('', last.node),
  };
}

/** The entry whose result leaves the chain: a sleep at the end hands on what it received. */
function providerAt(entries: readonly FlowEntry[]): FlowEntry | undefined {
  return entries.findLast((entry) => entry.type !== 'sleep' && entry.type !== 'sleepUntil');
}
