/** What a project's facts refer to outside of its source: the models and packages installed, the names in its environment. */
import path from 'node:path';
import { factsOf } from '../../../common/model/facts/index.ts';
import { packageRunBy } from '../../../common/model/facts/mcp.ts';
import type { EnvironmentNames } from '../../../common/model/models.ts';
import type { InstalledPackage, InstalledPackages } from '../../../common/model/packages.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import { createEnvironmentReader } from './environment.ts';
import { createModelRegistryReader } from './models.ts';
import { createPackageReader } from './packages.ts';

type Found = Pick<ProjectModel, 'models' | 'environment' | 'packages'>;

export interface Surroundings {
  /** Reads only what the project's facts ask for; an edit of a source asks the disk for nearly nothing. */
  read(project: ProjectModel): Promise<Found>;
  /** Dependencies were installed, or `.env*` files changed. */
  forget(): void;
}

/** `inherited`: names of the environment variables that code of the project inherits. */
export function createSurroundings(inherited: readonly string[]): Surroundings {
  const registryFor = createModelRegistryReader();
  const environmentFor = createEnvironmentReader(inherited);
  const packages = createPackageReader();
  const environments = new Map<string, Promise<EnvironmentNames>>();

  async function modelsOf(project: ProjectModel): Promise<Found> {
    const files = [...new Set(factsOf(project, 'agent-model').map(({ file }) => file))];
    const first = files.find((file) => project.otherInstallations?.has(file) !== true);
    if (first === undefined) return {};
    const models = await registryFor(path.posix.dirname(first));
    if (models === undefined) return {};
    const environment = await Promise.all(
      files.map(async (file) => {
        const folder = path.posix.dirname(file);
        const names = environments.get(folder) ?? environmentFor(folder);
        environments.set(folder, names);
        return [file, await names] as const;
      }),
    );
    return { models, environment: new Map(environment) };
  }

  async function packagesOf(project: ProjectModel): Promise<ReadonlyMap<string, InstalledPackages>> {
    const byFolder = new Map<string, Set<string>>();
    for (const fact of factsOf(project, 'package-import')) {
      const folder = path.posix.dirname(fact.file);
      byFolder.set(folder, (byFolder.get(folder) ?? new Set(['@mastra/core'])).add(fact.package));
    }
    for (const { file, command } of factsOf(project, 'mcp-connection')) {
      const run = packageRunBy(command);
      if (run !== undefined) byFolder.get(path.posix.dirname(file))?.add(run);
    }
    const read = async (folder: string, name: string): Promise<readonly (readonly [string, InstalledPackage])[]> => {
      const installed = await packages.read(folder, name);
      return installed === undefined ? [] : [[name, installed]];
    };
    return new Map(
      await Promise.all(
        [...byFolder].map(async ([folder, names]) => {
          const found = await Promise.all([...names].map((name) => read(folder, name)));
          return [folder, new Map(found.flat())] as const;
        }),
      ),
    );
  }

  return {
    async read(project) {
      const [models, installed] = await Promise.all([modelsOf(project), packagesOf(project)]);
      return { ...models, packages: installed };
    },
    forget() {
      packages.forget();
      environments.clear();
    },
  };
}
