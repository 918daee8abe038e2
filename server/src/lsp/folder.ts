/**
 * The analysis of one workspace folder: keeps its model and findings in step with the editor and the disk. The engine's
 * process is started when the first file that uses Mastra is found, and not before.
 */
import type { ProjectModel, WorkflowKey } from '../../../common/model/index.ts';
import type { ServerStatus } from '../../../common/protocol/messages.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import { createProjectAnalysis, type ProjectUpdate } from '../project/analyze.ts';
import { isSourceFile } from '../project/discover.ts';
import { createShapeReading } from '../project/shapes.ts';
import { catalog, findingsOf, monitorRules, type RuleSettings } from '../rules/index.ts';
import {
  EngineStopped,
  startEngine,
  type Engine,
  type EngineState,
  type FileChanges,
  type ProgramSet,
} from '../typescript/engine.ts';
import { fileKey } from '../typescript/files.ts';
import { groupBy } from '../features/groups.ts';
import type { Documents } from './documents.ts';
import { describeFailure, isAbort, messageOf, type Log } from './logging.ts';
import { createScheduler } from './scheduler.ts';
import { createSources } from './sources.ts';

/** Quiet time after an edit before the analysis starts. Short: an outdated run costs nothing, it is cancelled. */
const quietMilliseconds = 2;

/** With fewer files besides the open ones, reading those first would only delay the whole. */
const manyFiles = 8;

/** Rules that have to wait until every file of the project is read. */
const rulesAcrossFilesOff: RuleSettings = Object.fromEntries(
  catalog.filter(({ acrossFiles }) => acrossFiles === true).map(({ id }) => [id, 'off']),
);

/** So many failed starts in a row are shown to the user; the engine goes on trying. */
const failuresShown = 3;

export interface Analysis {
  readonly project: ProjectModel;
  readonly findings: readonly Finding[];
  /** First syntax error of each file that does not parse. */
  readonly syntaxErrors: ReadonlyMap<string, string>;
  /** Counts up with every analysis of the folder. */
  readonly revision: number;
  /** Versions of the open documents it was made from, by file key. */
  readonly versions: ReadonlyMap<string, number>;
}

export interface FolderOptions {
  /** As the editor names it, for status messages. */
  readonly uri: string;
  /** Absolute path with forward slashes. */
  readonly path: string;
  /** False for files that belong to another folder of the workspace, inside this one. */
  readonly owns: (file: string) => boolean;
  readonly documents: Documents;
  readonly settings: () => Promise<RuleSettings>;
  readonly log: Log;
  readonly onStatus: (status: ServerStatus) => void;
  /** `upToDate` answers with a new analysis from now on. */
  readonly onAnalysed: () => void;
  /** All findings of the folder, and the versions of the open documents (by file key) that they are about. */
  readonly onFindings: (findings: readonly Finding[], versions: Analysis['versions']) => void;
  /** `files` are those whose model or findings changed; never empty. */
  readonly onModelChanged: (files: readonly string[]) => void;
}

export interface FolderAnalysis {
  readonly path: string;
  readonly uri: string;
  /** A document was opened, edited or closed. `isNewText` is false when the text is the one that counted before. */
  readonly edited: (file: string, isNewText: boolean) => void;
  /** Files changed on disk. */
  readonly changed: (changes: FileChanges) => void;
  /** Settings changed: findings are made anew. */
  readonly reconfigured: () => void;
  /**
   * The analysis of the texts as they are now, waiting for it where it is under way. Undefined when there is none, e.g.
   * because the engine cannot be started. Rejects with an AbortError when `signal` fires.
   */
  readonly upToDate: (signal?: AbortSignal) => Promise<Analysis | undefined>;
  /** Like `upToDate`, with the shapes of the data in everything that the drawing of the workflow `key` shows. */
  readonly forDrawing: (key: WorkflowKey, signal?: AbortSignal) => Promise<Analysis | undefined>;
  /** Like `upToDate`, with the shapes of the data in the workflows of these files. */
  readonly withShapes: (
    files: (project: ProjectModel) => readonly string[],
    signal?: AbortSignal,
  ) => Promise<Analysis | undefined>;
  readonly close: () => Promise<void>;
}

export function analyseFolder(options: FolderOptions): FolderAnalysis {
  const { documents, log, path } = options;
  const sources = createSources(options);
  const model = createProjectAnalysis({ log: log.error, extract: { shapes: false } });
  const shapes = createShapeReading();
  const monitor = monitorRules({
    onFailure: (rule, error) => {
      log.error(describeFailure(`The rule ${rule}`, path, error));
    },
    now: () => performance.now(),
  });
  /** What the model has not been told yet. */
  const dirty = new Set<string>();
  let everything = true;
  /** Files whose model changed since the last analysis that came to its end. */
  const changedModels = new Set<string>();
  let engine: Engine | undefined;
  let latest: Analysis | undefined;
  let reported = '';
  /** A cancelled run may still be ending while the next one has begun. */
  let runs = 0;
  /** The engine could not be started several times in a row. */
  let failing = false;
  let closed = false;

  const scheduler = createScheduler({ delay: quietMilliseconds, run });
  scheduler.request();

  async function run(signal: AbortSignal): Promise<void> {
    runs += 1;
    try {
      await analyse(signal);
      failing = false;
    } catch (error) {
      if (isAbort(error) || closed) return;
      if (error instanceof EngineStopped) {
        // What the dying process answered may have been taken for "unknown". The next read waits for the new one.
        everything = true;
        setImmediate(scheduler.request);
        return;
      }
      log.error(describeFailure('The analysis', path, error));
      report({ state: 'failed', folder: options.uri, reason: messageOf(error) });
    } finally {
      runs -= 1;
    }
  }

  async function analyse(signal: AbortSignal): Promise<void> {
    const files = await sources.list(signal);
    if (files.length === 0 && latest === undefined) {
      // Nothing here uses Mastra: no process, no model.
      report({ state: 'ready', folder: options.uri, workflows: 0, mastraVersion: '' });
      return;
    }
    if (latest === undefined) report({ state: 'starting', folder: options.uri });
    const settings = await options.settings();
    const versions = new Map(documents.all().map((document) => [fileKey(document.file), document.version]));
    if (latest === undefined) await readOpenFilesFirst(files, settings, versions, signal);

    const { project, changed, syntaxErrors } = await update(files, signal);
    for (const file of changed) changedModels.add(file);
    signal.throwIfAborted();
    const findings = findingsOf(project, settings, monitor.run);
    const changedFiles = new Set([...changedModels, ...filesWithOtherFindings(latest?.findings ?? [], findings)]);
    latest = { project, findings, syntaxErrors, revision: (latest?.revision ?? 0) + 1, versions };
    changedModels.clear();
    options.onFindings(findings, versions);
    options.onAnalysed();
    const times = monitor.times();
    if (times !== undefined) log.debug(times);
    report(statusOf(options.uri, project));
    if (changedFiles.size > 0) options.onModelChanged([...changedFiles]);
  }

  /** In a large project, what the author looks at is reported before everything else is read. */
  async function readOpenFilesFirst(
    files: readonly string[],
    settings: RuleSettings,
    versions: Analysis['versions'],
    signal: AbortSignal,
  ): Promise<void> {
    const open = files.filter((file) => documents.get(file) !== undefined);
    if (open.length === 0 || files.length - open.length < manyFiles) return;
    const { project, changed } = await update(open, signal);
    for (const file of changed) changedModels.add(file);
    signal.throwIfAborted();
    options.onFindings(findingsOf(project, { ...settings, ...rulesAcrossFilesOff }, monitor.run), versions);
  }

  function update(files: readonly string[], signal: AbortSignal): Promise<ProjectUpdate> {
    engine ??= startEngine({
      folder: path,
      buffer: (file) => documents.get(file)?.text,
      log: log.warn,
      onState: engineState,
    });
    return engine.read(
      files,
      (programs) => {
        // Handed over: the model forgets what it knew of them at once, also when this update is cancelled.
        const touched = everything ? 'everything' : [...dirty];
        everything = false;
        dirty.clear();
        return model.update(programs, files, touched, signal);
      },
      signal,
    );
  }

  function report(status: ServerStatus): void {
    const text = JSON.stringify(status);
    if (closed || text === reported) return;
    reported = text;
    options.onStatus(status);
  }

  function engineState(state: EngineState): void {
    if (state.kind !== 'stopped') return;
    failing = state.failures >= failuresShown;
    if (failing) report({ state: 'failed', folder: options.uri, reason: state.reason });
    // A process that died while nobody used it is there again before it is needed. A run that used it asks for another.
    if (runs === 0) scheduler.request();
  }

  /** While files are being read it is not known yet what they depend on. */
  function mayConcern(file: string): boolean {
    return runs > 0 || model.concerns(file);
  }

  function take(changes: FileChanges): void {
    engine?.changed(changes);
    // A text that no workflow depends on changes nothing; files that come and go may be what an import waited for.
    const edited = (changes.changed ?? []).filter((file) => !isSourceFile(file) || mayConcern(file));
    for (const file of [...edited, ...(changes.created ?? []), ...(changes.deleted ?? [])]) dirty.add(file);
    everything ||= changes.everything === true;
    const others = sources.changed(changes);
    if (others || dirty.size > 0 || everything) scheduler.request();
  }

  async function upToDate(signal?: AbortSignal): Promise<Analysis | undefined> {
    // The engine is tried again for as long as it takes; nobody waits for that.
    if (!failing) await scheduler.settled(signal);
    return latest;
  }

  async function withShapes(
    filesOf: (project: ProjectModel) => readonly string[],
    signal?: AbortSignal,
  ): Promise<Analysis | undefined> {
    const analysis = await upToDate(signal);
    if (analysis === undefined || engine === undefined || failing) return analysis;
    const files = filesOf(analysis.project);
    try {
      const read = (programs: ProgramSet) => shapes.read(programs, analysis.project, files, signal);
      return { ...analysis, project: await engine.read(files, read, signal) };
    } catch (error) {
      // The process died meanwhile. The answer does without shapes until the next analysis, which is on its way.
      if (error instanceof EngineStopped) return analysis;
      throw error;
    }
  }

  return {
    path,
    uri: options.uri,
    edited(file, isNewText) {
      if (isNewText) take({ changed: [file] });
      // Nothing to read again, but answers are for this version of the document from now on.
      else if (sources.changed({ changed: [file] }) || mayConcern(file)) scheduler.request();
    },
    changed: take,
    reconfigured() {
      scheduler.request();
    },
    upToDate,
    forDrawing: (key, signal) => withShapes((project) => shapes.files(project, key), signal),
    withShapes,
    async close() {
      closed = true;
      scheduler.close();
      await engine?.close();
    },
  };
}

function filesWithOtherFindings(before: readonly Finding[], now: readonly Finding[]): readonly string[] {
  const texts = (findings: readonly Finding[]) =>
    new Map([...groupBy(findings, ({ file }) => file)].map(([file, ofFile]) => [file, JSON.stringify(ofFile)]));
  const [old, fresh] = [texts(before), texts(now)];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((file) => old.get(file) !== fresh.get(file));
}

function statusOf(folder: string, project: ProjectModel): ServerStatus {
  const workflows = project.workflows.size;
  return project.mastra.kind === 'installed'
    ? { state: 'ready', folder, workflows, mastraVersion: project.mastra.version }
    : { state: 'structure-only', folder, workflows };
}
