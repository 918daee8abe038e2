/** A `.branch` of which no condition may hold: `{}` arrives at what follows. */
import { childAddress, childEntries } from '../../../../common/model/address.ts';
import { isNamed, type ConditionalEntry, type FlowEntry } from '../../../../common/model/workflow.ts';
import type { Rule } from '../rule.ts';
import { sourceName } from '../wording.ts';

export const branchNoDefault: Rule = {
  id: 'branch-no-default',
  summary: 'No condition of a `.branch` may hold, and what follows then gets an empty object.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      for (const [index, entry] of workflow.entries.entries()) {
        if (entry.type !== 'conditional' || entry.coverage !== 'partial') continue;
        const next = receiver(workflow.entries.slice(index + 1));
        if (next === undefined || !expectsResults(next)) continue;
        yield {
          rule: 'branch-no-default',
          severity: 'hint',
          message: `When no condition of this \`.branch\` holds, ${receiverName(next)} gets \`{}\`.`,
          file: entry.file,
          range: methodRange(entry),
          related: [{ file: next.file, range: next.range, message: 'What leaves the `.branch` arrives here' }],
          fixes: [],
          workflow: workflow.key,
          address: childAddress('', entry.node),
        };
      }
    }
  },
};

/** The name of the method: the list itself can be many lines. */
function methodRange({ call }: ConditionalEntry) {
  const end = { line: call.start.line, character: call.start.character + 'branch'.length };
  return { start: call.start, end };
}

function receiverName(entry: FlowEntry): string {
  return isNamed(entry) && !entry.id.known ? 'what follows' : `${sourceName(entry)} after it`;
}

/** Who gets what leaves the branch: a sleep hands it on. Nobody at the end of the chain, where it is the workflow's result. */
function receiver(rest: readonly FlowEntry[]): FlowEntry | undefined {
  return rest.find((entry) => entry.type !== 'sleep' && entry.type !== 'sleepUntil');
}

/**
 * True where the results of the branch are certainly taken as such. What needs one of them always is told so by
 * `schema-mismatch` (an agent by `agent-step-input`), and of what cannot be read nothing is known.
 */
function expectsResults(entry: FlowEntry): boolean {
  switch (entry.type) {
    case 'step':
    case 'workflow':
    case 'tool':
    case 'mapping':
      return entry.check.kind === 'fits';
    case 'parallel':
    case 'conditional':
    case 'loop':
      return childEntries(entry).every(expectsResults);
    case 'agent':
    case 'classifier':
    case 'foreach':
    case 'sleep':
    case 'sleepUntil':
    case 'opaque':
      return false;
  }
}
