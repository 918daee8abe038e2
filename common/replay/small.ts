/** Events without their values. */
import type { PayloadSize, SmallError, SmallEvent } from '../protocol/replay.ts';
import type { Json, RunError, RunEvent } from '../runlog/events.ts';
import { cutText } from '../runlog/json.ts';

const maxMessage = 2_000;

/** `event` with sizes in place of what it carries. Takes time in proportion to the size of the values. */
export function smallEvent(event: RunEvent): SmallEvent {
  const { time } = event;
  switch (event.type) {
    case 'run-started': {
      const { type, runId, workflowId, input } = event;
      return { type, time, runId, workflowId, input: sizeOf(input) };
    }
    case 'run-resumed': {
      const { type, runId, workflowId, step, index, data } = event;
      return { type, time, runId, workflowId, step, index, data: sizeOf(data) };
    }
    case 'step-started': {
      const { type, step, callId, iteration, input } = event;
      return { type, time, step, callId, iteration, input: sizeOf(input) };
    }
    case 'step-retried': {
      const { type, step, attempt, error } = event;
      return { type, time, step, attempt, error: error === undefined ? undefined : smallError(error) };
    }
    case 'step-waiting':
      return { type: event.type, time, step: event.step, until: event.until };
    case 'step-progress': {
      const { type, step, completed, total, index, itemStatus, output } = event;
      const size = output === undefined ? undefined : sizeOf(output);
      return { type, time, step, completed, total, index, itemStatus, output: size };
    }
    case 'step-succeeded':
      return { type: event.type, time, step: event.step, callId: event.callId, output: sizeOf(event.output) };
    case 'step-failed':
      return { type: event.type, time, step: event.step, callId: event.callId, error: smallError(event.error) };
    case 'step-suspended':
      return { type: event.type, time, step: event.step, payload: sizeOf(event.payload) };
    case 'step-output':
      return { type: event.type, time, step: event.step, output: sizeOf(event.output) };
    case 'console':
      return { type: event.type, time, level: event.level, step: event.step };
    case 'run-finished': {
      const { type, status, output, error } = event;
      const size = output === undefined ? undefined : sizeOf(output);
      return { type, time, status, output: size, error: error === undefined ? undefined : smallError(error) };
    }
  }
}

function smallError({ name, message }: RunError): SmallError {
  return { name, message: cutText(message, maxMessage) };
}

function sizeOf(value: Json): PayloadSize {
  return { bytes: jsonBytes(value), items: Array.isArray(value) ? value.length : undefined };
}

/** Bytes of the value's JSON text (without white space) in UTF-8. The text itself is not made. */
export function jsonBytes(value: Json): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return String(value).length;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) bytes += jsonBytes(item) + 1;
    return value.length === 0 ? bytes : bytes - 1;
  }
  const fields = Object.entries(value);
  for (const [name, inner] of fields) bytes += textBytes(name) + jsonBytes(inner) + 2;
  return fields.length === 0 ? bytes : bytes - 1;
}

/** With its quotes. */
function textBytes(text: string): number {
  let bytes = 2;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22 || code === 0x5c) bytes += 2;
    else if (code < 0x20) bytes += shortEscapes.has(code) ? 2 : 6;
    else if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (isPair(text, index)) {
      bytes += 4;
      index += 1;
    } else bytes += code >= 0xd800 && code < 0xe000 ? 6 : 3;
  }
  return bytes;
}

/** Backspace, tab, line feed, form feed and carriage return have short names in JSON. */
const shortEscapes: ReadonlySet<number> = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d]);

function isPair(text: string, index: number): boolean {
  const first = text.charCodeAt(index);
  const second = text.charCodeAt(index + 1);
  return first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second < 0xe000;
}
