/** State that is gone, or in another place, when it is needed: runs kept in memory, database files by a relative path. */
import { walkEntries } from '../../../../common/model/address.ts';
import { factsOf, type StorageFact } from '../../../../common/model/facts/index.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { StepEntry, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { capital, code, targetName, workflowName } from '../wording.ts';

export const storageMemory: Rule = {
  id: 'storage-memory',
  acrossFiles: true,
  summary: 'What a project keeps is lost with the process, or lands in another folder than is meant.',
  *check(project) {
    yield* forgottenRuns(project);
    for (const { file, range, url } of factsOf(project, 'database-file')) {
      if (!isForDev(file)) continue;
      const message = `${code(url)} starts from the working directory, and \`mastra dev\` has another one than your scripts and tests: they use different databases.`;
      yield { ...base, severity: 'hint', message, file, range, related: [], workflow: undefined };
    }
  },
};

const base = { rule: 'storage-memory', fixes: [], address: undefined } as const;

function* forgottenRuns(project: ProjectModel): Iterable<Finding> {
  if (factsOf(project, 'storage-change').length > 0) return;
  const instances = factsOf(project, 'storage').filter(({ file }) => !isTest(file));
  for (const instance of instances) {
    if (instance.storage === 'other' || hasStorageFile(project, instance)) continue;
    const [first, ...others] = suspending(project, instance, instances.length === 1);
    if (first === undefined) continue;
    const rest = others.length === 0 ? '' : ` (and ${others.length} more)`;
    const subject = `${capital(workflowName(first.workflow))}${rest} can suspend`;
    const { file, range } = instance;
    yield {
      ...base,
      severity: 'info',
      message: `${subject}, but runs are kept in memory: what is suspended is lost when the process ends, which \`mastra dev\` does after every edit.`,
      file,
      range,
      related: [{ file: first.step.file, range: first.step.range, message: `${targetName(first.step)} can suspend` }],
      workflow: undefined,
    };
  }
}

/** `mastra dev` runs what is in the folder `mastra`; a script elsewhere has one working directory. */
function isForDev(file: string): boolean {
  return /\/mastra\//.test(file);
}

/** In tests memory is what one wants. */
function isTest(file: string): boolean {
  return /\.(?:test|spec)\.[cm]?tsx?$|\/(?:__tests__|tests?)\//.test(file);
}

/** `storage.ts` beside the entry is Mastra's default storage without being named there. */
function hasStorageFile(project: ProjectModel, { file }: StorageFact): boolean {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return project.files.some(
    (each) => each.startsWith(folder) && /^storage\.[cm]?tsx?$/.test(each.slice(folder.length)),
  );
}

interface Suspending {
  readonly workflow: WorkflowModel;
  readonly step: StepEntry;
}

/** The workflows that an instance of Mastra runs and that have a step that suspends. */
function suspending(project: ProjectModel, { file }: StorageFact, isOnly: boolean): readonly Suspending[] {
  const registered = new Set(
    project.uses.filter((use) => use.kind === 'registered' && (isOnly || use.file === file)).map((use) => use.workflow),
  );
  return [...project.workflows.values()]
    .filter(({ key }) => registered.has(key))
    .flatMap((workflow) => {
      const step = suspendingStep(workflow);
      return step === undefined ? [] : [{ workflow, step }];
    });
}

function suspendingStep(workflow: WorkflowModel): StepEntry | undefined {
  for (const { entry } of walkEntries(workflow.entries)) {
    if (entry.type === 'step' && entry.canSuspend) return entry;
  }
  return undefined;
}
