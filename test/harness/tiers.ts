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

/** Tiers of a lane run one after the other, and lanes side by side: most tests wait for something more often than they work. */
export const lanes = ['sources', 'programs', 'pages'] as const;

export interface Tier {
  readonly name: string;
  readonly lane: (typeof lanes)[number];
  /** Brings what the tier needs and others may need as well; called before any tier runs. */
  prepare?(): Promise<unknown>;
  /** Runs the tier to its end and prints it. */
  run(options: TierOptions): Promise<TierResult>;
}

export interface TierOptions {
  /** A developer's, e.g. `--grep`. */
  readonly mochaArgs: readonly string[];
  /** Whether other tiers print at the same time: then it prints when it is done. */
  readonly show: 'live' | 'at-end';
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

const buildProduct = (): Promise<unknown> => build({ tests: false });

export const tiers: readonly Tier[] = [
  command('typecheck', [bin('typescript', 'bin/tsc'), '-b']),
  command('lint', [eslint, '.', '--max-warnings', '0']),
  command('format', [bin('prettier', 'bin/prettier.cjs'), '--check', '.', '--log-level', 'warn']),
  mocha('unit', ['test/**/*.test.ts', ...notUnit.map((folder) => `!test/${folder}/**`)]),
  mocha('samples', ['test/projects/*.test.ts', 'test/docs-blocks/*.test.ts']),
  mocha('rules', ['test/rules/**/*.test.ts']),
  mocha('engine', ['test/engine/**/*.test.ts']),
  mocha('conformance', ['test/conformance/**/*.test.ts']),
  mocha('run', ['test/run/**/*.test.ts'], { prepare: buildProduct }),
  mocha('cli', ['test/cli/**/*.test.ts'], { prepare: buildProduct }),
  mocha('lsp', ['test/lsp/**/*.test.ts'], { prepare: buildProduct }),
  { name: 'client', lane: 'programs', prepare: () => build({ tests: true }), run: runClientSuite },
  mocha('package', ['test/package/**/*.test.ts'], { lane: 'pages', prepare: packedExtension }),
  mocha('syntaxes', ['test/syntaxes/**/*.test.ts'], { lane: 'pages', prepare: installVSCode }),
  mocha('webview', ['test/webview/**/*.test.ts'], { lane: 'pages', prepare: ensureChromium }),
  // Real builds by Mastra's own command line. Not beside `ui`, which starts the same servers: both would take the same port.
  mocha('servers', ['test/servers/*.test.ts'], { lane: 'pages', limit: 2 * timeLimit }),
  // Every file of tests has a VS Code of its own.
  mocha('ui', ['test/ui/**/*.test.ts'], { lane: 'pages', prepare: prepareWorkbench, limit: 2 * timeLimit }),
];

async function prepareWorkbench(): Promise<void> {
  await installVSCode();
  await ensureChromium();
  await packedExtension();
}

/** A program that either passes or fails as a whole. */
function command(name: string, args: readonly string[]): Tier {
  return {
    name,
    lane: 'sources',
    run: async () => {
      const { code, timedOut } = await run(process.execPath, args, { show: 'on-failure', timeout: timeLimit });
      const crashed = timedOut ? `not done within ${timeLimit / 60_000} minutes` : undefined;
      return { passed: code === 0 ? 1 : 0, failed: code === 0 || timedOut ? 0 : 1, skipped: 0, crashed };
    },
  };
}

interface MochaTier {
  readonly lane?: Tier['lane'];
  readonly prepare?: () => Promise<unknown>;
  /** Milliseconds after which it is ended. */
  readonly limit?: number;
}

/** Mocha over TypeScript files as they are. */
function mocha(
  name: string,
  patterns: readonly string[],
  { lane = 'programs', prepare, limit = timeLimit }: MochaTier = {},
): Tier {
  return {
    name,
    lane,
    ...(prepare === undefined ? {} : { prepare }),
    run: async ({ mochaArgs, show }) => {
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
        { show, timeout: limit, env: { TEST_REPORT: report } },
      );
      const counts = readReport(report) ?? { passed: 0, failed: 0, skipped: 0 };
      if (timedOut) return { ...counts, crashed: `not done within ${limit / 60_000} minutes` };
      if (code !== 0 && counts.failed === 0) return { ...counts, crashed: `mocha ended with ${code ?? 'a signal'}` };
      return counts;
    },
  };
}

/** The suite that runs inside VS Code, once on a Mastra project and once on a folder that has nothing to do with Mastra. */
async function runClientSuite({ mochaArgs, show }: TierOptions): Promise<TierResult> {
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
      show,
    });
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
    if (result.crashed !== undefined) crashes.push(`${project}: ${result.crashed}`);
  }
  return { ...total, crashed: crashes.length === 0 ? undefined : crashes.join('; ') };
}
