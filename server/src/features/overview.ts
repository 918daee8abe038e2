/** All workflows of a project, each with what a person wants to know before opening it. */
import { factsOf, type RegistryFact } from '../../../common/model/facts/index.ts';
import { walkEntries } from '../../../common/model/index.ts';
import type { ProjectModel, WorkflowKey, WorkflowModel } from '../../../common/model/index.ts';
import type { OverviewPackage, OverviewWorkflow } from '../../../common/protocol/overview.ts';
import type { Finding, Severity } from '../../../common/protocol/rules.ts';
import { workflowSummaries } from './workflows.ts';

export interface OverviewSource {
  readonly project: ProjectModel;
  readonly findings: readonly Finding[];
  readonly uriOf: (file: string) => string;
  /** The package that a file is in. */
  readonly packageOf: (file: string) => OverviewPackage;
}

/** By file, then in source order. */
export function overviewOf({ project, findings, uriOf, packageOf }: OverviewSource): readonly OverviewWorkflow[] {
  const registered = registration(project);
  const counts = countFindings(findings);
  return workflowSummaries(project, uriOf).flatMap((summary) => {
    const workflow = project.workflows.get(summary.key);
    if (workflow === undefined) return [];
    return [
      {
        ...summary,
        package: packageOf(workflow.file),
        registered: registered(workflow),
        findings: counts.get(workflow.key) ?? noFindings,
        uses: usesOf(workflow),
      },
    ];
  });
}

const noFindings: Readonly<Record<Severity, number>> = { error: 0, warning: 0, info: 0, hint: 0 };

function countFindings(findings: readonly Finding[]): ReadonlyMap<WorkflowKey, Readonly<Record<Severity, number>>> {
  const counts = new Map<WorkflowKey, Record<Severity, number>>();
  for (const { workflow, severity } of findings) {
    if (workflow === undefined) continue;
    const count = counts.get(workflow) ?? { ...noFindings };
    count[severity] += 1;
    counts.set(workflow, count);
  }
  return counts;
}

function usesOf({ entries }: WorkflowModel): readonly WorkflowKey[] {
  const targets = [...walkEntries(entries)].flatMap(({ entry }) =>
    entry.type === 'workflow' && entry.target.known ? [entry.target.value] : [],
  );
  return [...new Set(targets)];
}

/** Whether some `new Mastra` lists a workflow; one whose list is not wholly known may hold any workflow that its file reaches. */
function registration(project: ProjectModel): (workflow: WorkflowModel) => OverviewWorkflow['registered'] {
  const registries = factsOf(project, 'registry');
  const registered = new Set<WorkflowKey>(
    project.uses.filter(({ kind }) => kind === 'registered').map(({ workflow }) => workflow),
  );
  for (const { groups } of registries) {
    for (const { workflow } of groups.workflows.entries) if (workflow !== undefined) registered.add(workflow);
  }
  const isAdded = factsOf(project, 'registration-added').some(({ group }) => group === 'workflows');
  const incomplete = registries.filter(({ groups }) => !groups.workflows.complete);
  const mayHold = ({ file, reaches }: RegistryFact, workflow: WorkflowModel): boolean =>
    file === workflow.file || reaches.includes(workflow.file);
  return (workflow) => {
    if (registered.has(workflow.key)) return 'yes';
    if (registries.length === 0 || isAdded) return 'unknown';
    return incomplete.some((registry) => mayHold(registry, workflow)) ? 'unknown' : 'no';
  };
}
