/** What arrives at a step is not what its input schema needs. */
import { childAddress, type EntryAddress } from '../../../../common/model/address.ts';
import type { Compatibility, Mismatch } from '../../../../common/model/flow.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { FlowEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding, RelatedLocation, Severity } from '../../../../common/protocol/rules.ts';
import { edgesOf, type Edge } from '../edges.ts';
import { mismatchMessage, provision, severityOfInput, unsaidMessage } from '../mismatch.ts';
import { fixesOf } from '../repairs.ts';
import type { Rule } from '../rule.ts';
import { code, targetName } from '../wording.ts';

/** What one edge has to say, before it is put into the words of a finding. */
interface Report {
  readonly entry: FlowEntry;
  readonly address: EntryAddress;
  readonly message: string;
  /** True where only a schema keeps quiet: the data arrives when the workflow runs. */
  readonly isUnsaid: boolean;
  readonly related: readonly RelatedLocation[];
  readonly check: Compatibility;
}

export const schemaMismatch: Rule = {
  id: 'schema-mismatch',
  summary: 'What a step receives is not what its input schema needs.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      const severity = severityOfInput(project, workflow.file);
      for (const edge of edgesOf(workflow)) {
        const report = judge(workflow, edge);
        if (report !== undefined) yield finding(project, workflow, severity, report);
      }
    }
  },
};

function finding(project: ProjectModel, workflow: WorkflowModel, severity: Severity, report: Report): Finding {
  return {
    rule: 'schema-mismatch',
    severity: report.isUnsaid ? 'info' : severity,
    message: report.message,
    file: report.entry.file,
    range: report.entry.range,
    related: report.related,
    fixes: fixesOf(project, report.entry.file, report.check),
    workflow: workflow.key,
    address: report.address,
  };
}

/** Boxes share their data with the entries inside: those are judged as edges of their own, the box adds what only it knows. */
function judge(workflow: WorkflowModel, edge: Edge): Report | undefined {
  const { entry } = edge;
  switch (entry.type) {
    case 'parallel':
    case 'conditional':
    case 'foreach':
      // Whether an array arrives at all is for foreach-not-array to say.
      return undefined;
    case 'loop':
      return judgeRepetition(edge, entry.body, entry.again);
    case 'step':
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'opaque':
      return judgeEntry(workflow, edge);
  }
}

function judgeEntry(workflow: WorkflowModel, { entry, address, source }: Edge): Report | undefined {
  // What an agent needs is the same everywhere: agent-step-input tells.
  if (entry.check.kind !== 'differs' || entry.type === 'agent') return undefined;
  const provider = source.kind === 'entry' ? source.entry : undefined;
  const unsaid = unsaidMessage(targetName(entry), 'needs', provider, entry.check);
  return {
    entry,
    address,
    message: unsaid ?? mismatchMessage(targetName(entry), source, entry.check.difference),
    isUnsaid: unsaid !== undefined,
    related: [provision(workflow, source, entry.check), ...declaration(entry, entry.check)],
    check: entry.check,
  };
}

/** The body's own output feeds it again; said only where the first round is fine. */
function judgeRepetition({ address }: Edge, body: FlowEntry, again: Compatibility): Report | undefined {
  if (again.kind !== 'differs' || body.check.kind === 'differs' || body.type === 'agent') return undefined;
  const unsaid = unsaidMessage(targetName(body), 'needs', body, again);
  return {
    entry: body,
    address: childAddress(address, body.node),
    message: unsaid ?? mismatchMessage(targetName(body), 'itself', again.difference),
    isUnsaid: unsaid !== undefined,
    related: declaration(body, again),
    check: again,
  };
}

function declaration(target: FlowEntry, { needs }: Mismatch): readonly RelatedLocation[] {
  if (target.definition === undefined) return [];
  return [{ ...target.definition, message: `${targetName(target)} needs ${code(needs.text)}` }];
}
