/**
 * The client suite: runs inside the extension host of a real VS Code, on the contract of @vscode/test-electron.
 * Environment: TEST_SUITE (`plain` for a workspace without Mastra, else the sample project `orders`), TEST_GREP,
 * TEST_OUTPUT (file for what is printed) and TEST_REPORT (JSON with `passed`, `failed`, `skipped`).
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';

export async function run(): Promise<void> {
  printToFile(process.env['TEST_OUTPUT']);
  // mocha takes hold of the console when it is loaded, and is an ES module.
  const { default: Mocha } = await import('mocha');
  const grep = process.env['TEST_GREP'];
  const mocha = new Mocha({
    ui: 'bdd',
    color: true,
    timeout: 60_000,
    forbidOnly: true,
    ...(grep === undefined || grep === '' ? {} : { grep }),
  });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await (process.env['TEST_SUITE'] === 'plain' ? plain() : orders());
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      const { passes, pending } = runner.stats ?? { passes: 0, pending: 0 };
      const report = process.env['TEST_REPORT'];
      if (report !== undefined) {
        writeFileSync(report, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      }
      if (failures > 0) {
        reject(new Error(`${failures} tests failed`));
      } else {
        resolve();
      }
    });
  });
}

/** The order matters: the first suite looks at an extension that was not activated yet. */
async function orders(): Promise<void> {
  await import('./suites/activation.ts');
  await import('./suites/status.ts');
  await import('./suites/diagnostics.ts');
  await import('./suites/lens.ts');
  await import('./suites/commands.ts');
  await import('./suites/graph.ts');
  await import('./suites/picker.ts');
  await import('./suites/runs.ts');
  await import('./suites/resume.ts');
  await import('./suites/history.ts');
  await import('./suites/settings.ts');
  await import('./suites/restart.ts');
}

async function plain(): Promise<void> {
  await import('./suites/plain.ts');
}

/** The extension host's console ignores assignments to its methods, so the whole console is replaced by one that inherits. */
function printToFile(file: string | undefined): void {
  if (file === undefined) {
    return;
  }
  const write = (...values: readonly unknown[]) => {
    appendFileSync(file, `${format(...values)}\n`);
  };
  const names = ['log', 'info', 'warn', 'error', 'debug'];
  const methods = Object.fromEntries(names.map((name) => [name, { value: write }]));
  globalThis.console = Object.create(console, methods) as Console;
}
