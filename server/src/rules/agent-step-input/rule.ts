/** An agent as a step takes `{ prompt: string }`, whatever the step before it leaves. */
import { childAddress, type EntryAddress } from '../../../../common/model/address.ts';
import type { Compatibility } from '../../../../common/model/flow.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { AgentEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding, Fix, Severity } from '../../../../common/protocol/rules.ts';
import { installationFor } from '../../project/installation.ts';
import { isAtLeast } from '../../project/version.ts';
import type { Rule } from '../rule.ts';
import { edgesOf } from '../schema-mismatch/edges.ts';
import { mismatchMessage, sourceSentence } from '../schema-mismatch/message.ts';
import { targetName } from '../wording.ts';
import { promptText } from './prompt.ts';

type Mismatch = Extract<Compatibility, { readonly kind: 'differs' }>;

export const agentStepInput: Rule = {
  id: 'agent-step-input',
  summary: 'An agent as a step needs `{ prompt: string }`, and something else arrives.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      const report = reporter(workflow, severityFor(project, workflow.file));
      for (const { entry, address, source } of edgesOf(workflow)) {
        if (entry.type === 'agent' && entry.check.kind === 'differs') {
          const message = mismatchMessage(targetName(entry), source, entry.check.difference);
          const provider = source.kind === 'entry' ? (source.entry.definition ?? source.entry) : undefined;
          const place = provider ?? { file: workflow.file, range: workflow.nameRange };
          const related = [
            { file: place.file, range: place.range, message: sourceSentence(source, entry.check.arrives.text) },
          ];
          // Inside a box the entries beside it get the same data: what is inserted before it would reach them as well.
          const fixes = workflow.entries.includes(entry) ? [insertMap(entry, entry.check)] : [];
          yield { ...report(entry, address, message), related, fixes };
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

/** Mastra validates what a step receives since 1.0; before, the agent was asked without a prompt. */
function severityFor(project: ProjectModel, file: string): Severity {
  const mastra = installationFor(project, file);
  return mastra.kind === 'missing' || isAtLeast(mastra.version, 1, 0) ? 'error' : 'warning';
}

function insertMap(entry: AgentEntry, check: Mismatch): Fix {
  const { start } = entry.call;
  const prompt = promptText(check);
  return {
    title: `Insert a \`.map\` that makes a prompt`,
    edits: [
      {
        file: entry.file,
        range: { start, end: start },
        newText: `map(async ({ inputData }) => ({ prompt: ${prompt} }))${entry.lineBreak ?? ''}.`,
      },
    ],
    preferred: true,
  };
}
