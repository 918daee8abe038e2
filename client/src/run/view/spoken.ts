/** What steps print, say and write while they run: the last of it is kept. */
import type { Json } from '../../../../common/runlog/events.ts';

/** What a step printed and wrote, newest last. */
export interface Spoken {
  readonly lines: { readonly level: string; readonly text: string }[];
  /** All, also those that are not kept. */
  lineCount: number;
  /** What an agent has said so far. */
  text: string;
  /** Pieces in which the text came. */
  tokens: number;
  readonly written: Json[];
  writtenCount: number;
}

/** Kept for each step; the output channel and the log have all. */
export const maxLines = 500;
export const maxWritten = 200;
export const maxText = 100_000;

export function silent(): Spoken {
  return { lines: [], lineCount: 0, text: '', tokens: 0, written: [], writtenCount: 0 };
}

export function print(spoken: Spoken, { level, text }: { readonly level: string; readonly text: string }): void {
  spoken.lineCount += 1;
  spoken.lines.push({ level, text });
  if (spoken.lines.length > maxLines) spoken.lines.shift();
}

/** Pieces of an agent's text are put together; anything else is a message of its own. */
export function write(spoken: Spoken, output: Json): void {
  const piece = textDelta(output);
  if (piece !== undefined) {
    spoken.tokens += 1;
    if (spoken.text.length < maxText) spoken.text += piece;
    return;
  }
  // The frame around an agent's text says nothing to a reader.
  if (isAgentChunk(output)) return;
  spoken.writtenCount += 1;
  spoken.written.push(output);
  if (spoken.written.length > maxWritten) spoken.written.shift();
}

function textDelta(output: Json): string | undefined {
  const chunk = fieldsOf(output);
  if (chunk?.['type'] !== 'text-delta') return undefined;
  const text = fieldsOf(chunk['payload'])?.['text'] ?? chunk['textDelta'];
  return typeof text === 'string' ? text : undefined;
}

function isAgentChunk(output: Json): boolean {
  const chunk = fieldsOf(output);
  return chunk?.['from'] === 'AGENT' && typeof chunk['type'] === 'string';
}

function fieldsOf(value: Json | undefined): Readonly<Record<string, Json>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : undefined;
}
