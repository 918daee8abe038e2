/** A loop whose condition asks for another round every time. */
import { walkEntries } from '../../../../common/model/address.ts';
import type { LoopEntry } from '../../../../common/model/workflow.ts';
import type { Rule } from '../rule.ts';

export const unboundedLoop: Rule = {
  id: 'unbounded-loop',
  summary: 'The condition of a loop is constant, so the loop never ends.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      for (const { entry, address } of walkEntries(workflow.entries)) {
        if (entry.type !== 'loop' || entry.endless === undefined) continue;
        yield {
          rule: 'unbounded-loop',
          severity: 'warning',
          message: messageOf(entry),
          file: entry.file,
          range: entry.endless,
          related: [],
          fixes: [],
          workflow: workflow.key,
          address,
        };
      }
    }
  },
};

function messageOf({ loopType }: LoopEntry): string {
  const constant = loopType === 'dowhile' ? 'true' : 'false';
  return `This condition is always ${constant}, so \`.${loopType}\` repeats its step until the run is cancelled or fails.`;
}
