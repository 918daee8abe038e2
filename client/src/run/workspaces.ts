/** Packages of the author's own workspace that consist of TypeScript: Node cannot import them as they are, so they are bundled. */
import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface WorkspacePackages {
  /** Package names that Node resolves at run time; `all` when no package of the project needs bundling. */
  readonly external: 'all' | readonly string[];
}

interface PackageFile {
  readonly main?: unknown;
  readonly module?: unknown;
  readonly exports?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly optionalDependencies?: unknown;
}

/**
 * Looks through the dependencies of the package in `root` and, from there, of every TypeScript workspace package it uses. What
 * only a bundled package depends on and `root` cannot resolve is bundled too.
 */
export async function workspacePackages(root: string): Promise<WorkspacePackages> {
  const bundled = new Set<string>();
  const external = new Set<string>();
  const queue = [root];
  const seen = new Set(queue);
  for (const folder of queue) {
    for (const name of dependencyNames(await readPackage(folder))) {
      const target = linkedFolder(folder, name);
      if (target === undefined || !(await isTypeScript(target))) {
        if (folder === root || resolvesFrom(root, name)) external.add(name);
        continue;
      }
      bundled.add(name);
      if (!seen.has(target)) {
        seen.add(target);
        queue.push(target);
      }
    }
  }
  if (bundled.size === 0) return { external: 'all' };
  return { external: [...external].filter((name) => !bundled.has(name)) };
}

async function readPackage(folder: string): Promise<PackageFile> {
  try {
    const content: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    return typeof content === 'object' && content !== null ? content : {};
  } catch {
    return {};
  }
}

function dependencyNames(file: PackageFile): readonly string[] {
  const groups = [file.dependencies, file.devDependencies, file.peerDependencies, file.optionalDependencies];
  return groups.flatMap((group) => (typeof group === 'object' && group !== null ? Object.keys(group) : []));
}

/** The real folder of a dependency that is a link to somewhere outside of any node_modules. */
function linkedFolder(from: string, name: string): string | undefined {
  const found = moduleFolder(from, name);
  if (found === undefined) return undefined;
  const real = realpathSync(found);
  return real.split(path.sep).includes('node_modules') ? undefined : real;
}

function resolvesFrom(from: string, name: string): boolean {
  return moduleFolder(from, name) !== undefined;
}

function moduleFolder(from: string, name: string): string | undefined {
  for (let current = from; ; current = path.dirname(current)) {
    const candidate = path.join(current, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (current === path.dirname(current)) return undefined;
  }
}

const typescriptFile = /(?<!\.d)\.[mc]?tsx?$/;

/** True when the package's entry is TypeScript, or is not built while its source is there. */
async function isTypeScript(folder: string): Promise<boolean> {
  const file = await readPackage(folder);
  const targets = [...strings(file.exports), ...strings(file.main), ...strings(file.module)];
  if (targets.length === 0)
    return existsSync(path.join(folder, 'index.ts')) && !existsSync(path.join(folder, 'index.js'));
  return targets.some((target) => typescriptFile.test(target));
}

/** Every path in an `exports` value, except those for type checkers. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'types' ? [] : strings(inner)));
}
