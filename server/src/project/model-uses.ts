/** The models that a project names, each place once. */
import { factsOf, type AgentModelFact } from '../../../common/model/facts/index.ts';
import type { ModelRegistry } from '../../../common/model/models.ts';
import type { ProjectModel } from '../../../common/model/project.ts';

export interface ModelUses {
  readonly registry: ModelRegistry;
  readonly uses: readonly AgentModelFact[];
  /** True where a gateway of the project's own may serve models that the registry does not list. */
  readonly hasOwnGateway: boolean;
}

/** Undefined when there is no registry to compare with. Files that resolve another installation of Mastra are left out. */
export function modelUses(project: ProjectModel): ModelUses | undefined {
  const registry = project.models;
  if (registry === undefined) return undefined;
  const places = new Map<string, AgentModelFact>();
  for (const fact of factsOf(project, 'agent-model')) {
    if (project.otherInstallations?.has(fact.file) === true) continue;
    const { line, character } = fact.range.start;
    const key = `${fact.file}:${line}:${character}`;
    const before = places.get(key);
    // One constant may be the model of several agents: what holds for one of them is reported.
    places.set(key, {
      ...fact,
      certain: fact.certain || before?.certain === true,
      hasKey: fact.hasKey && before?.hasKey !== false,
    });
  }
  return { registry, uses: [...places.values()], hasOwnGateway: factsOf(project, 'model-gateway').length > 0 };
}
