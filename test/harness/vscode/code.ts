#!/usr/bin/env node
/**
 * Looks like VS Code's executable to @vscode/test-electron (`vscodeExecutablePath`): takes the arguments of the desktop
 * and runs the suite in the VS Code server. Exit code 0 when all tests passed.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { artifacts } from '../paths.ts';
import { main } from '../process.ts';
import { runSuite } from './suite.ts';

await main(async () => {
  const { values, positionals } = parseArgs({
    strict: false,
    allowPositionals: true,
    options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
  });
  const { extensionDevelopmentPath, extensionTestsPath } = values;
  if (typeof extensionDevelopmentPath !== 'string' || typeof extensionTestsPath !== 'string') {
    throw new Error('This runs test suites only: give --extensionDevelopmentPath and --extensionTestsPath.');
  }
  const { failed, crashed } = await runSuite({
    extension: path.resolve(extensionDevelopmentPath),
    tests: path.resolve(extensionTestsPath),
    workspace: path.resolve(positionals[0] ?? '.'),
    profile: path.join(artifacts, 'electron/profile'),
    env: process.env['TEST_GREP'] === undefined ? {} : { TEST_GREP: process.env['TEST_GREP'] },
  });
  if (crashed !== undefined) console.error(crashed);
  return crashed === undefined && failed === 0 ? 0 : 1;
});
