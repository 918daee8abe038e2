/** The workflows of a project as pickers list them. */
import { knownOr } from '../../../common/model/index.ts';
import type { ProjectModel, WorkflowModel } from '../../../common/model/index.ts';
import type { WorkflowSummary } from '../../../common/protocol/messages.ts';
import { stepCounter } from './steps.ts';

/** By file, then in source order. */
export function workflowSummaries(project: ProjectModel, uriOf: (file: string) => string): readonly WorkflowSummary[] {
  const stepsOf = stepCounter(project);
  return [...project.workflows.values()]
    .sort((a, b) => compareText(a.file, b.file) || a.nameRange.start.line - b.nameRange.start.line)
    .map((workflow) => summaryOf(workflow, uriOf, stepsOf(workflow)));
}

function summaryOf(workflow: WorkflowModel, uriOf: (file: string) => string, steps: number): WorkflowSummary {
  return {
    key: workflow.key,
    uri: uriOf(workflow.file),
    id: knownOr(workflow.id, undefined),
    name: workflow.name,
    exportName: workflow.exportName,
    description: workflow.description,
    line: workflow.nameRange.start.line,
    steps,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
