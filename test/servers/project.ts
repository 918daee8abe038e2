/** Copies of the sample project in which Mastra's own servers can be started. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projects } from '../harness/paths.ts';
import { ordersFolder } from '../projects/orders.expected.ts';

/** Where `mastra`, `@mastra/deployer` and the packages of the sample project are installed together. */
export const serverModules = path.join(import.meta.dirname, 'node_modules');

export interface ServedProject {
  readonly root: string;
  /** Where its storage is. */
  readonly database: string;
  write(name: string, text: string): void;
  dispose(): void;
}

/**
 * The sources of `orders` and the workflows of projects/trials, with the packages of test/servers. `options` are added to those of
 * `new Mastra`, as source text.
 */
export function copyOrders(options = '', imports = ''): ServedProject {
  const root = mkdtempSync(path.join(os.tmpdir(), 'mastra-served-'));
  for (const name of ['src', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(ordersFolder, name), path.join(root, name), { recursive: true });
  }
  symlinkSync(serverModules, path.join(root, 'node_modules'));
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  };
  write('src/mastra/trials.ts', readFileSync(path.join(projects, 'trials/trials.ts'), 'utf8'));
  const entry = readFileSync(path.join(root, 'src/mastra/index.ts'), 'utf8');
  const added = entry
    .replace('\nexport const mastra', `\nimport * as trials from './trials';\n${imports}\nexport const mastra`)
    .replace('  workflows: {\n', `  ${options}\n  workflows: {\n    ...trials,\n`);
  write('src/mastra/index.ts', added);
  return {
    root,
    database: path.join(root, 'orders.db'),
    write,
    dispose: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}
