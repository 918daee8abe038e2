/** Two steps of one workflow with the same id: their results collide, because a run keeps results by step id. */
import type { Severity } from '../../../../common/protocol/rules.ts';
import { collisionPlace, collisionsIn, type Collision } from '../collisions.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const duplicateStepId: Rule = {
  id: 'duplicate-step-id',
  summary: 'Two steps of one workflow have the same id, so one result replaces the other.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      for (const collision of collisionsIn(workflow)) {
        // One step that is used twice is another mistake: step-reused tells.
        if (collision.steps === 'one') continue;
        yield { rule: 'duplicate-step-id', ...consequence(collision), ...collisionPlace(collision) };
      }
    }
  },
};

function consequence({ use, together }: Collision): { readonly severity: Severity; readonly message: string } {
  const id = code(use.id);
  switch (together) {
    case 'parallel':
      return {
        severity: 'error',
        message: `Step id ${id} is used twice in this \`.parallel\`, so the result of one of the two is lost.`,
      };
    case 'branch':
      return {
        severity: 'warning',
        message: `Step id ${id} is used twice in this \`.branch\`: when both conditions hold, one result is lost.`,
      };
    case 'exclusive':
    case undefined:
      return {
        severity: 'warning',
        message: `Step id ${id} is used twice in this workflow: \`getStepResult\` and the run's history keep only the last result.`,
      };
  }
}
