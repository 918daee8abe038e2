/** An agent as a step takes `{ prompt: string }`, whatever the step before it leaves. */
import { childAddress, type EntryAddress } from '../../../../common/model/address.ts';
import type { AgentEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding, Severity } from '../../../../common/protocol/rules.ts';
import { edgesOf } from '../edges.ts';
import { mismatchMessage, provision, severityOfInput } from '../mismatch.ts';
import type { Rule } from '../rule.ts';
import { targetName } from '../wording.ts';
import { fixesFor } from './fix.ts';

export const agentStepInput: Rule = {
  id: 'agent-step-input',
  summary: 'An agent as a step needs `{ prompt: string }`, and something else arrives.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      const report = reporter(workflow, severityOfInput(project, workflow.file));
      for (const { entry, address, source } of edgesOf(workflow)) {
        if (entry.type === 'agent' && entry.check.kind === 'differs') {
          const message = mismatchMessage(targetName(entry), source, entry.check.difference);
          const related = [provision(workflow, source, entry.check)];
          yield { ...report(entry, address, message), related, fixes: fixesFor(workflow, entry, source, entry.check) };
        } else if (entry.type === 'loop' && entry.body.type === 'agent') {
          const { body, again } = entry;
          if (again.kind !== 'differs' || body.check.kind === 'differs') continue;
          const message = mismatchMessage(targetName(body), 'itself', again.difference);
          yield report(body, childAddress(address, body.node), message);
        }
      }
    }
  },
};

function reporter(workflow: WorkflowModel, severity: Severity) {
  return (entry: AgentEntry, address: EntryAddress, message: string): Finding => ({
    rule: 'agent-step-input',
    severity,
    message,
    file: entry.file,
    range: entry.range,
    related: [],
    fixes: [],
    workflow: workflow.key,
    address,
  });
}
