/** One file: its workflows, its uses of workflows, and what could not be read. */
import type { Fact } from '../../../common/model/facts/index.ts';
import type { ModuleModel } from '../../../common/model/modules.ts';
import type { OpaquePart, WorkflowUse } from '../../../common/model/project.ts';
import { walkEntries } from '../../../common/model/address.ts';
import type { WorkflowModel } from '../../../common/model/workflow.ts';
import type { Program } from '../typescript/program.ts';
import { contextOf } from './context.ts';
import { creationsOf } from './creation.ts';
import { namesOf, reachedFrom } from './dependencies.ts';
import { factsIn } from './facts/index.ts';
import { modulesOf } from './modules.ts';
import { findUses } from './uses.ts';
import { readWorkflow, type ExtractOptions } from './workflow.ts';

export type { ExtractOptions };

export interface FileModel {
  readonly file: string;
  readonly workflows: readonly WorkflowModel[];
  readonly facts: readonly Fact[];
  readonly uses: readonly WorkflowUse[];
  readonly opaque: readonly OpaquePart[];
  /** Other files of the project that this model's facts may come from: re-extract when one changes. */
  readonly dependencies: readonly string[];
  /** The file and its dependencies as modules, when some of them load each other in a circle. */
  readonly modules: readonly ModuleModel[];
  /** The first syntax error, when the file does not parse. */
  readonly syntaxError: string | undefined;
}

/** The model of a file of which nothing is read. */
export function emptyModel(file: string): FileModel {
  return {
    file,
    workflows: [],
    uses: [],
    facts: [],
    opaque: [],
    dependencies: [],
    modules: [],
    syntaxError: undefined,
  };
}

/** Reads one file of a program. A file that the program does not hold has an empty model. */
export async function extractFile(
  program: Program,
  file: string,
  signal?: AbortSignal,
  options: ExtractOptions = {},
): Promise<FileModel> {
  signal?.throwIfAborted();
  const source = await program.sourceFile(file);
  if (source === undefined) return emptyModel(file);
  const context = contextOf(program);
  const [creations, syntaxError, reached] = await Promise.all([
    creationsOf(context, source),
    program.syntaxError(file),
    reachedFrom(program, source),
  ]);
  signal?.throwIfAborted();
  const [workflows, uses, facts, modules] = await Promise.all([
    Promise.all(creations.map((creation) => readWorkflow(context, creation, options))),
    findUses(context, source),
    factsIn(context, source),
    modulesOf(program, source, reached),
  ]);
  signal?.throwIfAborted();
  return {
    file: source.fileName,
    workflows,
    uses,
    facts,
    opaque: workflows.flatMap(opaqueParts),
    dependencies: namesOf(reached),
    modules,
    syntaxError,
  };
}

/** The parts of a workflow about which nothing can be said, each once. */
function opaqueParts(workflow: WorkflowModel): readonly OpaquePart[] {
  const parts: OpaquePart[] = [];
  if (workflow.incomplete !== undefined) {
    parts.push({ file: workflow.file, range: workflow.nameRange, reason: workflow.incomplete });
  }
  for (const { entry } of walkEntries(workflow.entries)) {
    if (entry.type === 'opaque') parts.push({ file: entry.file, range: entry.range, reason: entry.reason });
    else if (entry.check.kind === 'opaque') {
      parts.push({ file: entry.file, range: entry.range, reason: entry.check.reason });
    }
  }
  if (workflow.end.kind === 'opaque' && workflow.incomplete === undefined) {
    parts.push({ file: workflow.file, range: workflow.nameRange, reason: workflow.end.reason });
  }
  return parts;
}
