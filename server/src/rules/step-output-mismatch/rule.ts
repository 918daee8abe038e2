/** `execute` returns something else than the step's output schema promises. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { Rule } from '../rule.ts';
import { code, differenceText } from '../wording.ts';

export const stepOutputMismatch: Rule = {
  id: 'step-output-mismatch',
  summary: 'A step returns something that its output schema is not.',
  *check(project) {
    for (const { file, range, step, difference, schema } of factsOf(project, 'step-output')) {
      const name = step === undefined ? 'This step' : `Step ${code(step)}`;
      yield {
        rule: 'step-output-mismatch',
        // Nothing validates what a step returns: the next step gets it as it is.
        severity: 'warning',
        message: `${name} ${differenceText(difference, 'promises', 'its `execute`')}`,
        file,
        range,
        related: [{ ...schema, message: 'The output schema is here' }],
        fixes: [],
        workflow: undefined,
        address: undefined,
      };
    }
  },
};
