/** Runs that the storage of a project may have as active: a starting `mastra dev` executes those again. */
import path from 'node:path';
import type * as vscode from 'vscode';
import type { WorkflowKey } from '../../../common/model/index.ts';
import type { RecordedRun } from '../history/summary.ts';
import type { RunDescription } from '../run/service.ts';
import type { ServersSurface } from './surface.ts';

export interface ActiveRun {
  /** Of its workflow. */
  readonly title: string;
  /** False for a run that was cut off: its process died, or the computer did. */
  readonly running: boolean;
}

export interface ActiveRunSources {
  /** What runs in this window now. */
  list(): readonly { readonly key: WorkflowKey; readonly workflowId: string }[];
  description(key: WorkflowKey): RunDescription | undefined;
  /** The history of the workspace. */
  recorded(): Promise<readonly RecordedRun[]>;
}

const memoryKey = 'mastra.servers.devStarted';

export interface ActiveRuns {
  /** Embedded runs of the project in `root`. */
  find(root: string): Promise<readonly ActiveRun[]>;
  /** `mastra dev` was started there: what was active has been executed again. */
  executed(root: string): Promise<void>;
}

export function createActiveRuns(
  surface: Pick<ServersSurface, 'Uri'>,
  memory: Pick<vscode.Memento, 'get' | 'update'>,
  sources: () => ActiveRunSources,
): ActiveRuns {
  const starts = (): Readonly<Record<string, number>> => memory.get<Record<string, number>>(memoryKey) ?? {};
  return {
    async find(root) {
      const source = sources();
      const folder = `${surface.Uri.file(root).toString()}/`;
      const running = source
        .list()
        .filter(({ key }) => key.startsWith(folder) && source.description(key)?.server.kind === 'embedded')
        .map(({ workflowId }) => ({ title: workflowId, running: true }));
      return [...running, ...cutOff(await source.recorded(), root, starts()[root] ?? 0)];
    },
    async executed(root) {
      await memory.update(memoryKey, { ...starts(), [root]: Date.now() });
    },
  };
}

/** Embedded runs below `root` that began after `since` and whose logs end before they did. */
export function cutOff(recorded: readonly RecordedRun[], root: string, since: number): readonly ActiveRun[] {
  return recorded.flatMap((run) => {
    if (run.kind !== 'run' || run.status !== 'interrupted' || run.startedAt <= since) return [];
    const { server, workflow, imported } = run.header;
    const relative = path.relative(root, workflow.file);
    const inside = !relative.startsWith('..') && !path.isAbsolute(relative);
    return server.kind === 'embedded' && imported === undefined && inside ? [{ title: run.title, running: false }] : [];
  });
}
