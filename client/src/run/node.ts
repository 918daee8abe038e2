/** Finds a Node that can run Mastra. */
import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { RunFailure } from './problem.ts';

/** What @mastra/core 1.x asks for in its `engines`. */
export const neededNode = '22.13';

export interface NodeProgram {
  readonly path: string;
  readonly version: string;
  /** Variables that make the program behave as Node. */
  readonly environment: NodeJS.ProcessEnv;
}

export interface NodeSearch {
  /** The setting mastra.run.nodePath. */
  readonly setting: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** The program that runs this code and its Node version: VS Code's own, the last resort. */
  readonly own: { readonly path: string; readonly version: string };
}

/**
 * The setting when there is one, else the first `node` on PATH that is new enough, else VS Code's own. Throws RunFailure naming
 * what was found when none is new enough.
 */
export async function findNode(search: NodeSearch): Promise<NodeProgram> {
  const { setting } = search;
  if (setting !== undefined && setting !== '') {
    const version = await nodeVersion(setting);
    if (version === undefined || !isNewEnough(version)) {
      throw new RunFailure({ kind: 'node-setting', needed: neededNode, path: setting, found: version });
    }
    return { path: setting, version, environment: {} };
  }
  const found: string[] = [];
  for (const candidate of onPath(search.environment)) {
    const version = await nodeVersion(candidate);
    if (version === undefined) continue;
    if (isNewEnough(version)) return { path: candidate, version, environment: {} };
    found.push(`${version} (${candidate})`);
  }
  if (isNewEnough(search.own.version)) return { ...search.own, environment: { ELECTRON_RUN_AS_NODE: '1' } };
  throw new RunFailure({ kind: 'node-missing', needed: neededNode, found });
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = neededNode.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

function onPath(environment: NodeJS.ProcessEnv): readonly string[] {
  const windows = process.platform === 'win32';
  // On Windows the variable's name is `Path`.
  const value = Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1] ?? '';
  const files = value
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, windows ? 'node.exe' : 'node'));
  return [...new Set(files)].filter(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const versions = new Map<string, string>();

/** Asked once per program and change of its file. */
async function nodeVersion(program: string): Promise<string | undefined> {
  let key: string;
  try {
    key = `${program} ${statSync(program).mtimeMs}`;
  } catch {
    return undefined;
  }
  const known = versions.get(key);
  if (known !== undefined) return known;
  const version = await new Promise<string | undefined>((resolve) => {
    execFile(program, ['--version'], { timeout: 10_000, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] : undefined);
    });
  });
  if (version !== undefined) versions.set(key, version);
  return version;
}
