/** Asks the compiler whether a mutant that was not found is a mistake at all. */
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

/**
 * The mutants without those that turn out to be none: where the compiler would see such a mistake, and accepts the mutant.
 * Only those that were not found are compiled, in a copy of the project.
 */
export async function trueMistakes(project: MutationProject, judged: readonly Judged[]): Promise<readonly Judged[]> {
  const asked = judged.filter(({ outcome, mutant }) => outcome !== 'found' && mutant.compilerKnows).slice(0, mostAsked);
  if (asked.length === 0 || !existsSync(path.join(project.folder, 'tsconfig.json'))) return judged;
  const copy = realpathSync(mkdtempSync(path.join(tmpdir(), 'mutants-')));
  try {
    const modules = path.join(project.folder, 'node_modules');
    cpSync(project.folder, copy, {
      recursive: true,
      filter: (source) => !['node_modules', '.git', '.mastra'].includes(path.basename(source)),
    });
    if (existsSync(modules)) symlinkSync(modules, path.join(copy, 'node_modules'), 'junction');
    const before = new Set(await errorsIn(copy));
    const harmless = new Set<Judged>();
    for (const each of asked) {
      const { changes } = each.mutant;
      write(project, copy, changes, true);
      if ((await errorsIn(copy)).every((error) => before.has(error))) harmless.add(each);
      write(project, copy, changes, false);
    }
    return judged.filter((each) => !harmless.has(each));
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
