/**
 * The analysis of one workspace folder: keeps its model and findings in step with the editor and the disk. The engine's
 * process is started when the first file that uses Mastra is found, and not before.
 */
import type { ProjectModel } from '../../../common/model/index.ts';
import type { ServerStatus } from '../../../common/protocol/messages.ts';
import type { Finding } from '../../../common/protocol/rules.ts';
import { createProjectAnalysis } from '../project/analyze.ts';
import { findingsOf, type RuleSettings } from '../rules/index.ts';
import { EngineStopped, startEngine, type Engine, type EngineState, type FileChanges } from '../typescript/engine.ts';
import { fileKey } from '../typescript/files.ts';
import { groupBy } from '../features/groups.ts';
import type { Documents } from './documents.ts';
import { describeFailure, isAbort, messageOf, type Log } from './logging.ts';
import { createScheduler } from './scheduler.ts';
import { createSources } from './sources.ts';

/** Quiet time after an edit before the analysis starts. Short: an outdated run costs nothing, it is cancelled. */
const quietMilliseconds = 10;

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
  /** `files` are those whose model or findings changed. */
  readonly onAnalysis: (analysis: Analysis, files: readonly string[]) => void;
}

export interface FolderAnalysis {
  readonly path: string;
  readonly uri: string;
  /** Texts changed in the editor or on disk. */
  readonly changed: (changes: FileChanges) => void;
  /** Settings changed: findings are made anew. */
  readonly reconfigured: () => void;
  /**
   * The analysis of the texts as they are now, waiting for it where it is under way. Undefined when there is none, e.g.
   * because the engine cannot be started. Rejects with an AbortError when `signal` fires.
   */
  readonly upToDate: (signal?: AbortSignal) => Promise<Analysis | undefined>;
  readonly close: () => Promise<void>;
}

export function analyseFolder(options: FolderOptions): FolderAnalysis {
  const { documents, log, path } = options;
  const sources = createSources(options);
  const model = createProjectAnalysis({ log: log.error });
  /** What changed since the last analysis that came to its end, and what it changed in the model. */
  const dirty = new Set<string>();
  const changedModels = new Set<string>();
  let everything = true;
  let engine: Engine | undefined;
  let latest: Analysis | undefined;
  let closed = false;

  const scheduler = createScheduler({ delay: quietMilliseconds, run });
  scheduler.request();

  async function run(signal: AbortSignal): Promise<void> {
    try {
      await analyse(signal);
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
    engine ??= startEngine({
      folder: path,
      buffer: (file) => documents.get(file)?.text,
      log: log.warn,
      onState: engineState,
    });
    const versions = new Map(documents.all().map((document) => [fileKey(document.file), document.version]));
    const touched = everything ? 'everything' : [...dirty];
    const { project, changed, syntaxErrors } = await engine.read(
      files,
      (programs) => model.update(programs, files, touched, signal),
      signal,
    );
    for (const file of changed) changedModels.add(file);
    signal.throwIfAborted();
    const findings = findingsOf(project, settings);
    const changedFiles = new Set([...changedModels, ...filesWithOtherFindings(latest?.findings ?? [], findings)]);
    latest = { project, findings, syntaxErrors, revision: (latest?.revision ?? 0) + 1, versions };
    dirty.clear();
    changedModels.clear();
    everything = false;
    options.onAnalysis(latest, [...changedFiles]);
    report(statusOf(options.uri, project));
  }

  function report(status: ServerStatus): void {
    if (!closed) options.onStatus(status);
  }

  function engineState(state: EngineState): void {
    if (state.kind !== 'stopped') return;
    if (state.failures >= failuresShown) report({ state: 'failed', folder: options.uri, reason: state.reason });
    // Also when nothing is edited: a process that died while idle is there again before it is needed.
    scheduler.request();
  }

  return {
    path,
    uri: options.uri,
    changed(changes) {
      sources.changed(changes);
      for (const file of [...(changes.changed ?? []), ...(changes.created ?? []), ...(changes.deleted ?? [])]) {
        dirty.add(file);
      }
      everything ||= changes.everything === true;
      engine?.changed(changes);
      scheduler.request();
    },
    reconfigured() {
      scheduler.request();
    },
    async upToDate(signal) {
      await scheduler.settled(signal);
      return latest;
    },
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
