/** Asks the compiler about mutants, in a copy of the project. */
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../harness/paths.ts';
import { run } from '../harness/process.ts';
import { mutated, type Change } from './mutant.ts';
import type { MutationProject } from './project.ts';

export interface Compiler {
  /** What the compiler says of these changes, and not without them. */
  readonly errors: (changes: readonly Change[]) => Promise<readonly string[]>;
  readonly close: () => void;
}

/** Undefined for a project without a `tsconfig.json`. */
export async function startCompiler(project: MutationProject): Promise<Compiler | undefined> {
  if (!existsSync(path.join(project.folder, 'tsconfig.json'))) return undefined;
  const copy = realpathSync(mkdtempSync(path.join(tmpdir(), 'mutants-')));
  const modules = path.join(project.folder, 'node_modules');
  cpSync(project.folder, copy, {
    recursive: true,
    filter: (source) => !['node_modules', '.git', '.mastra'].includes(path.basename(source)),
  });
  if (existsSync(modules)) symlinkSync(modules, path.join(copy, 'node_modules'), 'junction');
  const before = new Set(await errorsIn(copy));

  function write(changes: readonly Change[], planted: boolean): void {
    for (const file of new Set(changes.map((change) => change.file))) {
      const text = project.sites.find((site) => site.file === file)?.text ?? '';
      const target = path.join(copy, path.relative(project.folder, file));
      writeFileSync(target, planted ? mutated(text, file, changes) : text);
    }
  }

  return {
    async errors(changes) {
      write(changes, true);
      try {
        return (await errorsIn(copy)).filter((error) => !before.has(error));
      } finally {
        write(changes, false);
      }
    },
    close() {
      rmSync(copy, { recursive: true, force: true });
    },
  };
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
