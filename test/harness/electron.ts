/**
 * `npm run test:electron`: the client suite through @vscode/test-electron, in the VS Code that VSCODE_EXECUTABLE names, or
 * else in a downloaded one (Linux: under `xvfb-run -a`). With `--server` in the VS Code server, by the same way.
 */
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from './build.ts';
import { artifacts, projects, root } from './paths.ts';
import { main } from './process.ts';
import { workspaceCopy } from './workspace.ts';

await main(async () => {
  const server = path.join(root, 'test/harness/vscode/code.ts');
  const executable = process.argv.includes('--server') ? server : process.env['VSCODE_EXECUTABLE'];
  await build({ tests: true });
  return await runTests({
    ...(executable === undefined ? { version: 'stable' } : { vscodeExecutablePath: path.resolve(executable) }),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'dist/test/client.cjs'),
    launchArgs: [
      workspaceCopy(path.join(projects, 'orders'), path.join(artifacts, 'electron/workspace')),
      '--disable-extensions',
    ],
  });
});
