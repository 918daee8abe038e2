/**
 * The file of a run: JSON Lines. The first line is a header that says what ran and where, every other line is one event. Lines are only
 * ever added, so that a log can be read while it is written and after its writer died in the middle of a line.
 */
import * as z from 'zod/mini';
import { runEventVersion } from './events.ts';
import type { RunEvent } from './events.ts';
import { parseEvent } from './fileEvents.ts';
import { recordedGraph } from './fileGraph.ts';
import type { RecordedGraph } from './fileGraph.ts';

export const logFormat = 'mastra-run';

/** Ending of the files' names. */
export const logSuffix = '.mastrarun.jsonl';

export interface LogHeader {
  readonly format: typeof logFormat;
  /** `runEventVersion` of the writer. New types of events do not raise it: readers skip what they do not know. */
  readonly version: number;
  /** Of this recording; the run's own id is in its first event. */
  readonly id: string;
  readonly workflow: LogWorkflow;
  readonly server: LogServer;
  /** Version of `@mastra/core`, where it is known. */
  readonly mastraVersion: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Name of the saved input that the run was given. */
  readonly inputName: string | undefined;
  /** Set when the log came from somewhere else: when, in milliseconds since the epoch, and from where, in words. */
  readonly imported: { readonly at: number; readonly from: string } | undefined;
  readonly graph: RecordedGraph | undefined;
}

export interface LogWorkflow {
  /** WorkflowKey where the run was recorded; on another machine, and after the file moved, the id finds the workflow. */
  readonly key: string;
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** Absolute path of the file that declared it. */
  readonly file: string;
}

/** Where the run took place. Never an address with credentials, a header or a token. */
export interface LogServer {
  readonly id: string;
  /** `embedded`, `dev`, `remote`, or what a newer version knows. */
  readonly kind: string;
  readonly name: string;
}

/** Lines of a log that made no event. */
export interface LogDamage {
  /** Lines in the middle that are not events. */
  readonly corrupt: number;
  /** Events of types that this version does not know. */
  readonly unknown: number;
  /** True when the last line breaks off: its writer ended while it wrote. */
  readonly partial: boolean;
}

export type DecodedLog =
  | {
      readonly kind: 'log';
      readonly header: LogHeader;
      /** Numbered from 0 without gaps, also where lines are missing. */
      readonly events: readonly RunEvent[];
      readonly damage: LogDamage;
    }
  | { readonly kind: 'refused'; /** One sentence or two, for a person. */ readonly reason: string };

export type DecodedHeader =
  { readonly kind: 'header'; readonly header: LogHeader } | { readonly kind: 'refused'; readonly reason: string };

/** The header's line, with its line break. */
export function encodeHeader(header: Omit<LogHeader, 'format' | 'version'>): string {
  const { id, ...rest } = header;
  return `${JSON.stringify({ format: logFormat, version: runEventVersion, id, ...rest })}\n`;
}

/** The event's line, with its line break. */
export function encodeEvent(event: RunEvent): string {
  const { seq, type, time, ...rest } = event;
  return `${JSON.stringify({ seq, type, time, ...rest })}\n`;
}

/** Reads a whole log. Never throws; what cannot be read is counted, and only a log whose header cannot be read is refused. */
export function decodeLog(text: string): DecodedLog {
  const { first, rest } = split(text);
  const decoded = decodeHeader(first);
  if (decoded.kind === 'refused') return decoded;
  const events: RunEvent[] = [];
  let corrupt = 0;
  let unknown = 0;
  let partial = false;
  for (const { line, ended } of linesOf(rest)) {
    if (line.trim() === '') continue;
    const parsed = decodeLine(line);
    if (parsed.kind === 'event') events.push({ ...parsed.event, seq: events.length });
    else if (parsed.kind === 'unknown') unknown += 1;
    else if (ended) corrupt += 1;
    else partial = true;
  }
  return { kind: 'log', header: decoded.header, events, damage: { corrupt, unknown, partial } };
}

/** One line of a log that is not its first. Never throws. */
export function decodeLine(line: string): ReturnType<typeof parseEvent> {
  try {
    return parseEvent(JSON.parse(line));
  } catch {
    return { kind: 'corrupt' };
  }
}

/** The first line of a log, with or without its line break. */
export function decodeHeader(line: string): DecodedHeader {
  if (line.trim() === '') return refused('The file is empty.');
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    const broken = line.startsWith(`{"format":"${logFormat}"`);
    return refused(broken ? 'The header, which is the first line, is damaged.' : notALog);
  }
  const kind = formatSchema.safeParse(value);
  if (!kind.success) return refused(notALog);
  if (kind.data.version > runEventVersion) {
    return refused(
      `It was written by a newer version of the extension (format ${kind.data.version}; this one reads up to ${runEventVersion}). Update the extension to read it.`,
    );
  }
  const parsed = headerSchema.safeParse(value);
  if (parsed.success) return { kind: 'header', header: parsed.data };
  const issue = parsed.error.issues[0];
  return refused(`The header, which is the first line, is damaged at ${issue?.path.join('.') ?? 'its end'}.`);
}

/** What is wrong with a log that can be read, in words; undefined when nothing is. */
export function damageText(damage: LogDamage): string | undefined {
  const parts = [
    damage.corrupt > 0 && `${counted(damage.corrupt, 'line')} could not be read`,
    damage.unknown > 0 &&
      `${counted(damage.unknown, 'event')} of a newer version ${damage.unknown === 1 ? 'was' : 'were'} skipped`,
    damage.partial && 'the last line breaks off',
  ].filter((part) => part !== false);
  if (parts.length === 0) return undefined;
  const words = parts.join(', ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const notALog = 'It is not the log of a run: the first line is not the header of one.';

const formatSchema = z.object({ format: z.literal(logFormat), version: z.number().check(z.int(), z.gte(1)) });

const text = z.optional(z.string());

const headerSchema = z.pipe(
  z.object({
    format: z.literal(logFormat),
    version: z.number(),
    id: z.string().check(z.minLength(1)),
    workflow: z.pipe(
      z.object({ key: z.string(), id: text, name: text, file: z.string() }),
      z.transform((workflow) => ({ ...workflow, id: workflow.id, name: workflow.name })),
    ),
    server: z.object({ id: z.string(), kind: z.string(), name: z.string() }),
    mastraVersion: text,
    startedAt: z.number(),
    inputName: text,
    imported: z.optional(z.object({ at: z.number(), from: z.string() })),
    // A drawing that cannot be read is no reason to lose the run.
    graph: z.catch(z.optional(recordedGraph), undefined),
  }),
  z.transform((header): LogHeader => ({
    ...header,
    mastraVersion: header.mastraVersion,
    inputName: header.inputName,
    imported: header.imported,
    graph: header.graph,
  })),
);

function split(text: string): { readonly first: string; readonly rest: string } {
  // Editors may have put a byte order mark in front.
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const end = text.indexOf('\n', start);
  return end === -1
    ? { first: text.slice(start), rest: '' }
    : { first: text.slice(start, end), rest: text.slice(end + 1) };
}

function* linesOf(text: string): Generator<{ readonly line: string; readonly ended: boolean }> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    yield { line: text.slice(start, end === -1 ? undefined : end), ended: end !== -1 };
    start = end === -1 ? text.length : end + 1;
  }
}

function refused(reason: string): { readonly kind: 'refused'; readonly reason: string } {
  return { kind: 'refused', reason };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
