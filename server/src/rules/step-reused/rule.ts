/** One step in more than one place of a workflow: a run keeps one result for it. */
import type { Severity } from '../../../../common/protocol/rules.ts';
import { collisionPlace, collisionsIn, type Collision } from '../collisions.ts';
import type { Rule } from '../rule.ts';
import { targetName } from '../wording.ts';

export const stepReused: Rule = {
  id: 'step-reused',
  summary: 'One step stands in more than one place of a workflow, which keeps only one result for it.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      for (const collision of collisionsIn(workflow)) {
        if (collision.steps === 'two') continue;
        const told = consequence(collision);
        if (told !== undefined) yield { rule: 'step-reused', ...told, ...collisionPlace(collision) };
      }
    }
  },
};

/** Undefined where only one of the two can run: then there is only one result. */
function consequence({
  use: { entry },
  together,
}: Collision): { readonly severity: Severity; readonly message: string } | undefined {
  const name = targetName(entry);
  switch (together) {
    case 'parallel':
      return {
        severity: 'error',
        message: `${name} stands twice in this \`.parallel\`, so the result of one of the two is lost.`,
      };
    case 'branch':
      return {
        severity: 'warning',
        message: `${name} stands twice in this \`.branch\`: when both conditions hold, one result is lost.`,
      };
    case 'exclusive':
      return undefined;
    case undefined:
      return entry.type === 'step' && entry.canSuspend
        ? {
            severity: 'warning',
            message: `${name} is used again and may suspend: by its id, \`resume\` cannot tell the two places apart.`,
          }
        : {
            severity: 'info',
            message: `${name} is used again: \`getStepResult\` and the run's history keep only its last result.`,
          };
  }
}
