/** Asks the compiler whether mutants are mistakes at all: those that were not found, and a sample of those that were. */
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../harness/paths.ts';
import { run } from '../harness/process.ts';
import { mutated, type Change } from './mutant.ts';
import type { MutationProject } from './project.ts';
import type { Judged } from './run.ts';

/** Each takes the compiler a second or two; so many are more than there should be. */
const mostAsked = 40;

export interface Truth {
  /** Without the mutants that turn out to be none: not found, and accepted by a compiler that would see such a mistake. */
  readonly mistakes: readonly Judged[];
  /** Mutants that were found and that the compiler was asked about. */
  readonly asked: number;
  /** Those of them that it sees as well. */
  readonly rejected: number;
}

/** `perKind`: of how many found mutants of each kind the compiler is asked. It works in a copy of the project. */
export async function askCompiler(
  project: MutationProject,
  judged: readonly Judged[],
  perKind: number,
): Promise<Truth> {
  const knowable = judged.filter(({ mutant }) => mutant.compilerKnows);
  const missed = knowable.filter(({ outcome }) => outcome !== 'found').slice(0, mostAsked);
  const counts = new Map<string, number>();
  const found = knowable.filter(({ outcome, mutant: { kind } }) => {
    const count = counts.get(kind) ?? 0;
    if (outcome !== 'found' || count >= perKind) return false;
    counts.set(kind, count + 1);
    return true;
  });
  const hasConfig = existsSync(path.join(project.folder, 'tsconfig.json'));
  const accepted = hasConfig ? await acceptedOf(project, [...missed, ...found]) : new Set<Judged>();
  return {
    mistakes: judged.filter((each) => each.outcome === 'found' || !accepted.has(each)),
    asked: hasConfig ? found.length : 0,
    rejected: hasConfig ? found.filter((each) => !accepted.has(each)).length : 0,
  };
}

async function acceptedOf(project: MutationProject, asked: readonly Judged[]): Promise<ReadonlySet<Judged>> {
  const accepted = new Set<Judged>();
  if (asked.length === 0) return accepted;
  const copy = realpathSync(mkdtempSync(path.join(tmpdir(), 'mutants-')));
  try {
    const modules = path.join(project.folder, 'node_modules');
    cpSync(project.folder, copy, {
      recursive: true,
      filter: (source) => !['node_modules', '.git', '.mastra'].includes(path.basename(source)),
    });
    if (existsSync(modules)) symlinkSync(modules, path.join(copy, 'node_modules'), 'junction');
    const before = new Set(await errorsIn(copy));
    for (const each of asked) {
      const { changes } = each.mutant;
      write(project, copy, changes, true);
      if ((await errorsIn(copy)).every((error) => before.has(error))) accepted.add(each);
      write(project, copy, changes, false);
    }
    return accepted;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function write(project: MutationProject, copy: string, changes: readonly Change[], planted: boolean): void {
  for (const file of new Set(changes.map((change) => change.file))) {
    const text = project.sites.find((site) => site.file === file)?.text ?? '';
    const target = path.join(copy, path.relative(project.folder, file));
    writeFileSync(target, planted ? mutated(text, file, changes) : text);
  }
}

/** What the compiler says, without positions. */
async function errorsIn(folder: string): Promise<readonly string[]> {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const { output } = await run(process.execPath, [compiler, '--noEmit', '--pretty', 'false', '-p', folder], {
    show: 'never',
    timeout: 120_000,
  });
  return output.split('\n').flatMap((line) => /error (TS\d+: .*)/.exec(line)?.[1] ?? []);
}
