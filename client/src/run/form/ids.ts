/** Which form belongs to what: at most one of each is open. */
import type { WorkflowKey } from '../../../../common/model/workflow.ts';

/** The form that asks for the input of a run. */
export function inputFormId(key: WorkflowKey): string {
  return `run:${key}`;
}

/** The form that asks for the answer to a suspended step of a workflow. */
export function answerFormId(key: WorkflowKey): string {
  return `resume:${key}`;
}
