/** A workflow whose chain never ends in `.commit()`; how bad that is depends on who runs it and on the Mastra version. */
import { walkEntries } from '../../../../common/model/address.ts';
import type { ProjectModel, WorkflowUse } from '../../../../common/model/project.ts';
import type { FlowEntry, WorkflowKey, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { RelatedLocation, Severity } from '../../../../common/protocol/rules.ts';
import { installationFor } from '../../project/installation.ts';
import { isAtLeast } from '../../project/version.ts';
import type { Rule } from '../rule.ts';
import { capital, workflowLabel, workflowName } from '../wording.ts';

interface NestedUse {
  readonly outer: WorkflowModel;
  readonly entry: FlowEntry;
}

export const missingCommit: Rule = {
  id: 'missing-commit',
  acrossFiles: true,
  summary: 'A workflow is never committed.',
  *check(project) {
    const nested = nestedUses(project);
    for (const workflow of project.workflows.values()) {
      const { commit } = workflow;
      // An empty chain cannot run whether it is committed or not, and one that is read in part may be committed elsewhere.
      if (commit.kind !== 'missing' || workflow.incomplete !== undefined || workflow.entries.length === 0) continue;
      const uses = project.uses.filter((use) => use.workflow === workflow.key);
      // Another file goes on with the chain: it may commit it as well.
      if (uses.some((use) => use.kind === 'extended')) continue;
      const verdict = judge(project, workflow, nested.get(workflow.key) ?? [], uses);
      yield {
        rule: 'missing-commit',
        file: workflow.file,
        range: commit.report,
        ...verdict,
        fixes: [{ title: 'Add `.commit()`', edits: [commit.insertion], preferred: true }],
        workflow: workflow.key,
        address: undefined,
      };
    }
  },
};

interface Verdict {
  readonly severity: Severity;
  readonly message: string;
  readonly related: readonly RelatedLocation[];
}

function judge(
  project: ProjectModel,
  workflow: WorkflowModel,
  nested: readonly NestedUse[],
  uses: readonly WorkflowUse[],
): Verdict {
  const subject = `${capital(workflowName(workflow))} is never committed`;
  const registered = uses.find((use) => use.kind === 'registered');
  if (registered !== undefined) return judgeRegistered(project, workflow, subject, registered);

  const [outer] = nested;
  if (outer !== undefined) {
    return {
      severity: 'error',
      message: `${subject}, so ${workflowLabel(outer.outer)} fails when it gets to it.`,
      related: nested.map(({ outer: by, entry }) => ({
        file: entry.file,
        range: entry.range,
        message: `${workflowLabel(by)} runs it as a step here`,
      })),
    };
  }
  const runs = uses.filter((use) => use.kind === 'run');
  if (runs.length > 0) {
    return {
      severity: 'error',
      message: `${subject}, so it cannot be run: \`createRun\` throws.`,
      related: runs.map((use) => ({ file: use.file, range: use.range, message: 'It is run here' })),
    };
  }
  return {
    severity: 'warning',
    message: `${subject}, so it can only run where \`new Mastra\` registers it.`,
    related: [],
  };
}

/** `new Mastra` commits what it registers since 0.17; in 0.10 it left that to the author, and the run threw. */
function judgeRegistered(project: ProjectModel, workflow: WorkflowModel, subject: string, use: WorkflowUse): Verdict {
  const related = [{ file: use.file, range: use.range, message: 'It is registered here' }];
  const mastra = installationFor(project, workflow.file);
  if (mastra.kind === 'missing' || isAtLeast(mastra.version, 0, 17)) {
    return { severity: 'hint', message: `${subject}; \`new Mastra\` commits it when it registers it.`, related };
  }
  if (isAtLeast(mastra.version, 0, 11)) {
    return {
      severity: 'warning',
      message: `${subject}, so it may not run in @mastra/core ${mastra.version}.`,
      related,
    };
  }
  return {
    severity: 'error',
    message: `${subject}, so it cannot be run: \`createRun\` throws in @mastra/core ${mastra.version}.`,
    related,
  };
}

function nestedUses(project: ProjectModel): ReadonlyMap<WorkflowKey, readonly NestedUse[]> {
  const found = new Map<WorkflowKey, NestedUse[]>();
  for (const outer of project.workflows.values()) {
    for (const { entry } of walkEntries(outer.entries)) {
      if (entry.type !== 'workflow' || !entry.target.known || entry.target.value === outer.key) continue;
      const uses = found.get(entry.target.value) ?? [];
      uses.push({ outer, entry });
      found.set(entry.target.value, uses);
    }
  }
  return found;
}
