/** Where a run takes place: the package of the workflow, its Mastra entry, working directory and environment. As `mastra dev` has them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { RunFailure } from './problem.ts';

export interface RunProject {
  /** Folder of the package.json. */
  readonly root: string;
  /** The file that makes `new Mastra(...)`; undefined when there is none: the workflow runs on its own. */
  readonly entry: string | undefined;
  /** The folder that `mastra dev` calls the Mastra folder. */
  readonly mastraFolder: string | undefined;
}

/** In the order in which `mastra dev` looks for them, most usual first. */
const entryNames = ['src/mastra/index', 'mastra/index'].flatMap((name) =>
  ['.ts', '.js', '.mts', '.mjs'].map((extension) => name + extension),
);

/**
 * The project that `file` belongs to: the nearest folder upwards, not above `folder`, that has a package.json and a Mastra
 * entry; without an entry anywhere, the nearest package.json. `entrySetting` (mastra.run.entry, relative to `folder`) names
 * the entry instead. Throws RunFailure when there is no package.json or the setting names no file.
 */
export function findProject(file: string, folder: string, entrySetting: string | undefined): RunProject {
  const packages = packageFolders(file, folder);
  if (entrySetting !== undefined && entrySetting !== '') {
    const entry = path.resolve(folder, entrySetting);
    if (!existsSync(entry)) throw new RunFailure({ kind: 'entry-setting', entry: entrySetting });
    const root = packageFolders(entry, folder)[0] ?? folder;
    return { root, entry, mastraFolder: path.dirname(entry) };
  }
  for (const root of packages) {
    const name = entryNames.find((candidate) => existsSync(path.join(root, candidate)));
    if (name === undefined) continue;
    const entry = path.join(root, name);
    return { root, entry, mastraFolder: path.dirname(entry) };
  }
  const root = packages[0];
  if (root === undefined) throw new RunFailure({ kind: 'no-project', file });
  return { root, entry: undefined, mastraFolder: undefined };
}

/** Folders with a package.json from `file` upwards to `folder`; above it only when `folder` itself has none below. */
function packageFolders(file: string, folder: string): readonly string[] {
  const inside: string[] = [];
  const above: string[] = [];
  for (let current = path.dirname(file); ; current = path.dirname(current)) {
    if (existsSync(path.join(current, 'package.json'))) (contains(folder, current) ? inside : above).push(current);
    if (current === path.dirname(current)) break;
  }
  return inside.length > 0 ? inside : above;
}

function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/**
 * `mastra dev` runs in `<Mastra folder>/public`, which it creates; a database at `file:./x.db` lies there. That folder is used
 * when it exists; when it does not, `needsPublic` says whether a run would leave a file in the wrong place without it.
 */
export function workingDirectory(
  project: RunProject,
  usesRelativeFiles: boolean,
): { readonly directory: string; readonly create: boolean } {
  if (project.mastraFolder === undefined) return { directory: project.root, create: false };
  const publicFolder = path.join(project.mastraFolder, 'public');
  if (existsSync(publicFolder)) return { directory: publicFolder, create: false };
  return usesRelativeFiles ? { directory: publicFolder, create: true } : { directory: project.root, create: false };
}

/** True when a bundle or the environment names a database by a relative `file:` URL. */
export function namesRelativeFile(bundle: string, environment: NodeJS.ProcessEnv): boolean {
  const relative = /^file:(?!\/|:memory:)./;
  return (
    /["'`]file:(?!\/|:memory:)[^"'`\s]/.test(bundle) ||
    Object.values(environment).some((value) => value !== undefined && relative.test(value))
  );
}

/**
 * The environment of the run: `.env` < `.env.local` < `.env.development` < what VS Code itself has, as with `mastra dev`, which
 * also sets NODE_ENV=production for the packages it loads. Telemetry and model look-ups of Mastra stay off unless the author
 * turned them on. VS Code's own variables are not passed on.
 */
export function runEnvironment(project: RunProject, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const fromFiles: NodeJS.ProcessEnv = {};
  for (const name of ['.env', '.env.local', '.env.development']) {
    const file = path.join(project.root, name);
    if (existsSync(file)) Object.assign(fromFiles, parseEnv(readFileSync(file, 'utf8')));
  }
  const own = Object.entries(inherited).filter(([name]) => !/^(VSCODE_|ELECTRON_|FORCE_COLOR$)/.test(name));
  return {
    MASTRA_TELEMETRY_DISABLED: '1',
    MASTRA_OFFLINE: '1',
    NODE_ENV: 'production',
    ...fromFiles,
    ...Object.fromEntries(own),
    MASTRA_DEV: 'true',
    MASTRA_PROJECT_ROOT: project.root,
    // Output channels show no colours.
    NO_COLOR: '1',
  };
}
