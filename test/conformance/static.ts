/** The static model of files, through the engine as the product runs it. */
import type { WorkflowKey, WorkflowModel } from '../../common/model/workflow.ts';
import { extractFile, type FileModel } from '../../server/src/extract/file.ts';
import { startEngine } from '../../server/src/typescript/engine.ts';

export interface StaticProject {
  readonly files: readonly FileModel[];
  readonly workflows: ReadonlyMap<WorkflowKey, WorkflowModel>;
}

export async function staticProject(folder: string, files: readonly string[]): Promise<StaticProject> {
  const engine = startEngine({ folder, buffer: () => undefined, log: () => undefined });
  try {
    const models = await engine.read(files, async (programs) =>
      Promise.all(
        files.map(async (file) => {
          const program = await programs.programFor(file);
          if (program === undefined) throw new Error(`${file} belongs to no program`);
          return extractFile(program, file);
        }),
      ),
    );
    const workflows = new Map(models.flatMap((model) => model.workflows).map((workflow) => [workflow.key, workflow]));
    return { files: models, workflows };
  } finally {
    await engine.close();
  }
}
