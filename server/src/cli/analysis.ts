/** One analysis of what the command line was given, from an empty engine to findings. */
import type { ProjectModel } from '../../../common/model/project.ts';
import type { WorkflowModel } from '../../../common/model/workflow.ts';
import { ruleIds, type Finding } from '../../../common/protocol/rules.ts';
import { createProjectAnalysis } from '../project/analyze.ts';
import { discover } from '../project/discover.ts';
import { judge, type RuleSettings, type RunRule, type SuppressedFinding } from '../rules/index.ts';
import { startEngine } from '../typescript/engine.ts';
import { isInside } from '../typescript/files.ts';
import { programsFor } from '../typescript/side-by-side.ts';
import { readTargets, scopesOf, type Scope, type Targets } from './targets.ts';

export interface Result {
  /** One project for each package folder that the paths lie in. */
  readonly scopes: readonly ScopeResult[];
  /** Reasons why not all of what was asked for could be analysed, in sentences. Not empty: exit code 2. */
  readonly problems: readonly string[];
  /** What else the user should know about how far the result goes. */
  readonly notes: readonly string[];
}

export interface ScopeResult {
  readonly project: ProjectModel;
  /** The part of the project that was asked for. */
  readonly workflows: readonly WorkflowModel[];
  readonly files: readonly string[];
  readonly findings: readonly Finding[];
  /** What comments in the source suppress. */
  readonly suppressed: readonly SuppressedFinding[];
  readonly opaque: ProjectModel['opaque'];
}

export interface AnalysisOptions {
  readonly cwd: string;
  /** How a file is called in messages. */
  readonly name: (file: string) => string;
  /** Read the shape of the data everywhere, and not only where it does not fit. */
  readonly shapes: boolean;
  readonly rules: RuleSettings;
  /** Runs each rule. */
  readonly run: RunRule;
}

/** Neither a drawing nor a run needs findings. */
export const noRules: RuleSettings = Object.fromEntries(ruleIds.map((id) => [id, 'off']));

/** Never rejects for a fault of the input or the engine: those are problems. */
export async function analyse(paths: readonly string[], options: AnalysisOptions): Promise<Result> {
  const { cwd, name } = options;
  const targets = await readTargets(paths, cwd);
  const problems = [...targets.problems];
  const notes: string[] = [];
  const scopes: ScopeResult[] = [];
  for (const scope of await scopesOf(targets)) {
    try {
      scopes.push(await analyseScope(scope, targets, options, problems, notes));
    } catch (error) {
      problems.push(
        `${name(scope.root)} could not be analysed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  const found = scopes.some(({ files }) => files.length > 0);
  if (!found && problems.length === 0) notes.push('No file in the given paths uses Mastra.');
  return { scopes, problems, notes };
}

async function analyseScope(
  { root, includes }: Scope,
  targets: Targets,
  { name, shapes, rules, run }: AnalysisOptions,
  problems: string[],
  notes: string[],
): Promise<ScopeResult> {
  const { files, skipped } = await filesOf(root, targets);
  for (const { file, reason } of skipped.filter((each) => includes(each.file))) {
    const sentence = `${name(file)} was not read: ${reason}.`;
    (targets.files.includes(file) ? problems : notes).push(sentence);
  }
  if (!files.some(includes)) return emptyScope;

  const engine = startEngine({
    folder: root,
    buffer: () => undefined,
    programsPerConfig: programsFor(files.length),
    log: (message) => notes.push(message),
  });
  try {
    const analysis = createProjectAnalysis({
      log: (message) => problems.push(message),
      extract: { shapes },
    });
    const { project, syntaxErrors } = await engine.read(files, (programs) => analysis.update(programs, files, []));
    for (const [file, message] of syntaxErrors) {
      if (includes(file)) problems.push(`${name(file)} does not parse: ${message}`);
    }
    if (project.mastra.kind === 'missing') {
      notes.push(
        `@mastra/core is not installed for ${name(root)}: only the structure was analysed, not the data. Install the dependencies to check that too.`,
      );
    }
    const { findings, suppressed } = judge(project, rules, run);
    return {
      project,
      workflows: [...project.workflows.values()].filter(({ file }) => includes(file)),
      files: project.files.filter(includes),
      findings: findings.filter(({ file }) => includes(file)),
      suppressed: suppressed.filter(({ finding }) => includes(finding.file)),
      opaque: project.opaque.filter(({ file }) => includes(file)),
    };
  } finally {
    engine.abandon();
  }
}

/** What the walk finds, and what was named: that counts even where a walk would leave it out. */
async function filesOf(root: string, targets: Targets): ReturnType<typeof discover> {
  const folders = targets.folders.filter((folder) => isInside(root, folder));
  return discover([...new Set([root, ...folders])], { files: targets.files.filter((file) => isInside(root, file)) });
}

const emptyScope: ScopeResult = {
  project: { workflows: new Map(), uses: [], files: [], opaque: [], mastra: { kind: 'missing' } },
  workflows: [],
  files: [],
  findings: [],
  suppressed: [],
  opaque: [],
};
