/** What arrives at `.foreach` is no array: Mastra does not mind, and hands on an empty list. */
import type { Mismatch } from '../../../../common/model/flow.ts';
import { isNamed, type FlowEntry } from '../../../../common/model/workflow.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import { edgesOf, type Source } from '../edges.ts';
import { providerName, provision } from '../mismatch.ts';
import { fixesOf } from '../repairs.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const foreachNotArray: Rule = {
  id: 'foreach-not-array',
  summary: 'What arrives at `.foreach` is not an array.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      for (const { entry, address, source } of edgesOf(workflow)) {
        if (entry.type !== 'foreach' || entry.check.kind !== 'differs') continue;
        // An array whose elements do not fit is a matter of schema-mismatch.
        if (entry.check.difference.path[0] === '[]' || entry.body.check.kind === 'differs') continue;
        const finding: Finding = {
          rule: 'foreach-not-array',
          severity: 'error',
          message: message(entry.body, source, entry.check),
          file: entry.file,
          range: entry.range,
          related: [provision(workflow, source, entry.check)],
          fixes: fixesOf(project, entry.file, entry.check),
          workflow: workflow.key,
          address,
        };
        yield finding;
      }
    }
  },
};

function message(body: FlowEntry, source: Source, { arrives }: Mismatch): string {
  const fact = `\`.foreach\` needs an array, but ${providerName(source)} provides ${code(arrives.text)}`;
  // Only an object is certain to have no length; a text has one, and what may be absent makes the run fail.
  if (arrives.fields === undefined || arrives.fields.some(({ name }) => name === 'length')) return `${fact}.`;
  return `${fact}, so ${bodyName(body)} never runs and an empty array leaves.`;
}

function bodyName(body: FlowEntry): string {
  return isNamed(body) && body.id.known ? code(body.id.value) : 'its step';
}
