/** The workflows of a project as pickers list them. */
import { knownOr, walkEntries } from '../../../common/model/index.ts';
import type { FlowEntry, ProjectModel, WorkflowModel } from '../../../common/model/index.ts';
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';

/** By file, then in source order. */
export function workflowSummaries(project: ProjectModel, uriOf: (file: string) => string): readonly WorkflowSummary[] {
  return [...project.workflows.values()]
    .sort((a, b) => compareText(a.file, b.file) || a.nameRange.start.line - b.nameRange.start.line)
    .map((workflow) => summaryOf(workflow, uriOf));
}

function summaryOf(workflow: WorkflowModel, uriOf: (file: string) => string): WorkflowSummary {
  return {
    key: workflow.key,
    uri: uriOf(workflow.file),
    id: knownOr(workflow.id, undefined),
    name: workflow.name,
    exportName: workflow.exportName,
    description: workflow.description,
    line: workflow.nameRange.start.line,
    steps: [...walkEntries(workflow.entries)].filter(({ entry }) => isStep(entry)).length,
  };
}

/** What a person would count as a step: everything that does something, and not what arranges or reshapes. */
function isStep(entry: FlowEntry): boolean {
  switch (entry.type) {
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
      return true;
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'parallel':
    case 'conditional':
    case 'loop':
    case 'foreach':
    case 'opaque':
      return false;
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
