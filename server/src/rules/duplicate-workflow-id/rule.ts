/** Different workflows with one id in one `new Mastra`: only the first is found by the id, and stored runs do not tell them apart. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { Registration } from '../../../../common/model/facts/registry.ts';
import type { WorkflowKey } from '../../../../common/model/workflow.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const duplicateWorkflowId: Rule = {
  id: 'duplicate-workflow-id',
  acrossFiles: true,
  summary: 'Two workflows that are registered in one Mastra have the same id.',
  *check(project) {
    const reported = new Set<WorkflowKey>();
    for (const { groups } of factsOf(project, 'registry')) {
      const firstOf = new Map<string, Registration>();
      for (const registration of groups.workflows.entries) {
        const { id, workflow: key } = registration;
        const workflow = key === undefined ? undefined : project.workflows.get(key);
        if (id === undefined || workflow === undefined) continue;
        const first = firstOf.get(id);
        if (first === undefined) {
          firstOf.set(id, registration);
          continue;
        }
        // One workflow under two keys is an alias.
        if (first.workflow === workflow.key || reported.has(workflow.key)) continue;
        reported.add(workflow.key);
        const other = first.workflow === undefined ? undefined : project.workflows.get(first.workflow);
        yield {
          rule: 'duplicate-workflow-id',
          severity: 'warning',
          message: `The workflows registered as ${code(first.key)} and ${code(registration.key)} both have the id ${code(id)}: \`getWorkflowById\` finds only the first, and their stored runs get mixed up.`,
          file: workflow.file,
          range: workflow.nameRange,
          related: [
            ...(other === undefined
              ? []
              : [
                  {
                    file: other.file,
                    range: other.nameRange,
                    message: `The workflow registered as ${code(first.key)}`,
                  },
                ]),
            {
              file: registration.file,
              range: registration.range,
              message: `Registered as ${code(registration.key)} here`,
            },
          ],
          fixes: [],
          workflow: workflow.key,
          address: undefined,
        };
      }
    }
  },
};
