/**
 * The model of a whole project, kept up to date: an edit reads again only the edited file and the files that depend on
 * it. The analysis holds no text and no types, only models; every update reads from the snapshot that it is given.
 */
import type { OpaquePart, ProjectModel } from '../../../common/model/project.ts';
import type { WorkflowModel } from '../../../common/model/workflow.ts';
import { emptyModel, extractFile, type ExtractOptions, type FileModel } from '../extract/file.ts';
import type { ProgramSet } from '../typescript/engine.ts';
import { fileKey } from '../typescript/files.ts';
import { isSourceFile } from './discover.ts';
import { isEnvironmentFile } from './environment.ts';
import { resolveMastra } from './mastra-version.ts';
import { createSurroundings } from './surroundings.ts';

export interface ProjectAnalysis {
  /**
   * Brings the model in step with `programs`. `files` are those that matter (see discover.ts); `dirty` are the files that
   * changed, appeared or went away since the last update, whether they matter or not, or `everything`.
   * Rejects with an AbortError when `signal` fires; what was read until then is kept, and nothing dirty is forgotten.
   * Updates may overlap: only the latest one changes what is kept.
   */
  update(
    programs: ProgramSet,
    files: readonly string[],
    dirty: readonly string[] | 'everything',
    signal?: AbortSignal,
  ): Promise<ProjectUpdate>;
  /**
   * True when a new text of `file`, which was there at the last update, may change the model. Where it is false the file
   * need not be among the dirty ones.
   */
  concerns(file: string): boolean;
}

export interface ProjectUpdate {
  readonly project: ProjectModel;
  /**
   * Files whose model is another one than after the last update, those that are gone included. Where shapes are not
   * read, every file that was read again: its shapes may be others.
   */
  readonly changed: readonly string[];
  /** First syntax error of each file that does not parse. */
  readonly syntaxErrors: ReadonlyMap<string, string>;
}

export interface ProjectAnalysisOptions {
  /** Told about files that could not be read because of a fault of ours. */
  readonly log?: (message: string) => void;
  /** What to read of each file. */
  readonly extract?: ExtractOptions;
  /** Names of the environment variables that code of the project inherits; those of this process by default. */
  readonly inherited?: readonly string[];
}

/** Enough to keep the engine busy and its requests batched, few enough that a cancelled update ends soon. */
const filesAtOnce = 8;

export function createProjectAnalysis({
  log = () => undefined,
  extract = {},
  inherited = Object.keys(process.env),
}: ProjectAnalysisOptions = {}): ProjectAnalysis {
  /** Models by file key. A file that is missing here has to be read. */
  const models = new Map<string, FileModel>();
  /** Each model as it was last handed out, to see what changed. */
  const handedOut = new Map<string, HandedOut>();
  /** Changed files that turned out to be nobody's dependency: editing them again reads nothing. */
  const unrelated = new Set<string>();
  const surroundings = createSurroundings(inherited);
  let generation = 0;

  function invalidate(dirty: readonly string[] | 'everything'): void {
    if (dirty === 'everything' || dirty.some((file) => !isSourceFile(file) && !isData(file))) {
      models.clear();
      surroundings.forget();
      return;
    }
    // No part of any program.
    if (dirty.some(isEnvironmentFile)) surroundings.forget();
    const keys = new Set(dirty.filter((file) => !isEnvironmentFile(file)).map(fileKey));
    const known = new Set<string>();
    for (const [key, model] of models) {
      const sources = [key, ...model.dependencies.map(fileKey)];
      for (const source of sources) known.add(source);
      if (sources.some((source) => keys.has(source))) models.delete(key);
    }
    const strangers = [...keys].filter((key) => !known.has(key) && !unrelated.has(key));
    if (strangers.length === 0) return;
    // A new file may be what an import was waiting for.
    models.clear();
    for (const key of strangers) unrelated.add(key);
  }

  async function read(programs: ProgramSet, file: string, signal: AbortSignal | undefined): Promise<FileModel> {
    const program = await programs.programFor(file);
    if (program === undefined) return unreadable(file, 'TypeScript does not know the file');
    return extractFile(program, file, signal, extract);
  }

  return {
    concerns(file) {
      const key = fileKey(file);
      if (models.size === 0 || models.has(key)) return true;
      return [...models.values()].some(({ dependencies }) => dependencies.some((other) => fileKey(other) === key));
    },
    async update(programs, files, dirty, signal) {
      generation += 1;
      const current = generation;
      invalidate(dirty);
      const results = new Map<string, FileModel>();
      const queue = [...new Map(files.map((file) => [fileKey(file), file])).entries()];
      const mastra = resolveMastra(files);
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          const [key, file] = next;
          signal?.throwIfAborted();
          const kept = models.get(key);
          if (kept !== undefined) {
            results.set(key, kept);
            continue;
          }
          try {
            const model = await read(programs, file, signal);
            results.set(key, model);
            if (current === generation) models.set(key, model);
          } catch (error) {
            signal?.throwIfAborted();
            const reason = error instanceof Error ? error.message : String(error);
            log(`${file} could not be analysed: ${error instanceof Error ? (error.stack ?? reason) : reason}`);
            results.set(key, unreadable(file, `the file could not be analysed: ${reason}`));
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(filesAtOnce, queue.length) }, work));
      const { mastra: installed, others } = await mastra;
      signal?.throwIfAborted();
      for (const key of models.keys()) if (!results.has(key)) models.delete(key);

      const inOrder = files.flatMap((file) => results.get(fileKey(file)) ?? []);
      const project: ProjectModel = {
        workflows: workflowsOf(inOrder),
        uses: inOrder.flatMap((model) => model.uses),
        files: inOrder.map((model) => model.file),
        opaque: inOrder.flatMap((model) => model.opaque),
        facts: inOrder.flatMap((model) => model.facts),
        imports: new Map(inOrder.map((model) => [model.file, model.dependencies])),
        ...modulesOf(inOrder),
        mastra: installed,
        ...(others.size === 0 ? {} : { otherInstallations: others }),
      };
      const around = await surroundings.read(project);
      signal?.throwIfAborted();
      return {
        project: { ...project, ...around },
        changed: changesSince(handedOut, inOrder, extract.shapes !== false),
        syntaxErrors: new Map(
          inOrder.flatMap(({ file, syntaxError }) => (syntaxError === undefined ? [] : [[file, syntaxError] as const])),
        ),
      };
    },
  };
}

/** JSON modules are part of programs; other files only matter as settings of the compiler or of packages. */
function isData(file: string): boolean {
  return !/(?:^|\/)(?:package|[^/]*tsconfig[^/]*)\.json$/.test(file);
}

function workflowsOf(models: readonly FileModel[]): ReadonlyMap<string, WorkflowModel> {
  return new Map(models.flatMap((model) => model.workflows.map((workflow) => [workflow.key, workflow] as const)));
}

function modulesOf(models: readonly FileModel[]): Pick<ProjectModel, 'modules'> {
  const modules = new Map(models.flatMap((model) => model.modules.map((module) => [module.file, module] as const)));
  return modules.size === 0 ? {} : { modules };
}

function unreadable(file: string, reason: string): FileModel {
  const start = { line: 0, character: 0 };
  const part: OpaquePart = { file, range: { start, end: start }, reason };
  return { ...emptyModel(file), opaque: [part] };
}

interface HandedOut {
  readonly model: FileModel;
  readonly text: string;
}

/** Compares with what was handed out before, and remembers what is handed out now. */
function changesSince(
  handedOut: Map<string, HandedOut>,
  models: readonly FileModel[],
  isComplete: boolean,
): readonly string[] {
  const changed: string[] = [];
  const present = new Set<string>();
  for (const model of models) {
    const key = fileKey(model.file);
    const before = handedOut.get(key);
    present.add(key);
    if (before?.model === model) continue;
    const text = isComplete
      ? JSON.stringify([model.workflows, model.uses, model.facts, model.opaque, model.syntaxError])
      : '';
    handedOut.set(key, { model, text });
    if (!isComplete || before?.text !== text) changed.push(model.file);
  }
  for (const [key, { model }] of handedOut) {
    if (present.has(key)) continue;
    handedOut.delete(key);
    changed.push(model.file);
  }
  return changed;
}
