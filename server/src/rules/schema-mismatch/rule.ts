/** What arrives at a step is not what its input schema needs. */
import { childAddress, type EntryAddress } from '../../../../common/model/address.ts';
import type { Compatibility } from '../../../../common/model/flow.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { FlowEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding, RelatedLocation, Severity } from '../../../../common/protocol/rules.ts';
import { installationFor } from '../../project/installation.ts';
import { isAtLeast } from '../../project/version.ts';
import { fixesOf } from '../repairs.ts';
import type { Rule } from '../rule.ts';
import { code, targetName } from '../wording.ts';
import { edgesOf, type Edge, type Source } from './edges.ts';
import { mismatchMessage, sourceSentence } from './message.ts';

type Mismatch = Extract<Compatibility, { readonly kind: 'differs' }>;

/** What one edge has to say, before it is put into the words of a finding. */
interface Report {
  readonly entry: FlowEntry;
  readonly address: EntryAddress;
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  readonly check: Compatibility;
}

export const schemaMismatch: Rule = {
  id: 'schema-mismatch',
  summary: 'What a step receives is not what its input schema needs.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      const severity = severityFor(project, workflow.file);
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
    severity,
    message: report.message,
    file: report.entry.file,
    range: report.entry.range,
    related: report.related,
    fixes: fixesOf(project, report.entry.file, report.check),
    workflow: workflow.key,
    address: report.address,
  };
}

/** Mastra validates what a step receives since 1.0; before, the step ran with the wrong data. */
function severityFor(project: ProjectModel, file: string): Severity {
  const mastra = installationFor(project, file);
  return mastra.kind === 'missing' || isAtLeast(mastra.version, 1, 0) ? 'error' : 'warning';
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
  return {
    entry,
    address,
    message: mismatchMessage(targetName(entry), source, entry.check.difference),
    related: [...provider(workflow, source, entry.check), ...declaration(entry, entry.check)],
    check: entry.check,
  };
}

/** The body's own output feeds it again; said only where the first round is fine. */
function judgeRepetition({ address }: Edge, body: FlowEntry, again: Compatibility): Report | undefined {
  if (again.kind !== 'differs' || body.check.kind === 'differs' || body.type === 'agent') return undefined;
  return {
    entry: body,
    address: childAddress(address, body.node),
    message: mismatchMessage(targetName(body), 'itself', again.difference),
    related: declaration(body, again),
    check: again,
  };
}

/** What is handed on, at the declaration of who hands it on. */
function provider(workflow: WorkflowModel, source: Source, { arrives }: Mismatch): readonly RelatedLocation[] {
  const place =
    source.kind === 'input'
      ? { file: workflow.file, range: workflow.nameRange }
      : (source.entry.definition ?? { file: source.entry.file, range: source.entry.range });
  return [{ ...place, message: sourceSentence(source, arrives.text) }];
}

function declaration(target: FlowEntry, { needs }: Mismatch): readonly RelatedLocation[] {
  if (target.definition === undefined) return [];
  return [{ ...target.definition, message: `${targetName(target)} needs ${code(needs.text)}` }];
}
