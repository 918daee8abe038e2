/** The run history: what runs are recorded with, and what is shown of them. One folder per workspace. */
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { LogHeader, LogServer, LogWorkflow } from '../../../common/runlog/file.ts';
import { recordGraph } from '../../../common/runlog/fileGraph.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import { newRunId, runFiles } from './files.ts';
import { recordingProblemText } from './problem.ts';
import { cleaned, createRecording } from './recorder.ts';
import type { Recording, RecordingPlace } from './recorder.ts';
import type { HistorySettings } from './settings.ts';
import { createRunStore } from './store.ts';
import type { RunStore } from './store.ts';
import { createCleaner } from './values.ts';

/** What is known of a run before its first event. */
export interface RunToRecord {
  readonly workflow: LogWorkflow & { /** Of its file. */ readonly uri: string };
  readonly server: LogServer;
  readonly mastraVersion?: string | undefined;
  /** Name of the saved input it is given. */
  readonly inputName?: string | undefined;
  /** Mastra's id of the run, when it goes on with one that may be recorded already. A `run-resumed` as its first event says it as well. */
  readonly runId?: string | undefined;
}

/** What the run service needs of the history. */
export interface RunRecorder {
  /** Nothing is written before the first event. Never throws; gives a recording that does nothing where recording is switched off. */
  begin(run: RunToRecord): Recording;
}

export interface History extends RunRecorder {
  readonly store: RunStore;
  /**
   * Writes a run that took place elsewhere, e.g. in the storage of a server; the header says where. Resolves with its id in the history.
   * `replaces` is the id of an earlier import of the same run.
   */
  importRun(
    header: Omit<LogHeader, 'format' | 'version' | 'id'>,
    events: readonly RunEventBody[],
    replaces?: string,
  ): Promise<string>;
  /** Deletes what is beyond the caps of the settings. */
  prune(): Promise<void>;
  /** Called when runs came, ended or went. */
  onDidChange(listener: () => void): { dispose(): void };
  /** After the store was changed in another way than through the history. */
  changed(): void;
  /** Writes what is still to be written. */
  stop(): Promise<void>;
}

export interface HistoryDependencies {
  /** Absolute. */
  readonly folder: string;
  readonly settings: () => HistorySettings;
  /** What the source of a workflow says now. */
  readonly source: (uri: string, key: WorkflowKey) => Promise<WorkflowSource>;
  /** Tells the author, in words, why a run is not recorded. */
  readonly warn: (message: string) => void;
  readonly log: (message: string) => void;
}

export interface WorkflowSource {
  readonly graph: GraphModel | undefined;
  /** Installed in the project. */
  readonly mastraVersion: string | undefined;
}

/** Events wait for the drawing, so not long; it is there at once, unless the language server is busy. */
const graphMilliseconds = 500;

export function createHistory(dependencies: HistoryDependencies): History {
  const { folder, settings, warn, log } = dependencies;
  const store = createRunStore(folder);
  const listeners = new Set<() => void>();
  const active = new Set<Recording>();
  const ending = new Set<Promise<void>>();

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const prune = async (): Promise<void> => {
    try {
      if ((await store.prune(settings())) > 0) changed();
    } catch (error) {
      log(`Old runs could not be deleted from ${folder}: ${String(error)}`);
    }
  };

  const sourceOf = async ({ workflow }: RunToRecord): Promise<WorkflowSource> => {
    const nothing = { graph: undefined, mastraVersion: undefined };
    const late = new Promise<WorkflowSource>((resolve) => {
      setTimeout(() => resolve(nothing), graphMilliseconds).unref();
    });
    return Promise.race([dependencies.source(workflow.uri, workflow.key).catch(() => nothing), late]);
  };

  /** The log of a run that goes on; undefined when it has none that this process may write. */
  const logOf = async (runId: string, server: string): Promise<string | undefined> => {
    const runs = await store.list().catch(() => []);
    const found = runs.find((run) => run.kind === 'run' && run.runId === runId && run.header.server.id === server);
    if (found?.kind !== 'run' || found.status === 'running' || found.header.imported !== undefined) return undefined;
    return found.id;
  };

  const place = async (run: RunToRecord, first: RunEventBody): Promise<RecordingPlace> => {
    const runId = run.runId ?? (first.type === 'run-resumed' ? first.runId : undefined);
    const known = runId === undefined ? undefined : await logOf(runId, run.server.id);
    if (known !== undefined) return { kind: 'continued', files: runFiles(folder, known) };
    const { key, id: workflowId, name, file } = run.workflow;
    const id = newRunId(first.time);
    const { graph, mastraVersion } = await sourceOf(run);
    const header = {
      id,
      workflow: { key, id: workflowId, name, file },
      server: run.server,
      // What is installed here says nothing about another machine.
      mastraVersion: run.mastraVersion ?? (run.server.kind === 'remote' ? undefined : mastraVersion),
      startedAt: first.time,
      inputName: run.inputName,
      imported: undefined,
      graph: graph === undefined ? undefined : recordGraph(graph),
    };
    return { kind: 'new', files: runFiles(folder, id), header };
  };

  return {
    store,
    changed,
    prune,
    begin(run) {
      const { enabled, redact, maxBytes } = settings();
      if (!enabled) return notRecorded;
      const title = run.workflow.id ?? run.workflow.name ?? 'the workflow';
      // The same run may have been suspended a moment ago.
      const before = Promise.all(ending);
      const recording = createRecording({
        place: async (first) => {
          await before;
          return place(run, first);
        },
        cleaner: createCleaner(redact),
        limit: maxBytes,
        onProblem(problem) {
          const text = recordingProblemText(problem, title);
          log(text);
          warn(text);
        },
      });
      let shown = false;
      active.add(recording);
      return {
        flushed: () => recording.flushed(),
        append(event) {
          recording.append(event);
          if (shown) return;
          shown = true;
          void recording.flushed().then(changed);
        },
        async end() {
          const ended = recording.end();
          ending.add(ended);
          await ended;
          ending.delete(ended);
          if (!active.delete(recording)) return;
          changed();
          await prune();
        },
      };
    },
    async importRun(header, events, replaces) {
      const cleaner = createCleaner(settings().redact);
      const id = await store.add(
        header,
        events.map((event) => cleaned(event, cleaner)),
      );
      if (replaces !== undefined) {
        const old = (await store.list()).find((run) => run.id === replaces);
        if (old?.pinned === true) await store.pin(id, true);
        await store.remove([replaces]);
      }
      changed();
      return id;
    },
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    async stop() {
      await Promise.all([...active].map((recording) => recording.end()));
    },
  };
}

const notRecorded: Recording = {
  append: () => undefined,
  flushed: () => Promise.resolve(),
  end: () => Promise.resolve(),
};
