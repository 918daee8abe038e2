/** Which installation of Mastra a file of the project uses. */
import type { MastraInstallation, ProjectModel } from '../../../common/model/project.ts';

/** The installation that `file` resolves; in a monorepo packages may have different ones. */
export function installationFor(project: ProjectModel, file: string): MastraInstallation {
  return project.otherInstallations?.get(file) ?? project.mastra;
}
