/** What a list says about a recorded run, read from the two ends of its log. */
import { open } from 'node:fs/promises';
import type { Json, RunEvent, RunStatus } from '../../../common/runlog/events.ts';
import { decodeHeader } from '../../../common/runlog/file.ts';
import type { LogHeader } from '../../../common/runlog/file.ts';
import { cutText } from '../../../common/runlog/json.ts';
import { readHead, readTail } from './ends.ts';

/** `interrupted`: the log ends before the run did, and nobody writes it any more. */
export type RecordedStatus = RunStatus | 'interrupted';

export interface RunSummary {
  readonly kind: 'run';
  readonly id: string;
  /** Without the drawing, which a list does not need. */
  readonly header: Omit<LogHeader, 'graph'>;
  /** Id of the workflow, else its name. */
  readonly title: string;
  /** Mastra's id of the run; undefined while nothing but the header is there. */
  readonly runId: string | undefined;
  readonly status: RecordedStatus;
  readonly startedAt: number;
  /** Undefined while it is running; of an interrupted run, when its last event came. */
  readonly finishedAt: number | undefined;
  /** JSON text, cut. */
  readonly input: string | undefined;
  readonly error: string | undefined;
  readonly events: number;
  readonly bytes: number;
  readonly pinned: boolean;
}

/** A log that this version cannot read: listed all the same, so that it can be deleted. */
export interface UnreadableRun {
  readonly kind: 'unreadable';
  readonly id: string;
  readonly reason: string;
  /** When the file was written last. */
  readonly startedAt: number;
  readonly bytes: number;
  readonly pinned: boolean;
}

export type RecordedRun = RunSummary | UnreadableRun;

/** What the file alone tells; whether it is live or pinned is known by the files beside it. */
export type LogDigest =
  | (Omit<RunSummary, 'pinned' | 'status'> & { readonly status: RecordedStatus | 'unfinished' })
  | Omit<UnreadableRun, 'pinned'>;

const maxInputText = 2_000;

/** Rejects when the file cannot be opened. */
export async function digestLog(file: string, id: string): Promise<LogDigest> {
  const handle = await open(file, 'r');
  try {
    const { size: bytes, mtimeMs } = await handle.stat();
    const [head, tail] = [await readHead(handle), await readTail(handle)];
    const decoded = decodeHeader(head.header);
    if (decoded.kind === 'refused') {
      return { kind: 'unreadable', id, reason: decoded.reason, startedAt: mtimeMs, bytes };
    }
    const header = withoutGraph(decoded.header);
    const { first } = head;
    const { last } = tail;
    const finished = last?.type === 'run-finished';
    return {
      kind: 'run',
      id,
      header,
      title: header.workflow.id ?? header.workflow.name ?? 'Unnamed workflow',
      runId: runIdOf(first),
      status: finished ? last.status : 'unfinished',
      startedAt: first?.time ?? header.startedAt,
      finishedAt: finished ? last.time : tail.lastTime,
      input: first?.type === 'run-started' ? inputText(first.input) : undefined,
      error: finished ? last.error?.message : undefined,
      events: tail.lastSeq === undefined ? 0 : tail.lastSeq + 1,
      bytes,
    };
  } finally {
    await handle.close();
  }
}

export function summaryOf(digest: LogDigest, { live, pinned }: { live: boolean; pinned: boolean }): RecordedRun {
  if (digest.kind === 'unreadable') return { ...digest, pinned };
  // A writer that has just finished takes a moment to remove its marker.
  const status = digest.status === 'unfinished' ? (live ? 'running' : 'interrupted') : digest.status;
  return { ...digest, status, finishedAt: status === 'running' ? undefined : digest.finishedAt, pinned };
}

function withoutGraph(header: LogHeader): RunSummary['header'] {
  const { format, version, id, workflow, server, mastraVersion, startedAt, inputName, imported } = header;
  return { format, version, id, workflow, server, mastraVersion, startedAt, inputName, imported };
}

function runIdOf(event: RunEvent | undefined): string | undefined {
  return event?.type === 'run-started' || event?.type === 'run-resumed' ? event.runId : undefined;
}

function inputText(input: Json): string {
  return cutText(JSON.stringify(input, null, 2), maxInputText);
}
