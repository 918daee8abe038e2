/** A workflow that is committed and has no steps: whoever runs it gets an error. */
import { walkEntries } from '../../../../common/model/address.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { WorkflowModel } from '../../../../common/model/workflow.ts';
import type { RelatedLocation } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { capital, workflowLabel, workflowName } from '../wording.ts';

export const emptyWorkflow: Rule = {
  id: 'empty-workflow',
  acrossFiles: true,
  summary: 'A workflow is committed without a step.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      if (!isEmpty(project, workflow)) continue;
      const related = usesOf(project, workflow);
      yield {
        rule: 'empty-workflow',
        severity: related.length > 0 ? 'error' : 'warning',
        message: `${capital(workflowName(workflow))} is committed without a step, so it cannot be run: \`createRun\` throws.`,
        file: workflow.file,
        range: workflow.nameRange,
        related,
        fixes: [],
        workflow: workflow.key,
        address: undefined,
      };
    }
  },
};

/** True where nothing, in this file or another, may add a step. A workflow that is not committed yet is still being written. */
function isEmpty(project: ProjectModel, workflow: WorkflowModel): boolean {
  if (workflow.entries.length > 0 || workflow.commit.kind !== 'committed') return false;
  if (workflow.incomplete !== undefined || workflow.isCopy === true) return false;
  return !project.uses.some((use) => use.workflow === workflow.key && use.kind === 'extended');
}

/** Who runs it, or offers it to be run. */
function usesOf(project: ProjectModel, workflow: WorkflowModel): readonly RelatedLocation[] {
  const uses = project.uses.flatMap(({ workflow: key, kind, file, range }): readonly RelatedLocation[] => {
    if (key !== workflow.key || (kind !== 'registered' && kind !== 'run')) return [];
    return [{ file, range, message: `It is ${kind} here` }];
  });
  const nested = [...project.workflows.values()].flatMap((outer) =>
    [...walkEntries(outer.entries)].flatMap(({ entry }): readonly RelatedLocation[] => {
      const isUse = entry.type === 'workflow' && entry.target.known && entry.target.value === workflow.key;
      const message = `${capital(workflowLabel(outer))} runs it as a step here`;
      return isUse ? [{ file: entry.file, range: entry.range, message }] : [];
    }),
  );
  return [...uses, ...nested];
}
