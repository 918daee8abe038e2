/**
 * The snapshots of one life of the native process. Snapshots are made one after the other, read side by side, and
 * released in the process as soon as nobody reads them and a newer one is there.
 */
import type { Project, Snapshot } from 'typescript/unstable/async';
import { fileKey } from './files.ts';
import type { NativeProcess } from './process.ts';
import { programOf, type Program } from './program.ts';
import { copyOfConfig, createTreeHolder, originalOfConfig } from './side-by-side.ts';
import type { TreeHolder } from './side-by-side.ts';
import { isConfigFile } from './tsconfig.ts';

/** One consistent state of all programs that the files of a read belong to. Valid only inside `Engine.read`. */
export interface ProgramSet {
  readonly programs: readonly Program[];
  /** The program of the nearest tsconfig that holds `file`, else the one of files outside every tsconfig. */
  programFor(file: string): Promise<Program | undefined>;
}

export interface FileChanges {
  readonly changed?: readonly string[];
  readonly created?: readonly string[];
  readonly deleted?: readonly string[];
  /** Anything may have changed, e.g. dependencies were installed: read everything again. */
  readonly everything?: boolean;
}

export interface Lease {
  readonly programs: ProgramSet;
  /** Questions fail from now on, once a newer snapshot is there and nobody else reads this one. */
  readonly release: () => void;
}

export interface Session {
  /** The newest snapshot, with `changes` taken in and every file of `files` in a program. Called one at a time. */
  acquire(files: readonly string[], changes: FileChanges): Promise<Lease>;
}

interface SessionOptions {
  readonly process: NativeProcess;
  /** Name of the config that holds the files outside every tsconfig. */
  readonly looseConfig: string;
  /** Files outside every tsconfig, as `looseConfig` lists them when it is read. Owned by the caller, changed here. */
  readonly looseFiles: Set<string>;
  /** How many programs share the files of a config; files found later go to the first. */
  readonly programsPerConfig: number;
  readonly log: (message: string) => void;
}

/** What a file belongs to: the name of a config (or of its copy), or nothing because TypeScript does not know the file. */
type Membership = string | undefined;

export function createSession({ process, looseConfig, looseFiles, programsPerConfig, log }: SessionOptions): Session {
  const memberships = new Map<string, Membership>();
  const openConfigs = new Set<string>();
  const readers = new Map<Snapshot, number>();
  const programSets = new WeakMap<Snapshot, ProgramSet>();
  let current: Snapshot | undefined;

  async function update(parameters: Parameters<NativeProcess['api']['updateSnapshot']>[0]): Promise<Snapshot> {
    const previous = current;
    current = await process.api.updateSnapshot(parameters);
    if (previous !== undefined && !readers.has(previous)) dispose(previous);
    return current;
  }

  /** Nobody waits for it; when the process has ended, so have its snapshots. */
  function dispose(snapshot: Snapshot): void {
    snapshot.dispose().catch((error: unknown) => {
      if (!process.hasEnded()) log(`A snapshot could not be released: ${String(error)}`);
    });
  }

  /** Which files have to be looked up (again) because of `changes`. */
  function forget(changes: FileChanges): void {
    const touched = [...(changes.changed ?? []), ...(changes.created ?? []), ...(changes.deleted ?? [])];
    if (changes.everything === true || touched.some(isConfigFile)) {
      memberships.clear();
      return;
    }
    for (const file of touched) {
      const key = fileKey(file);
      const structural = changes.changed?.includes(file) !== true;
      if (structural || memberships.get(key) === undefined) memberships.delete(key);
    }
  }

  /**
   * Finds the config of each file. TypeScript does that for files opened as an editor opens them, but then keeps its own
   * copy of their text. So they are opened only to be found; their projects stay open instead.
   */
  async function locate(files: readonly string[], snapshot: Snapshot): Promise<Snapshot> {
    const projects = await Promise.all(files.map((file) => snapshot.getDefaultProjectForFile(file)));
    const before = [...looseFiles].sort().join('\n');
    const dealt = new Map<string, number>();
    files.forEach((file, index) => {
      const project = projects[index];
      const loose = project !== undefined && !isConfigFile(project.configFileName);
      if (loose) looseFiles.add(file);
      else looseFiles.delete(file);
      const config = loose ? looseConfig : project?.configFileName;
      if (config === undefined) memberships.set(fileKey(file), undefined);
      else {
        const turn = dealt.get(config) ?? 0;
        dealt.set(config, turn + 1);
        memberships.set(fileKey(file), copyOfConfig(config, turn % programsPerConfig));
      }
    });
    const wanted = new Set([...memberships.values()].filter((config) => config !== undefined));
    const opened = [...wanted].filter((config) => !openConfigs.has(config));
    const closed = [...openConfigs].filter((config) => !wanted.has(config));
    for (const config of opened) openConfigs.add(config);
    for (const config of closed) openConfigs.delete(config);
    const looseChanged = before !== [...looseFiles].sort().join('\n');
    return update({
      openProjects: opened,
      closeProjects: closed,
      closeFiles: [...files],
      ...(looseChanged ? { fileChanges: { changed: [looseConfig] } } : {}),
    });
  }

  function programsOf(snapshot: Snapshot): ProgramSet {
    const known = programSets.get(snapshot);
    if (known !== undefined) return known;
    const holders = new Map<string, TreeHolder>();
    const holderOf = (project: Project): TreeHolder => {
      const config = originalOfConfig(project.configFileName);
      const holder = holders.get(config) ?? createTreeHolder();
      holders.set(config, holder);
      return holder;
    };
    const programs = new Map<Project, Program>(
      snapshot.getProjects().map((project) => [project, programIn(project, holderOf(project))]),
    );
    const config = new Map(memberships);
    const set: ProgramSet = {
      programs: [...programs.values()],
      async programFor(file) {
        const name = config.get(fileKey(file));
        const project = name === undefined ? await snapshot.getDefaultProjectForFile(file) : snapshot.getProject(name);
        return project === undefined ? undefined : programs.get(project);
      },
    };
    programSets.set(snapshot, set);
    return set;
  }

  function programIn(project: Project, holderOf: TreeHolder): Program {
    const program = programOf(project, holderOf);
    const config = originalOfConfig(project.configFileName);
    return { ...program, configFile: program.configFile === undefined || config === looseConfig ? undefined : config };
  }

  function lease(snapshot: Snapshot): Lease {
    readers.set(snapshot, (readers.get(snapshot) ?? 0) + 1);
    let released = false;
    return {
      programs: programsOf(snapshot),
      release() {
        if (released) return;
        released = true;
        const left = (readers.get(snapshot) ?? 1) - 1;
        if (left > 0) {
          readers.set(snapshot, left);
          return;
        }
        readers.delete(snapshot);
        if (snapshot !== current) dispose(snapshot);
      },
    };
  }

  return {
    async acquire(files, changes) {
      forget(changes);
      for (const file of changes.deleted ?? []) looseFiles.delete(file);
      const unknown = files.filter((file) => !memberships.has(fileKey(file)));
      const fileChanges = fileChangesOf(changes);
      if (current !== undefined && unknown.length === 0 && fileChanges === undefined) return lease(current);
      const snapshot = await update({ openFiles: unknown, ...(fileChanges === undefined ? {} : { fileChanges }) });
      return lease(unknown.length === 0 ? snapshot : await locate(unknown, snapshot));
    },
  };
}

type NativeFileChanges = NonNullable<NonNullable<Parameters<NativeProcess['api']['updateSnapshot']>[0]>['fileChanges']>;

function fileChangesOf(changes: FileChanges): NativeFileChanges | undefined {
  if (changes.everything === true) return { invalidateAll: true };
  const [changed, created, deleted] = [changes.changed ?? [], changes.created ?? [], changes.deleted ?? []];
  if (changed.length + created.length + deleted.length === 0) return undefined;
  return { changed: [...changed], created: [...created], deleted: [...deleted] };
}
