/**
 * Writes one run into its log as its events arrive. `append` only remembers the event: encoding and writing come in a later turn, many
 * events at once, so that a run is not slowed down. Whatever goes wrong is told once, and the run goes on.
 */
import { open, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { RunEvent, Json } from '../../../common/runlog/events.ts';
import { encodeEvent, encodeHeader } from '../../../common/runlog/file.ts';
import type { LogHeader } from '../../../common/runlog/file.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import { openToContinue } from './continue.ts';
import { beat, beatMilliseconds, markLive, writeWhole } from './files.ts';
import type { RunFiles } from './files.ts';
import { recordingProblem } from './problem.ts';
import type { RecordingProblem } from './problem.ts';
import type { ValueCleaner } from './values.ts';

/** The recording of one run. Nothing here throws or rejects. */
export interface Recording {
  /** Takes about a microsecond. Ignored after `end`, and after recording had to stop. */
  append(event: RunEventBody): void;
  /** Resolves when everything that was appended is in the file: from then on it outlives this process. */
  flushed(): Promise<void>;
  /** Nothing more comes, at least for now. Resolves when all is on the disk. */
  end(): Promise<void>;
}

export interface RecorderOptions {
  /** Called with the first event: where it goes. A run without events leaves no file. */
  readonly place: (first: RunEventBody) => Promise<RecordingPlace>;
  readonly cleaner: ValueCleaner;
  /** Bytes of the whole log; of what is beyond, only how the run ended is written. */
  readonly limit: number;
  /** Called at most once. */
  readonly onProblem: (problem: RecordingProblem) => void;
}

export type RecordingPlace =
  | { readonly kind: 'new'; readonly files: RunFiles; readonly header: Omit<LogHeader, 'format' | 'version'> }
  /** A run that goes on. Rejects with ENOENT in recording when its log is not there. */
  | { readonly kind: 'continued'; readonly files: RunFiles };

interface Opened {
  readonly files: RunFiles;
  readonly handle: FileHandle;
  readonly heart: ReturnType<typeof setInterval>;
}

/** Characters that are encoded in one go: about a millisecond of the thread that the editor's extensions share. */
const batchCharacters = 262_144;

/** How long what is written may be lost with the power. */
const syncMilliseconds = 1_000;

export function createRecording(options: RecorderOptions): Recording {
  const { cleaner, limit, onProblem } = options;
  let queue: RunEventBody[] = [];
  /** How many of the queue are written. */
  let done = 0;
  let opened: Opened | undefined;
  let state: 'open' | 'stopped' | 'ended' = 'open';
  let scheduled = false;
  let work: Promise<void> = Promise.resolve();
  let syncTimer: ReturnType<typeof setTimeout> | undefined;
  let seq = 0;
  let written = 0;
  let leftOut = 0;
  /** True from the end of the run on, until it is resumed: from then on its log may be deleted. */
  let over = false;

  const openLog = async (first: RunEventBody): Promise<Opened> => {
    const place = await options.place(first);
    const { files } = place;
    try {
      let handle: FileHandle;
      if (place.kind === 'new') {
        await markLive(files);
        await writeWhole(files.log, encodeHeader(place.header));
        handle = await open(files.log, 'a');
      } else {
        const continued = await openToContinue(files.log);
        await markLive(files);
        ({ handle, events: seq, bytes: written } = continued);
      }
      const heart = setInterval(() => void beat(files), beatMilliseconds);
      heart.unref();
      return { files, handle, heart };
    } catch (error) {
      throw new PlaceError(error, files.log);
    }
  };

  const line = (event: RunEventBody): string => {
    if (event.type !== 'console') over = event.type === 'run-finished';
    return encodeEvent(numbered(cleaned(event, cleaner), seq++));
  };

  /** The next lines; fewer than the queue holds when they would take long to encode. */
  const take = (): string => {
    let text = '';
    for (let event = queue[done]; event !== undefined && text.length < batchCharacters; event = queue[done]) {
      done += 1;
      if (written + text.length > limit && !isEnd(event)) {
        if (leftOut === 0) onProblem({ kind: 'too-large', bytes: limit });
        leftOut += 1;
        continue;
      }
      if (leftOut > 0) text += line(leftOutNote(leftOut, event.time));
      leftOut = 0;
      text += line(event);
    }
    if (done === queue.length) clear();
    return text;
  };

  const clear = (): void => {
    queue = [];
    done = 0;
  };

  const stop = (error: unknown): void => {
    if (state === 'stopped') return;
    state = 'stopped';
    clear();
    onProblem(
      error instanceof PlaceError
        ? recordingProblem(error.cause, error.file)
        : recordingProblem(error, opened?.files.log ?? ''),
    );
  };

  const pump = async (): Promise<void> => {
    try {
      for (let next = queue[done]; next !== undefined && state !== 'stopped'; next = queue[done]) {
        opened ??= await openLog(next);
        const text = take();
        written += text.length;
        if (text !== '') await opened.handle.appendFile(text);
      }
      syncTimer ??= setTimeout(() => {
        work = work.then(sync);
      }, syncMilliseconds).unref();
    } catch (error) {
      stop(error);
    }
    scheduled = false;
  };

  const sync = async (): Promise<void> => {
    clearTimeout(syncTimer);
    syncTimer = undefined;
    if (opened === undefined || state === 'stopped') return;
    try {
      await opened.handle.datasync();
      // Writing to a deleted file succeeds on most systems.
      if (!over) await stat(opened.files.log);
    } catch (error) {
      stop(error);
    }
  };

  const close = async (): Promise<void> => {
    await sync();
    clearTimeout(syncTimer);
    if (opened === undefined) return;
    clearInterval(opened.heart);
    await opened.handle.close().catch(() => undefined);
    await rm(opened.files.live, { force: true }).catch(() => undefined);
  };

  return {
    append(event) {
      if (state !== 'open') return;
      queue.push(event);
      if (scheduled) return;
      scheduled = true;
      work = work.then(nextTurn).then(pump);
    },
    flushed: () => work,
    end() {
      if (state !== 'ended') work = work.then(close);
      if (state === 'open') state = 'ended';
      return work;
    },
  };
}

/** Knows which file it was about: at that time there is nothing opened. */
class PlaceError extends Error {
  readonly file: string;
  constructor(cause: unknown, file: string) {
    super('The log cannot be opened', { cause });
    this.file = file;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function numbered(body: RunEventBody, seq: number): RunEvent {
  return { ...body, seq };
}

/** The event with every value of it cleaned; names of the event's own fields are not those of values. */
export function cleaned(event: RunEventBody, cleaner: ValueCleaner): RunEventBody {
  switch (event.type) {
    case 'run-started':
    case 'step-started':
      return withField(event, 'input', cleaner.clean(event.input));
    case 'run-resumed':
      return withField(event, 'data', cleaner.clean(event.data));
    case 'step-succeeded':
    case 'step-output':
      return withField(event, 'output', cleaner.clean(event.output));
    case 'step-progress':
    case 'run-finished':
      return event.output === undefined ? event : withField(event, 'output', cleaner.clean(event.output));
    case 'step-suspended':
      return withField(event, 'payload', cleaner.clean(event.payload));
    case 'console': {
      const text = cleaner.clean(event.text);
      return typeof text === 'string' && text !== event.text ? { ...event, text } : event;
    }
    case 'step-retried':
    case 'step-waiting':
    case 'step-failed':
      return event;
  }
}

function withField<E extends RunEventBody, K extends keyof E>(event: E, name: K, value: E[K] & Json): E {
  return event[name] === value ? event : { ...event, [name]: value };
}

/** Events that say how a run stands; few, and worth more than a limit. */
function isEnd({ type }: RunEventBody): boolean {
  return type === 'run-started' || type === 'run-resumed' || type === 'run-finished';
}

function leftOutNote(count: number, time: number): RunEventBody {
  const text = `[${count} events are not recorded: the log of this run is full]`;
  return { type: 'console', time, level: 'warn', text, step: undefined };
}
