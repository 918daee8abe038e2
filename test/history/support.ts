/** What tests of the history share: temporary folders, recordings, and the events that go into them. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RunEventBody } from '../../common/runlog/log.ts';
import { createHistory } from '../../client/src/history/history.ts';
import type { History, HistoryDependencies, RunToRecord } from '../../client/src/history/history.ts';
import { defaultRedact } from '../../client/src/history/settings.ts';
import type { HistorySettings } from '../../client/src/history/settings.ts';

export interface TestHistory {
  readonly history: History;
  readonly folder: string;
  /** What the author is told. */
  readonly warnings: string[];
  settings: HistorySettings;
  dispose(): void;
}

export function testHistory(overrides: Partial<HistoryDependencies> = {}): TestHistory {
  const root = mkdtempSync(path.join(os.tmpdir(), 'mastra-history-'));
  const folder = overrides.folder ?? path.join(root, 'runs');
  const test: TestHistory = {
    folder,
    warnings: [],
    settings: { enabled: true, maxRuns: 200, maxBytes: 200_000_000, redact: [...defaultRedact] },
    history: createHistory({
      folder,
      settings: () => test.settings,
      source: () => Promise.resolve({ graph: undefined, mastraVersion: undefined }),
      warn: (message) => void test.warnings.push(message),
      log: () => undefined,
      ...overrides,
    }),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
  return test;
}

/** A run of the workflow with this id on the embedded server. */
export function runOf(id: string): RunToRecord {
  const file = `/project/src/mastra/workflows/${id}.ts`;
  return {
    workflow: { key: `${file}#${id}`, id, name: id, file, uri: `file://${file}` },
    server: { id: 'embedded', kind: 'embedded', name: 'Embedded' },
  };
}

export const started = (runId: string, time = Date.now(), input: unknown = { orderId: 'A-1' }): RunEventBody => ({
  type: 'run-started',
  time,
  runId,
  workflowId: 'order',
  input: JSON.parse(JSON.stringify(input)) as never,
});

export const stepStarted = (step: string, time = Date.now()): RunEventBody => ({
  type: 'step-started',
  time,
  step: [step],
  callId: undefined,
  input: { text: step },
  iteration: undefined,
});

export const consoleLine = (text: string, time = Date.now()): RunEventBody => ({
  type: 'console',
  time,
  level: 'log',
  text,
  step: undefined,
});

export const finished = (
  status: 'success' | 'failed' | 'suspended' | 'canceled' = 'success',
  time = Date.now(),
): RunEventBody => ({
  type: 'run-finished',
  time,
  status,
  output: status === 'success' ? { ok: true } : undefined,
  error: status === 'failed' ? { name: 'Error', message: 'no stock', stack: undefined, cause: undefined } : undefined,
});

/** Records a whole run, to its end. */
export async function record(
  history: History,
  id: string,
  events: readonly RunEventBody[] = [started(`run-of-${id}`), stepStarted('pack'), finished()],
): Promise<void> {
  const recording = history.begin(runOf(id));
  for (const event of events) recording.append(event);
  await recording.end();
}
