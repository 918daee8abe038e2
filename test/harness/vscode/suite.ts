/**
 * Runs a test suite inside the extension host of a real VS Code, with the contract of @vscode/test-electron: the suite's
 * module exports `run(): Promise<void>`, which rejects on failure. Beyond that, `run` is told by two variables where to
 * write: TEST_OUTPUT (a file for what it prints; the workbench's own log would drown it) and TEST_REPORT (JSON, report.ts).
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { launchBrowser } from '../browser.ts';
import { seconds } from '../process.ts';
import { readReport } from '../report.ts';
import type { Counts } from '../report.ts';
import { remoteUri, startServer, workbenchUrl } from './server.ts';
import type { VSCodeServer } from './server.ts';
import { quietSettings, writeSettings } from './settings.ts';
import type { Settings } from './settings.ts';

export interface SuiteOptions {
  /** The extension under development. */
  readonly extension: string;
  /** The suite's module: CommonJS, one file. */
  readonly tests: string;
  readonly workspace: string;
  /** A fresh profile is made here; logs and `failure.png` stay. */
  readonly profile: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Settings;
  /** Keep "Restricted Mode" as for a user. Off by default: the workspace is trusted. */
  readonly workspaceTrust?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
  /** When what the suite prints is printed; `live` when it is not given. */
  readonly show?: 'live' | 'at-end';
}

export interface SuiteResult extends Counts {
  /** Undefined when the suite ran to its end, passed or not. */
  readonly crashed: string | undefined;
}

/** Runs the suite and prints what it prints. Never rejects for what happens inside VS Code: see `crashed`. */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const start = performance.now();
  rmSync(options.profile, { recursive: true, force: true });
  mkdirSync(options.profile, { recursive: true });
  const file = (name: string): string => path.join(options.profile, name);
  const [reportFile, outputFile, automationLog] = [file('report.json'), file('output.log'), file('automation.log')];
  const env = { ...options.env, TEST_REPORT: reportFile, TEST_OUTPUT: outputFile };
  writeSettings(options.profile, { ...quietSettings, ...options.settings });

  let printed = 0;
  const print = (): void => {
    if (!existsSync(outputFile)) return;
    const all = readFileSync(outputFile);
    process.stdout.write(all.subarray(printed));
    printed = all.length;
  };
  const printing = options.show === 'at-end' ? undefined : setInterval(print, 100);

  let server: VSCodeServer | undefined;
  let crashed: string | undefined;
  try {
    // Without --enable-smoke-test-driver a built VS Code ignores extensionDevelopmentPath and the like in the URL.
    const args = [
      '--enable-smoke-test-driver',
      ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ];
    server = await startServer({ profile: options.profile, env, args });
    crashed = await runInWorkbench(server, options, env, automationLog);
  } catch (error) {
    crashed = error instanceof Error ? error.message : String(error);
  } finally {
    await server?.stop();
    clearInterval(printing);
    print();
  }
  const report = readReport(reportFile);
  // VS Code says "success" as well when the extension host was killed in the middle of a test.
  crashed ??= report === undefined ? 'VS Code ended, but the suite wrote no report' : abnormalEnd(options.profile);
  console.log(`  (VS Code ${seconds(start)} s; logs in ${options.profile})`);
  return { passed: report?.passed ?? 0, failed: report?.failed ?? 0, skipped: report?.skipped ?? 0, crashed };
}

/** Opens the workbench and waits for the suite's end. The result is what went wrong, if the suite could not tell. */
async function runInWorkbench(
  server: VSCodeServer,
  options: SuiteOptions,
  env: Readonly<Record<string, string>>,
  automationLog: string,
): Promise<string | undefined> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    let resolve: (crashed: string | undefined) => void = () => undefined;
    const ended = new Promise<string | undefined>((settle) => (resolve = settle));
    // VS Code calls these two when it runs extension tests in a browser.
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
      appendFileSync(automationLog, `[${type}] ${format(...args)}\n`),
    );
    await page.exposeFunction('codeAutomationExit', () => resolve(undefined));
    page.on('crash', () => resolve("VS Code's page crashed"));
    page.on('dialog', (dialog) => void dialog.accept());
    const url = workbenchUrl(server.authority, {
      folder: options.workspace,
      payload: [
        ['extensionDevelopmentPath', remoteUri(server.authority, options.extension)],
        ['extensionTestsPath', remoteUri(server.authority, options.tests)],
        ['extensionEnvironment', JSON.stringify(env)],
      ],
    });
    await page.goto(url);
    const watching = setInterval(() => {
      // A suite that ends as it should reports through codeAutomationExit first.
      if (hostExit.test(readFileSync(server.logFile, 'utf8'))) setTimeout(() => resolve(undefined), 3000);
    }, 500);
    const limit = options.timeout ?? 300_000;
    const timer = setTimeout(() => resolve(`the suite did not end within ${limit / 1000} s`), limit);
    const crashed = await ended;
    clearInterval(watching);
    clearTimeout(timer);
    if (crashed !== undefined || (readReport(env['TEST_REPORT'] ?? '')?.failed ?? 1) > 0) {
      await page.screenshot({ path: path.join(options.profile, 'failure.png') }).catch(() => undefined);
    }
    return crashed;
  } finally {
    await browser.close().catch(() => undefined);
  }
}

const hostExit = /Extension Host Process exited with code/;

function abnormalEnd(profile: string): string | undefined {
  const log = readFileSync(path.join(profile, 'server.log'), 'utf8');
  const found = /Extension Host Process exited with code: (?!0, signal: null)(.*)\./.exec(log);
  return found === null ? undefined : `the extension host ended abnormally (code ${found[1]})`;
}
