/** The author's console and standard streams, line by line, with the step that wrote. */
import { format, stripVTControlCharacters } from 'node:util';
import { cutText } from '../../../../common/runlog/json.ts';
import type { RunEventBody } from '../../../../common/runlog/log.ts';
import { currentStep } from './context.ts';

const levels = ['log', 'info', 'warn', 'error', 'debug'] as const;
const maxText = 20_000;

type Level = (typeof levels)[number];

/**
 * From now on everything printed becomes `console` events. Nothing reaches the real stdout and stderr, except what native code
 * and worker threads write there; the host reads those pipes as well.
 */
export function captureConsole(emit: (event: RunEventBody) => void): void {
  const print = (level: Level, text: string): void =>
    emit({ type: 'console', time: Date.now(), level, text: plain(text), step: currentStep() });
  for (const level of levels) {
    console[level] = (...values: unknown[]): void => print(level, safeFormat(values));
  }
  console.trace = (...values: unknown[]): void => {
    const trace = new Error(safeFormat(values));
    trace.name = 'Trace';
    print('debug', trace.stack ?? trace.message);
  };
  captureStream(process.stdout, (line) => print('log', line));
  captureStream(process.stderr, (line) => print('error', line));
}

/** Output channels do not show colours. */
function plain(text: string): string {
  return stripVTControlCharacters(cutText(text, maxText));
}

function safeFormat(values: readonly unknown[]): string {
  try {
    return format(...values);
  } catch {
    return '[a value that cannot be printed]';
  }
}

function captureStream(stream: NodeJS.WriteStream, line: (text: string) => void): void {
  let rest = '';
  const write = (chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
    rest += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) line(text.endsWith('\r') ? text.slice(0, -1) : text);
    // A line without end must not grow for ever.
    if (rest.length > maxText) {
      line(rest);
      rest = '';
    }
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  };
  stream.write = write;
  process.on('exit', () => {
    if (rest !== '') line(rest);
  });
}
