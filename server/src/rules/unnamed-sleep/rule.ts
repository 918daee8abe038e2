/** A wait without an id gets another one in every process: a run that waits there cannot go on after a restart. */
import { childAddress, walkEntries } from '../../../../common/model/address.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import { writtenId, type IdInsertion, type SleepEntry, type WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding, Fix } from '../../../../common/protocol/rules.ts';
import { installationFor } from '../../project/installation.ts';
import { isAtLeast } from '../../project/version.ts';
import type { Rule } from '../rule.ts';

export const unnamedSleep: Rule = {
  id: 'unnamed-sleep',
  summary: 'A `.sleep` has no id, so a run that waits there is lost with the process.',
  *check(project) {
    for (const workflow of project.workflows.values()) {
      if (!takesId(project, workflow.file)) continue;
      const taken = takenIds(workflow);
      for (const entry of workflow.entries) {
        if ((entry.type === 'sleep' || entry.type === 'sleepUntil') && entry.naming !== undefined) {
          yield finding(workflow, entry, entry.naming, freeId(taken, entry.type === 'sleep' ? 'sleep' : 'sleep-until'));
        }
      }
    }
  },
};

/** The waits of a chain take an id since 1.65; before, there is nothing that an author could do. */
function takesId(project: ProjectModel, file: string): boolean {
  const mastra = installationFor(project, file);
  return mastra.kind === 'installed' && isAtLeast(mastra.version, 1, 65);
}

function finding(workflow: WorkflowModel, entry: SleepEntry, naming: IdInsertion, id: string): Finding {
  const fix: Fix = {
    title: `Add the id \`${id}\``,
    edits: [{ file: entry.file, range: naming.at, newText: `${naming.before}'${id}'${naming.after}` }],
    preferred: true,
  };
  return {
    rule: 'unnamed-sleep',
    severity: 'info',
    message: `This \`.${entry.type}\` has no id and gets a new one in every process, so a run that waits here cannot go on after a restart.`,
    file: entry.file,
    range: entry.call,
    related: [],
    fixes: [fix],
    workflow: workflow.key,
    address: childAddress('', entry.node),
  };
}

function takenIds(workflow: WorkflowModel): Set<string> {
  return new Set([...walkEntries(workflow.entries)].flatMap(({ entry }) => writtenId(entry) ?? []));
}

/** An id that nothing in the workflow has yet; it counts as taken from then on. */
function freeId(taken: Set<string>, wish: string): string {
  let id = wish;
  for (let count = 2; taken.has(id); count += 1) id = `${wish}-${String(count)}`;
  taken.add(id);
  return id;
}
