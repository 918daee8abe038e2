/** Finds the project's own `mastra` command, as its package manager would. Nothing is ever downloaded. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';

export type MastraCli =
  /** To be run by Node. `version` is the package's. */
  | { readonly kind: 'script'; readonly file: string; readonly version: string }
  /** Yarn without node_modules: only Yarn knows where packages lie. */
  | { readonly kind: 'yarn' }
  | { readonly kind: 'missing'; readonly install: string };

const packageSchema = z.object({
  version: z.string(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]),
});

/**
 * Looks in the node_modules of `root` and of every folder above (npm, pnpm, Yarn and bun put or link the package there, and hoist
 * it in workspaces), then for Yarn's Plug'n'Play.
 */
export function findCli(root: string): MastraCli {
  for (const folder of upwards(root)) {
    const found = cliIn(path.join(folder, 'node_modules', 'mastra'));
    if (found !== undefined) return found;
  }
  const pnp = upwards(root).some((folder) => existsSync(path.join(folder, '.pnp.cjs')));
  if (pnp && dependsOnCli(root)) return { kind: 'yarn' };
  return { kind: 'missing', install: installCommand(packageManager(root)) };
}

function cliIn(folder: string): MastraCli | undefined {
  const content = readJson(path.join(folder, 'package.json'));
  const parsed = packageSchema.safeParse(content);
  if (!parsed.success) return undefined;
  const { bin, version } = parsed.data;
  const script = typeof bin === 'string' ? bin : bin['mastra'];
  if (script === undefined) return undefined;
  const file = path.join(folder, script);
  return existsSync(file) ? { kind: 'script', file, version } : undefined;
}

function dependsOnCli(root: string): boolean {
  const schema = z.object({
    dependencies: z.optional(z.record(z.string(), z.string())),
    devDependencies: z.optional(z.record(z.string(), z.string())),
  });
  const parsed = schema.safeParse(readJson(path.join(root, 'package.json')));
  return parsed.success && 'mastra' in { ...parsed.data.dependencies, ...parsed.data.devDependencies };
}

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const lockFiles: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

/** By the `packageManager` field or the lock file, nearest folder first; npm when nothing says. */
export function packageManager(root: string): PackageManager {
  const schema = z.object({ packageManager: z.string() });
  for (const folder of upwards(root)) {
    const declared = schema.safeParse(readJson(path.join(folder, 'package.json')));
    const name = declared.success ? declared.data.packageManager.split('@')[0] : undefined;
    if (name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun') return name;
    const found = lockFiles.find(([file]) => existsSync(path.join(folder, file)));
    if (found !== undefined) return found[1];
  }
  return 'npm';
}

function installCommand(manager: PackageManager): string {
  switch (manager) {
    case 'npm':
      return 'npm install --save-dev mastra';
    case 'pnpm':
      return 'pnpm add --save-dev mastra';
    case 'yarn':
      return 'yarn add --dev mastra';
    case 'bun':
      return 'bun add --dev mastra';
  }
}

function upwards(from: string): readonly string[] {
  const folders = [from];
  for (let current = from; current !== path.dirname(current);) {
    current = path.dirname(current);
    folders.push(current);
  }
  return folders;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
