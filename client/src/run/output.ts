/** A run as lines of the output channel. */
import { stripVTControlCharacters } from 'node:util';
import type { Json, RunError, RunEvent } from '../../../common/runlog/events.ts';
import { cutText } from '../../../common/runlog/json.ts';
import type { RunEventBody } from '../../../common/runlog/log.ts';
import type { MastraLink } from './protocol.ts';
import { explainValidation } from './validation.ts';

const maxValue = 2_000;

/** Turns one event after the other into lines; knows when steps started, to say how long they took. */
export function createRunPrinter(title: string): (event: RunEventBody | RunEvent) => readonly string[] {
  const startedAt = new Map<string, number>();
  let runStartedAt: number | undefined;
  let stepFailed = false;
  const inputs = new Map<string, Json>();
  let giver: string | undefined;

  const took = (step: readonly string[], time: number): string => {
    const begin = startedAt.get(step.join('.'));
    return begin === undefined ? '' : ` in ${duration(time - begin)}`;
  };

  return (event) => {
    switch (event.type) {
      case 'run-started':
        runStartedAt = event.time;
        return [`${clock(event.time)} ${title} started with ${value(event.input)}`];
      case 'run-resumed':
        runStartedAt = event.time;
        stepFailed = false;
        return [`${clock(event.time)} ${title} resumed at ${stepName(event.step)} with ${value(event.data)}`];
      case 'step-started':
        startedAt.set(event.step.join('.'), event.time);
        inputs.set(event.step.join('.'), event.input);
        return [];
      case 'step-retried':
        return [
          `[${stepName(event.step)}] is tried again (attempt ${event.attempt})`,
          ...(event.error === undefined ? [] : errorLines(event.error, '    ')),
        ];
      case 'step-waiting':
        startedAt.set(event.step.join('.'), event.time);
        return [`[${stepName(event.step)}] waiting`];
      case 'step-progress':
        return [];
      case 'step-succeeded':
        giver = event.step.at(-1);
        return [`[${stepName(event.step)}] succeeded${took(event.step, event.time)}: ${value(event.output)}`];
      case 'step-failed':
        stepFailed = true;
        return [
          `[${stepName(event.step)}] failed${took(event.step, event.time)}`,
          ...errorLines(event.error, '    '),
          ...explainValidation(event.error, inputs.get(event.step.join('.')), giver).map((line) => `    ${line}`),
        ];
      case 'step-suspended':
        return [`[${stepName(event.step)}] suspended: ${value(event.payload)}`];
      case 'step-output':
        return [];
      case 'console':
        return consoleLines(event.text, event.step);
      case 'run-finished': {
        const time = runStartedAt === undefined ? '' : ` after ${duration(event.time - runStartedAt)}`;
        const result = event.output === undefined ? '' : `: ${value(event.output)}`;
        const error = event.error === undefined || stepFailed ? [] : errorLines(event.error, '    ');
        return [`${clock(event.time)} ${title} ${ended[event.status]}${time}${result}`, ...error, ''];
      }
    }
  };
}

const ended = { success: 'succeeded', failed: 'failed', suspended: 'is suspended', canceled: 'was canceled' } as const;

export function stepName(step: readonly string[]): string {
  // Mastra names an unnamed sleep by a random id.
  return step.map((part) => (/^sleep_[0-9a-f-]{36}$/.test(part) ? 'sleep' : part)).join(' › ');
}

/** Without the colours that loggers write for terminals: an output channel would show them as text. */
function consoleLines(text: string, step: readonly string[] | undefined): readonly string[] {
  const prefix = step === undefined ? '' : `[${stepName(step)}] `;
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => `${prefix}${line}`);
}

/** Mastra, Node and the runner, shipped or run from source. */
const foreignFrame =
  /node_modules[\\/]@mastra[\\/]|[ (]node:|[\\/]dist[\\/]runner\.mjs|[\\/]client[\\/]src[\\/]run[\\/]runner[\\/]/;

/** The error with its causes; frames of Mastra, Node and the runner are left out, unless there are no others. */
export function errorLines(error: RunError, indent: string): readonly string[] {
  const head = `${error.name}: ${error.message}`.split('\n');
  const frames = framesOf(error.stack);
  const own = frames.filter((frame) => !foreignFrame.test(frame));
  const shown = (own.length > 0 ? own : frames).map((frame) => `    ${frame}`);
  const cause =
    error.cause === undefined ? [] : errorLines({ ...error.cause, name: `Caused by ${error.cause.name}` }, '');
  return [...head, ...shown, ...cause].map((line) => `${indent}${line}`);
}

function framesOf(stack: string | undefined): readonly string[] {
  return (stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '));
}

function value(json: Json): string {
  return cutText(JSON.stringify(json), maxValue);
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function clock(time: number): string {
  return new Date(time).toTimeString().slice(0, 8);
}

export interface LineWriter {
  write(lines: readonly string[]): void;
  flush(): void;
}

const flushMilliseconds = 100;
/** Of one run. A program that prints without end must not fill the disk: VS Code keeps channels in files. */
const maxLines = 500_000;

/** Hands lines to `append` in batches: 100,000 single appends would block the extension host. */
export function createLineWriter(append: (text: string) => void): LineWriter {
  let pending: string[] = [];
  let written = 0;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (pending.length === 0) return;
    append(`${pending.join('\n')}\n`);
    pending = [];
  };
  return {
    flush,
    write(lines) {
      if (written >= maxLines) return;
      written += lines.length;
      pending.push(...lines);
      if (written >= maxLines) pending.push('… this run prints too much: further lines are not shown');
      timer ??= setTimeout(flush, flushMilliseconds);
    },
  };
}

/** What the author should know of where the run takes place. */
export function linkLines(link: MastraLink): readonly string[] {
  switch (link) {
    case 'registered':
      return [];
    case 'attached':
      return [
        'The workflow is not registered in new Mastra({ workflows }); it runs with the Mastra instance all the same.',
      ];
    case 'none':
      return [
        'The project has no new Mastra(...): the workflow runs on its own, without storage, agents or tools by name.',
      ];
  }
}
