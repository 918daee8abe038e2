/** The workflows of a project as pickers list them. */
import { isNamed, knownOr, walkEntries } from '../../../common/model/index.ts';
import type { ProjectModel, WorkflowModel } from '../../../common/model/index.ts';
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
    steps: [...walkEntries(workflow.entries)].filter(({ entry }) => isNamed(entry)).length,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
