/** What a project's facts refer to outside of its source: the registry of models, the names in its environment. */
import path from 'node:path';
import { factsOf } from '../../../common/model/facts/index.ts';
import type { EnvironmentNames } from '../../../common/model/models.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import { createEnvironmentReader } from './environment.ts';
import { createModelRegistryReader } from './models.ts';

export type Surroundings = (project: ProjectModel) => Promise<Pick<ProjectModel, 'models' | 'environment'>>;

/** Reads only what the project's facts ask for, and from disk only what changed since the last time. */
export function createSurroundings(inherited: readonly string[]): Surroundings {
  const registryFor = createModelRegistryReader();
  const environmentFor = createEnvironmentReader(inherited);
  return async (project) => {
    const files = [...new Set(factsOf(project, 'agent-model').map(({ file }) => file))];
    const first = files.find((file) => project.otherInstallations?.has(file) !== true);
    if (first === undefined) return {};
    const models = await registryFor(path.posix.dirname(first));
    if (models === undefined) return {};
    const byFolder = new Map<string, Promise<EnvironmentNames>>();
    const environment = await Promise.all(
      files.map(async (file) => {
        const folder = path.posix.dirname(file);
        const names = byFolder.get(folder) ?? environmentFor(folder);
        byFolder.set(folder, names);
        return [file, await names] as const;
      }),
    );
    return { models, environment: new Map(environment) };
  };
}
