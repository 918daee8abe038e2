/** Code of a step that runs although the step was just suspended. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const suspendNotReturned: Rule = {
  id: 'suspend-not-returned',
  summary: 'A step goes on although it was suspended.',
  *check(project) {
    for (const { file, step, calls } of factsOf(project, 'suspension')) {
      for (const { range, goesOn, fails, returning } of calls) {
        if (goesOn === undefined) continue;
        const subject = step === undefined ? 'This step' : `Step ${code(step)}`;
        const message =
          fails === true
            ? `${subject} goes on after \`suspend()\` and fails: there is no \`resumeData\` yet to read from.`
            : `${subject} goes on after \`suspend()\`: what follows runs at once, and again when the run is resumed.`;
        yield {
          rule: 'suspend-not-returned',
          severity: fails === true ? 'error' : 'warning',
          message,
          file,
          range,
          related: [
            {
              file,
              range: goesOn,
              message:
                fails === true ? 'This throws before the run is resumed' : 'This runs although the step is suspended',
            },
          ],
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
