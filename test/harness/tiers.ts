/** The test tiers, in the order in which they run: what is quick and tells most comes first. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from './browser.ts';
import { build, packedExtension } from './build.ts';
import { artifacts, projects, root } from './paths.ts';
import { run } from './process.ts';
import { readReport, removeReport } from './report.ts';
import type { Counts } from './report.ts';
import { installVSCode } from './vscode/install.ts';
import { runSuite } from './vscode/suite.ts';
import { workspaceCopy } from './workspace.ts';

export interface Tier {
  readonly name: string;
  /** It only reads the source, on one core: it runs while the others do, and is printed when it is done. */
  readonly beside?: true;
  /** Runs the tier to its end and prints it. `mochaArgs` are a developer's, e.g. `--grep`. */
  run(mochaArgs: readonly string[]): Promise<TierResult>;
}

export interface TierResult extends Counts {
  /** Why the tier did not get to its end; counts as one failure. */
  readonly crashed?: string | undefined;
}

/** A tier that hangs is ended after this. */
const timeLimit = 10 * 60_000;

const eslint = path.join(root, 'test/lint/node_modules/eslint/bin/eslint.js');
const bin = (name: string, file: string): string => path.join(root, 'node_modules', name, file);

/** Folders of test/ that are a tier of their own; all other tests are unit tests. */
const folders = ['engine', 'rules', 'conformance', 'run', 'servers', 'cli', 'lsp', 'webview', 'syntaxes'];
const notUnit = [...folders, 'bench', 'client', 'docs-blocks', 'lint', 'package', 'projects', 'ui'];

export const tiers: readonly Tier[] = [
  command('typecheck', [bin('typescript', 'bin/tsc'), '-b']),
  command('lint', [eslint, '.', '--max-warnings', '0']),
  command('format', [bin('prettier', 'bin/prettier.cjs'), '--check', '.', '--log-level', 'warn']),
  mocha('unit', ['test/**/*.test.ts', ...notUnit.map((folder) => `!test/${folder}/**`)]),
  mocha('samples', ['test/projects/*.test.ts', 'test/docs-blocks/*.test.ts']),
  mocha('rules', ['test/rules/**/*.test.ts']),
  mocha('engine', ['test/engine/**/*.test.ts']),
  mocha('conformance', ['test/conformance/**/*.test.ts']),
  mocha('run', ['test/run/**/*.test.ts'], () => build({ tests: false })),
  // Real builds by Mastra's own command line.
  mocha('servers', ['test/servers/*.test.ts'], undefined, 2 * timeLimit),
  mocha('cli', ['test/cli/**/*.test.ts'], () => build({ tests: false })),
  mocha('lsp', ['test/lsp/**/*.test.ts'], () => build({ tests: false })),
  mocha('webview', ['test/webview/**/*.test.ts'], ensureChromium),
  mocha('syntaxes', ['test/syntaxes/**/*.test.ts'], installVSCode),
  { name: 'client', run: runClientSuite },
  mocha('package', ['test/package/**/*.test.ts'], packedExtension),
  // Every file of tests has a VS Code of its own.
  mocha('ui', ['test/ui/**/*.test.ts'], packedExtension, 2 * timeLimit),
];

/** A program that either passes or fails as a whole. */
function command(name: string, args: readonly string[]): Tier {
  return {
    name,
    beside: true,
    run: async () => {
      const { code, timedOut } = await run(process.execPath, args, { show: 'on-failure', timeout: timeLimit });
      const crashed = timedOut ? `not done within ${timeLimit / 60_000} minutes` : undefined;
      return { passed: code === 0 ? 1 : 0, failed: code === 0 || timedOut ? 0 : 1, skipped: 0, crashed };
    },
  };
}

/** Mocha over TypeScript files as they are, after `prepare`. Ended after `limit` milliseconds. */
function mocha(
  name: string,
  patterns: readonly string[],
  prepare?: () => Promise<unknown>,
  limit: number = timeLimit,
): Tier {
  return {
    name,
    run: async (mochaArgs) => {
      await prepare?.();
      const report = path.join(artifacts, `${name}.json`);
      mkdirSync(artifacts, { recursive: true });
      removeReport(report);
      const ignored = patterns
        .filter((pattern) => pattern.startsWith('!'))
        .flatMap((pattern) => ['--ignore', pattern.slice(1)]);
      const { code, timedOut } = await run(
        process.execPath,
        [
          bin('mocha', 'bin/mocha.js'),
          ...['--forbid-only', '--reporter', path.join(root, 'test/harness/mocha-reporter.cjs')],
          ...[...patterns.filter((pattern) => !pattern.startsWith('!')), ...ignored, ...mochaArgs],
        ],
        { show: 'live', timeout: limit, env: { TEST_REPORT: report } },
      );
      const counts = readReport(report) ?? { passed: 0, failed: 0, skipped: 0 };
      if (timedOut) return { ...counts, crashed: `not done within ${limit / 60_000} minutes` };
      if (code !== 0 && counts.failed === 0) return { ...counts, crashed: `mocha ended with ${code ?? 'a signal'}` };
      return counts;
    },
  };
}

/** The suite that runs inside VS Code, once on a Mastra project and once on a folder that has nothing to do with Mastra. */
async function runClientSuite(mochaArgs: readonly string[]): Promise<TierResult> {
  await build({ tests: true });
  const grep = mochaArgs.findIndex((arg) => arg === '--grep' || arg === '-g');
  const total = { passed: 0, failed: 0, skipped: 0 };
  const crashes: string[] = [];
  for (const project of ['orders', 'plain']) {
    const folder = path.join(artifacts, `client-${project}`);
    const result = await runSuite({
      extension: root,
      tests: path.join(root, 'dist/test/client.cjs'),
      workspace: workspaceCopy(path.join(projects, project), path.join(folder, project)),
      profile: path.join(folder, 'profile'),
      env: { TEST_SUITE: project, ...(grep === -1 ? {} : { TEST_GREP: mochaArgs[grep + 1] ?? '' }) },
      timeout: timeLimit,
    });
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
    if (result.crashed !== undefined) crashes.push(`${project}: ${result.crashed}`);
  }
  return { ...total, crashed: crashes.length === 0 ? undefined : crashes.join('; ') };
}
