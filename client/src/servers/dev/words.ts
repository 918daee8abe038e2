/** `mastra dev` in words: its state, why it is not there, what to do next. */
import path from 'node:path';
import { buildErrorText, problemMessage } from '../../run/messages.ts';
import type { BuildError } from '../../run/problem.ts';
import type { DevPhase, DevState, Freshness } from './state.ts';
import type { ActiveRun } from '../activeRuns.ts';
import type { DevProblem } from './problem.ts';
import type { DevNotice } from './contract.ts';

export type DevAction =
  'output' | 'restart' | 'start' | 'stop' | 'open-error' | 'copy-install' | 'delete-lock' | 'embedded' | 'show-lock';

export interface DevMessage {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly actions: readonly DevAction[];
}

/** Undefined where there is nothing to say: the author canceled. `label` names the server. */
export function devProblemMessage(problem: DevProblem, label: string): DevMessage | undefined {
  switch (problem.kind) {
    case 'canceled':
      return undefined;
    case 'cli-missing':
      return error(
        `${label} cannot be started: the package mastra is not installed in ${problem.root}. Install it with ${problem.install} and start it again.`,
        ['copy-install', 'embedded'],
      );
    case 'node':
      return error(problemMessage(problem.problem, label)?.text ?? `${label} cannot be started.`, []);
    case 'port-taken':
      return error(
        `${label} cannot be started: port ${problem.port}, which the project asks for, is used by another program. End that program, or change PORT in .env or server.port in new Mastra().`,
        ['start', 'output'],
      );
    case 'silent':
      return error(
        `${label} may be running already: .mastra/dev.lock names process ${problem.pid}${problem.command === undefined ? '' : ` (${short(problem.command)})`}, ` +
          'but no Mastra server answers. Wait until it is up, end it where it was started, or delete the lock when that process is something else.',
        ['start', 'delete-lock', 'show-lock'],
      );
    case 'exited':
      return error(`${label} ended while it started: ${reasonOf(problem.tail) ?? problem.reason}`, ['output', 'start']);
    case 'died':
      return error(
        `The server of ${label} ended while it started. Its output says why; it starts again with the next file that is saved.`,
        ['output', 'restart'],
      );
  }
}

export function devNoticeMessage(notice: DevNotice, label: string): DevMessage {
  switch (notice.kind) {
    case 'say-broken':
      return error(
        `${label} still runs the code of before${after(notice.file)}: the source does not build. ${firstError(notice.errors)}`,
        ['open-error', 'output'],
      );
    case 'say-stuck':
      return warning(
        `${label} still runs the code of before${after(notice.file)}: it has not reloaded for a minute. Its output may say why; a restart helps.`,
        ['restart', 'output'],
      );
    case 'say-died':
      return diedMessage(notice, label);
    case 'say-exited':
      return error(`${label} ended unexpectedly (${notice.reason}).`, ['start', 'output']);
  }
}

function diedMessage(notice: Extract<DevNotice, { kind: 'say-died' }>, label: string): DevMessage {
  if (notice.poisoned)
    return error(
      `The server of ${label} ended twice within seconds of being ready. At every start it executes stored runs that were active again: ` +
        'one of them probably ends the process. Delete that run from the project’s storage (table mastra_workflow_snapshot), or run embedded.',
      ['output', 'embedded', 'stop'],
    );
  return error(
    notice.owned
      ? `The server of ${label} ended, and mastra dev does not start it again before the next file is saved.`
      : `The server of ${label} ended. It was started outside of this window: save a file to make it start again, or restart it there.`,
    notice.owned ? ['restart', 'output'] : [],
  );
}

/** Before a start that would execute runs again; undefined when there are none. */
export function activeRunsMessage(
  active: readonly ActiveRun[],
  label: string,
): { readonly text: string; readonly detail: string } | undefined {
  const [now, before] = [true, false].map((running) => [
    ...new Set(active.filter((run) => run.running === running).map(({ title }) => title)),
  ]);
  const texts = [
    ...(now === undefined || now.length === 0 ? [] : [`${now.join(', ')} ${now.length === 1 ? 'is' : 'are'} running.`]),
    ...(before === undefined || before.length === 0
      ? []
      : [`${before.join(', ')} ${before.length === 1 ? 'was' : 'were'} cut off in the middle of a run.`]),
  ];
  if (texts.length === 0) return undefined;
  return {
    text: texts.join(' '),
    detail: `When ${label} starts, it executes every run again that is active in the project’s storage, from its active step on. Steps may then be executed twice.`,
  };
}

/** For the end of a row: `running on 4111`, `starting…`. */
export function devStateText(state: DevState): string {
  switch (state.kind) {
    case 'stopped':
      return 'not running';
    case 'starting':
      return phaseText(state.phase);
    case 'running':
      return freshnessText(state.freshness) ?? `running on ${portOf(state.address.origin)}`;
    case 'reloading':
      return 'restarting…';
    case 'died':
      return 'its server ended';
    case 'stopping':
      return 'stopping…';
    case 'failed':
      return 'ended unexpectedly';
  }
}

export function phaseText(phase: DevPhase): string {
  switch (phase) {
    case 'preparing':
      return 'reading the configuration…';
    case 'bundling':
      return 'bundling…';
    case 'launching':
      return 'starting the server…';
  }
}

function freshnessText(freshness: Freshness): string | undefined {
  switch (freshness.kind) {
    case 'current':
      return undefined;
    case 'behind':
      return 'older than the source';
    case 'broken':
      return 'the source does not build';
    case 'stuck':
      return 'does not reload';
  }
}

/** Sentences for a tooltip. */
export function devStateLines(state: DevState): readonly string[] {
  switch (state.kind) {
    case 'stopped':
      return ['Not running. It is started when a run goes to it; that takes a while.'];
    case 'starting':
      return ['Starting. That takes ten to thirty seconds.'];
    case 'running': {
      const { freshness, owned, address } = state;
      return [
        `Running at ${address.origin}${owned ? '' : ', started outside of this window'}.`,
        ...(freshness.kind === 'behind'
          ? [
              `${freshness.file === undefined ? 'A file' : path.basename(freshness.file)} was saved; it has not reloaded yet.`,
            ]
          : []),
        ...(freshness.kind === 'broken' ? [`It runs older code: ${firstError(freshness.errors)}`] : []),
        ...(freshness.kind === 'stuck' ? ['It runs older code and does not reload. Restart it.'] : []),
      ];
    }
    case 'reloading':
      return ['Restarting with the new code.'];
    case 'died':
      return ['mastra dev runs, but its server has ended. Restart it, or save a file.'];
    case 'stopping':
      return ['Stopping.'];
    case 'failed':
      return [`It ended unexpectedly (${state.reason}). Its output says more.`];
  }
}

function portOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).port || origin : origin;
}

function after(file: string | undefined): string {
  return file === undefined ? ' the last change' : ` the last change of ${path.basename(file)}`;
}

function firstError(errors: readonly BuildError[]): string {
  const [first] = errors;
  if (first === undefined) return '';
  const place = first.file === undefined ? '' : `${path.basename(first.file)}:${first.line ?? 1}: `;
  const more =
    errors.length > 1
      ? ` ${errors.length === 2 ? 'There is 1 more error' : `There are ${errors.length - 1} more errors`}.`
      : '';
  return `${place}${first.message}${/[.!?]$/.test(first.message) ? '' : '.'}${more}`;
}

/** Every error on a line of its own, for the output channel. */
export function errorLines(errors: readonly BuildError[]): readonly string[] {
  return errors.map(buildErrorText);
}

/** The line of an output that names the mistake. */
function reasonOf(tail: readonly string[]): string | undefined {
  const line = tail.find((each) => /\b(\w*Error|error|failed|✗)\b|✗/i.test(each)) ?? tail.at(-1);
  return line === undefined ? undefined : short(line.replace(/^[\s✗│]+/, ''));
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function error(text: string, actions: readonly DevAction[]): DevMessage {
  return { severity: 'error', text, actions };
}

function warning(text: string, actions: readonly DevAction[]): DevMessage {
  return { severity: 'warning', text, actions };
}
