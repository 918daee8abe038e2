/** Code of a step that runs although the step was just suspended. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const suspendNotReturned: Rule = {
  id: 'suspend-not-returned',
  summary: 'A step goes on although it was suspended.',
  *check(project) {
    for (const { file, step, calls } of factsOf(project, 'suspension')) {
      for (const { range, goesOn, returning } of calls) {
        if (goesOn === undefined) continue;
        const subject = step === undefined ? 'This step' : `Step ${code(step)}`;
        yield {
          rule: 'suspend-not-returned',
          severity: 'warning',
          message: `${subject} goes on after \`suspend()\`: what follows runs at once, and again when the run is resumed.`,
          file,
          range,
          related: [{ file, range: goesOn, message: 'This runs although the step is suspended' }],
          fixes:
            returning === undefined
              ? []
              : [{ title: 'Return the result of `suspend()`', edits: returning, preferred: true }],
          workflow: undefined,
          address: undefined,
        };
      }
    }
  },
};
