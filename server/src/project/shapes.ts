/**
 * The shapes of the data that a drawing shows. Findings need none of them, so an edit does without: they are read when a
 * drawing is asked for, from the snapshot that the findings were made of, where all types are resolved already.
 */
import type { ProjectModel } from '../../../common/model/project.ts';
import { walkEntries } from '../../../common/model/address.ts';
import type { WorkflowKey, WorkflowModel } from '../../../common/model/workflow.ts';
import { extractFile } from '../extract/file.ts';
import type { ProgramSet } from '../typescript/engine.ts';
import { fileKey } from '../typescript/files.ts';

export interface ShapeReading {
  /** The files that the drawing of a workflow is made of: its own, and those of the workflows nested in it. */
  files(project: ProjectModel, key: WorkflowKey): readonly string[];
  /**
   * `project` with the shapes in the workflows of `files`. Files that did not change since they were last asked for are
   * not read again. Rejects with an AbortError when `signal` fires.
   */
  read(
    programs: ProgramSet,
    project: ProjectModel,
    files: readonly string[],
    signal?: AbortSignal,
  ): Promise<ProjectModel>;
}

interface ReadFile {
  /** The models without shapes that these were read for; an update keeps them while the file is the same. */
  readonly plain: readonly WorkflowModel[];
  readonly shaped: readonly WorkflowModel[];
}

export function createShapeReading(): ShapeReading {
  const before = new Map<string, ReadFile>();

  async function shapesOf(
    programs: ProgramSet,
    file: string,
    plain: readonly WorkflowModel[],
    signal: AbortSignal | undefined,
  ): Promise<readonly WorkflowModel[]> {
    const kept = before.get(fileKey(file));
    if (kept !== undefined && sameModels(kept.plain, plain)) return kept.shaped;
    const program = await programs.programFor(file);
    if (program === undefined) return plain;
    const { workflows: shaped } = await extractFile(program, file, signal);
    before.set(fileKey(file), { plain, shaped });
    return shaped;
  }

  return {
    files(project, key) {
      const seen = new Set<WorkflowKey>();
      const files = new Set<string>();
      const queue = [key];
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
        const workflow = project.workflows.get(next);
        if (workflow === undefined || seen.has(next)) continue;
        seen.add(next);
        files.add(workflow.file);
        for (const { entry } of walkEntries(workflow.entries)) {
          if (entry.type === 'workflow' && entry.target.known) queue.push(entry.target.value);
        }
      }
      return [...files];
    },
    async read(programs, project, files, signal) {
      const workflows = new Map(project.workflows);
      await Promise.all(
        files.map(async (file) => {
          const plain = [...project.workflows.values()].filter((workflow) => workflow.file === file);
          for (const workflow of await shapesOf(programs, file, plain, signal)) {
            // An edit that came in between may have made others; the next update brings those.
            if (workflows.has(workflow.key)) workflows.set(workflow.key, workflow);
          }
        }),
      );
      return { ...project, workflows };
    },
  };
}

function sameModels(before: readonly WorkflowModel[], now: readonly WorkflowModel[]): boolean {
  return before.length === now.length && before.every((model, index) => model === now[index]);
}
