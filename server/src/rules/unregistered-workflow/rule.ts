/** A workflow that `new Mastra` does not know and nothing else uses. */
import { walkEntries } from '../../../../common/model/address.ts';
import { factsOf, type RegistryFact } from '../../../../common/model/facts/index.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { WorkflowKey, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Rule } from '../rule.ts';
import { capital, workflowName } from '../wording.ts';
import { registration } from './registration.ts';

export const unregisteredWorkflow: Rule = {
  id: 'unregistered-workflow',
  acrossFiles: true,
  summary: 'A workflow is neither registered in `new Mastra` nor used in another way.',
  *check(project) {
    const registries = factsOf(project, 'registry');
    if (registries.length === 0) return;
    const used = usedWorkflows(project, registries);
    const mentions = factsOf(project, 'mentions');
    const added = factsOf(project, 'registration-added').filter(({ group }) => group === 'workflows');
    if (added.some(({ names }) => names === undefined)) return;
    const addedIds = new Set(added.map(({ names }) => names?.id));
    for (const workflow of project.workflows.values()) {
      const { id, name, exportName } = workflow;
      // Default exports are registered by the names of their files; what has no name is used where it stands.
      if (name === undefined || exportName === 'default' || workflow.incomplete !== undefined) continue;
      if (workflow.entries.length === 0 || used.has(workflow.key)) continue;
      if (!id.known || addedIds.has(id.value)) continue;
      const registry = registryFor(registries, workflow);
      if (registry === undefined) continue;
      const isMentioned = mentions.some((mention) =>
        mention.file === workflow.file
          ? mention.own.includes(name)
          : exportName !== undefined &&
            (mention.whole.includes(workflow.file) ||
              (mention.names.includes(exportName) && !meansAnother(project, workflow, mention.file))),
      );
      if (isMentioned) continue;
      yield {
        rule: 'unregistered-workflow',
        severity: 'hint',
        message: `${capital(workflowName(workflow))} is not registered in \`new Mastra\`, and nothing else uses it.`,
        file: workflow.file,
        range: workflow.nameRange,
        related: [{ file: registry.file, range: registry.range, message: 'It can be registered here' }],
        fixes: registration(registry, workflow, name),
        workflow: workflow.key,
        address: undefined,
      };
    }
  },
};

/** True when a file imports another workflow of the same name, and not this one. */
function meansAnother(project: ProjectModel, { file, exportName }: WorkflowModel, by: string): boolean {
  const imports = project.imports?.get(by);
  if (imports === undefined || imports.includes(file)) return false;
  return [...project.workflows.values()].some(
    (other) => other.exportName === exportName && imports.includes(other.file),
  );
}

function usedWorkflows(project: ProjectModel, registries: readonly RegistryFact[]): ReadonlySet<WorkflowKey> {
  const used = new Set<WorkflowKey>(project.uses.map(({ workflow }) => workflow));
  for (const { groups } of registries) {
    for (const { workflow } of groups.workflows.entries) if (workflow !== undefined) used.add(workflow);
  }
  for (const { entries } of project.workflows.values()) {
    for (const { entry } of walkEntries(entries)) {
      if (entry.type === 'workflow' && entry.target.known) used.add(entry.target.value);
    }
  }
  return used;
}

/**
 * The instance that a workflow belongs to: the only one in the nearest folder above it. Undefined where that is not
 * certain, or where an instance that may run the file may register more than is written.
 */
function registryFor(registries: readonly RegistryFact[], { file }: WorkflowModel): RegistryFact | undefined {
  const above = registries.filter((registry) => file.startsWith(folderOf(registry)));
  const depth = Math.max(...above.map((registry) => folderOf(registry).length));
  const [nearest, ...others] = above.filter((registry) => folderOf(registry).length === depth);
  if (nearest === undefined || others.length > 0) return undefined;
  const concerned = [...above, ...registries.filter(({ reaches }) => reaches.includes(file))];
  return concerned.every(({ groups }) => groups.workflows.complete) ? nearest : undefined;
}

function folderOf({ file }: RegistryFact): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}
