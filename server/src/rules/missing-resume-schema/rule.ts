/** A step reads resume data that no schema describes: nothing is checked, and nobody who uses the step knows what it is. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const missingResumeSchema: Rule = {
  id: 'missing-resume-schema',
  summary: 'A step reads resume data that no schema describes.',
  *check(project) {
    for (const fact of factsOf(project, 'suspension')) {
      const { resumeSchema: schema, readsResume, step } = fact;
      if (schema.kind !== 'absent' || readsResume === undefined) continue;
      const subject = step === undefined ? 'This step' : `Step ${code(step)}`;
      yield {
        rule: 'missing-resume-schema',
        severity: 'info',
        message: `${subject} reads \`resumeData\`, but has no \`resumeSchema\`: it goes on with whatever it is resumed with.`,
        file: fact.file,
        range: fact.range,
        related: [{ file: fact.file, range: readsResume, message: 'It is read here' }],
        fixes:
          schema.insertion === undefined
            ? []
            : [{ title: 'Add `resumeSchema`', edits: [schema.insertion], preferred: true }],
        workflow: undefined,
        address: undefined,
      };
    }
  },
};
