/**
 * A run as a tree: steps in the order in which they were first started, each with the times that it ran, each of these with the steps of
 * the nested workflow, the items of the foreach, and what was printed and written meanwhile. Grows with the events, in place: a log of
 * 100,000 events is not folded anew for each of them.
 */
import type { Json, RunError, RunEvent, RunStatus, StepRunStatus } from '../../../../common/runlog/events.ts';
import type { StepEvent } from '../../../../common/runlog/step.ts';
import { explainValidation } from '../validation.ts';
import { print, silent, write } from './spoken.ts';
import type { Spoken } from './spoken.ts';

/** One place in the flow. */
export interface StepNode {
  /** Ids from the outside in, as events have them. */
  readonly path: readonly string[];
  /** Once for each time that it was started; a resumed step goes on with the time that was suspended. */
  readonly times: StepTime[];
}

/** One time that a step ran. */
export interface StepTime {
  readonly path: readonly string[];
  /** From 0. */
  readonly number: number;
  /** The round of a loop, as Mastra counts them, from 1; undefined outside of loops. */
  iteration: number | undefined;
  /** 2 when it threw and was tried again. */
  attempts: number;
  status: StepRunStatus;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  input: Json | undefined;
  output: Json | undefined;
  /** What it waits for. */
  payload: Json | undefined;
  error: RunError | undefined;
  /** For an input that did not fit: each field, what is wanted and what came. */
  validation: readonly string[];
  total: number | undefined;
  readonly steps: Map<string, StepNode>;
  /** Items of a foreach by their index. */
  readonly items: Map<number, ItemState>;
  readonly spoken: Spoken;
}

export interface ItemState {
  readonly index: number;
  readonly status: 'success' | 'failed' | 'suspended';
  readonly time: number;
  readonly input: Json | undefined;
  readonly output: Json | undefined;
}

export interface RunTree {
  runId: string | undefined;
  status: RunStatus | undefined;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  input: Json | undefined;
  output: Json | undefined;
  error: RunError | undefined;
  readonly steps: Map<string, StepNode>;
  /** What no step can be named for. */
  readonly spoken: Spoken;
}

export interface GrowingTree {
  readonly tree: RunTree;
  append(event: RunEvent): void;
}

export function createRunTree(): GrowingTree {
  const tree: RunTree = {
    runId: undefined,
    status: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    input: undefined,
    output: undefined,
    error: undefined,
    steps: new Map(),
    spoken: silent(),
  };
  const calls = new Map<string, StepTime>();
  /** The step of each workflow that gave its output last. */
  const givers = new Map<string, readonly string[]>();
  /** Times that have not ended. */
  const open = new Set<StepTime>();

  const nodeAt = (path: readonly string[]): StepNode => {
    let steps = tree.steps;
    let node: StepNode | undefined;
    path.forEach((id, index) => {
      node = steps.get(id);
      if (node === undefined) {
        node = { path: path.slice(0, index + 1), times: [] };
        steps.set(id, node);
      }
      if (index < path.length - 1) steps = latestOf(node).steps;
    });
    return node ?? { path, times: [] };
  };

  const begin = (event: StepEvent, status: 'running' | 'waiting'): StepTime => {
    const node = nodeAt(event.step);
    const last = node.times.at(-1);
    const time = last?.status === 'suspended' ? last : addTime(node);
    time.status = status;
    time.startedAt ??= event.time;
    time.finishedAt = undefined;
    open.add(time);
    return time;
  };

  const timeOf = (event: StepEvent): StepTime => {
    const called = 'callId' in event && event.callId !== undefined ? calls.get(event.callId) : undefined;
    return called ?? latestOf(nodeAt(event.step));
  };

  const end = (event: StepEvent, status: StepRunStatus): StepTime => {
    const time = timeOf(event);
    time.status = status;
    time.finishedAt = event.time;
    open.delete(time);
    endInside(time);
    return time;
  };

  const onStep = (event: StepEvent): void => {
    switch (event.type) {
      case 'step-started': {
        const time = begin(event, 'running');
        time.input = event.input;
        time.iteration = event.iteration;
        if (event.callId !== undefined) calls.set(event.callId, time);
        return;
      }
      case 'step-retried':
        timeOf(event).attempts = event.attempt;
        return;
      case 'step-waiting':
        begin(event, 'waiting');
        return;
      case 'step-progress': {
        const time = timeOf(event);
        const input = Array.isArray(time.input) ? (time.input as readonly Json[])[event.index] : undefined;
        const { index, itemStatus: status, output } = event;
        time.total = event.total;
        time.items.set(index, { index, status, time: event.time, input, output });
        return;
      }
      case 'step-succeeded':
        end(event, 'success').output = event.output;
        givers.set(scopeOf(event.step), event.step);
        return;
      case 'step-failed': {
        const time = end(event, 'failed');
        time.error = event.error;
        time.validation = explainValidation(event.error, time.input, givers.get(scopeOf(event.step))?.at(-1));
        return;
      }
      case 'step-suspended':
        end(event, 'suspended').payload = event.payload;
        return;
      case 'step-output':
        write(event.step.length === 0 ? tree.spoken : timeOf(event).spoken, event.output);
    }
  };

  return {
    tree,
    append(event) {
      switch (event.type) {
        case 'run-started':
          Object.assign(tree, { runId: event.runId, status: 'running', startedAt: event.time, input: event.input });
          return;
        case 'run-resumed':
          Object.assign(tree, { runId: event.runId, status: 'running', finishedAt: undefined });
          tree.startedAt ??= event.time;
          return;
        case 'run-finished':
          Object.assign(tree, {
            status: event.status,
            finishedAt: event.time,
            output: event.output,
            error: event.error,
          });
          for (const time of open) {
            time.status = event.status === 'suspended' ? 'suspended' : 'canceled';
            time.finishedAt = event.time;
            endInside(time);
          }
          open.clear();
          return;
        case 'console':
          print(event.step === undefined ? tree.spoken : latestOf(nodeAt(event.step)).spoken, event);
          return;
        case 'step-started':
        case 'step-retried':
        case 'step-waiting':
        case 'step-progress':
        case 'step-succeeded':
        case 'step-failed':
        case 'step-suspended':
        case 'step-output':
          onStep(event);
      }
    },
  };
}

/** Mastra tells nothing of the steps of a workflow that runs for each item of a foreach: they are known by what they print, and end with it. */
function endInside({ steps, status, finishedAt }: StepTime): void {
  for (const { times } of steps.values()) {
    for (const time of times) {
      if (time.status !== 'running') continue;
      time.status = status === 'failed' ? 'canceled' : status;
      time.finishedAt = finishedAt;
      endInside(time);
    }
  }
}

function scopeOf(step: readonly string[]): string {
  return step.slice(0, -1).join('.');
}

function latestOf(node: StepNode): StepTime {
  return node.times.at(-1) ?? addTime(node);
}

function addTime(node: StepNode): StepTime {
  const time: StepTime = {
    path: node.path,
    number: node.times.length,
    iteration: undefined,
    attempts: 1,
    status: 'running',
    startedAt: undefined,
    finishedAt: undefined,
    input: undefined,
    output: undefined,
    payload: undefined,
    error: undefined,
    validation: [],
    total: undefined,
    steps: new Map(),
    items: new Map(),
    spoken: silent(),
  };
  node.times.push(time);
  return time;
}
