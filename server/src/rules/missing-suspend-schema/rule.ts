/** A step suspends with data that no schema describes: nothing is checked, and nobody who uses the step knows what it is. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const missingSuspendSchema: Rule = {
  id: 'missing-suspend-schema',
  summary: 'A step suspends with data that no schema describes.',
  *check(project) {
    for (const fact of factsOf(project, 'suspension')) {
      const { suspendSchema: schema, step } = fact;
      if (schema.kind !== 'absent' || !fact.calls.some(({ hasPayload }) => hasPayload)) continue;
      const subject = step === undefined ? 'This step' : `Step ${code(step)}`;
      yield {
        rule: 'missing-suspend-schema',
        severity: 'hint',
        message: `${subject} suspends with data, but has no \`suspendSchema\`: whoever resumes it gets data that is neither checked nor typed.`,
        file: fact.file,
        range: fact.range,
        related: fact.calls
          .filter(({ hasPayload }) => hasPayload)
          .map(({ range }) => ({ file: fact.file, range, message: 'It suspends here' })),
        fixes:
          schema.insertion === undefined
            ? []
            : [{ title: 'Add `suspendSchema`', edits: [schema.insertion], preferred: true }],
        workflow: undefined,
        address: undefined,
      };
    }
  },
};
