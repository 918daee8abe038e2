/** The life of one `mastra dev`, as a pure machine: what happened goes in, the state and what is to be done come out. */
import type { BuildError } from '../../run/problem.ts';
import type { DevAddress, DevEffect, DevEvent, DevMachine, DevState, Freshness } from './state.ts';

export interface DevStep {
  readonly machine: DevMachine;
  readonly effects: readonly DevEffect[];
}

/** Milliseconds. Reloads take 4.6 to 16 s; what takes longer is worth a look. */
export const limits = {
  /** From a save to our own look at the source. */
  quiet: 4_000,
  /** From a save to "does not reload". */
  stuck: 60_000,
  /** From an announced end of the server to "died". */
  announced: 45_000,
  /** The same without announcement, when we would have seen one. */
  unannounced: 4_000,
  /** From the start of the server's process to its first answer. */
  launch: 60_000,
  /** Who dies sooner after being ready may do so again. */
  early: 15_000,
  /** A save is often seen a moment after the bundler has seen it. */
  late: 2_000,
} as const;

export const initial: DevMachine = { state: { kind: 'stopped' }, earlyDeaths: 0 };

/** Never throws. Events that mean nothing in a state leave it as it is. */
export function step(machine: DevMachine, event: DevEvent): DevStep {
  const { state } = machine;
  switch (event.type) {
    case 'start':
      return idle(state) ? to(machine, { kind: 'starting', since: event.time, phase: 'preparing' }) : same(machine);
    case 'phase':
      return state.kind === 'starting' && state.phase !== event.phase
        ? to(machine, { kind: 'starting', since: event.time, phase: event.phase })
        : same(machine);
    case 'ready':
      return state.kind === 'stopping' ? same(machine) : to(machine, running(event.address, event.owned, event.time));
    case 'bundling':
      return bundling(machine, event.time);
    case 'restarting':
      return state.kind === 'running' || state.kind === 'reloading'
        ? to(machine, { ...state, kind: 'reloading', since: event.time, announced: true })
        : same(machine);
    case 'crashed':
      return state.kind === 'reloading' || (state.kind === 'starting' && state.phase === 'launching')
        ? died(machine, event.time)
        : same(machine);
    case 'connected':
      return connected(machine, event.instance, event.time);
    case 'dropped':
      return state.kind === 'running'
        ? to(machine, { ...state, kind: 'reloading', since: event.time, announced: false })
        : same(machine);
    case 'saved':
      return saved(machine, event.file, event.time);
    case 'wanted':
      return look(machine);
    case 'built':
      return built(machine, event.errors, event.affected);
    case 'tick':
      return tick(machine, event.time);
    case 'stop':
      return idle(state) ? same(machine) : to(machine, { kind: 'stopping' });
    case 'exited':
      return exited(machine, event.reason);
  }
}

/** When `tick` is due; undefined while nothing is waited for. */
export function deadline({ state }: DevMachine): number | undefined {
  switch (state.kind) {
    case 'starting':
      return state.phase === 'launching' ? state.since + limits.launch : undefined;
    case 'running':
      if (state.freshness.kind !== 'behind') return undefined;
      return state.freshness.since + (state.freshness.looked ? limits.stuck : limits.quiet);
    case 'reloading':
      return state.since + patience(state);
    case 'stopped':
    case 'died':
    case 'stopping':
    case 'failed':
      return undefined;
  }
}

export function idle(state: DevState): boolean {
  return state.kind === 'stopped' || state.kind === 'failed';
}

function connected(machine: DevMachine, instance: string, time: number): DevStep {
  const { state } = machine;
  if (state.kind === 'died' && state.address !== undefined)
    return to(machine, { ...running(state.address, state.owned, time), instance });
  if (state.kind !== 'running' && state.kind !== 'reloading') return same(machine);
  const { address, owned, bundlingAt } = state;
  const live = { kind: 'running', address, owned, instance, bundlingAt } as const;
  // The first answer after `ready`, or the same process again: nothing was reloaded.
  if (state.instance === undefined && state.kind === 'running') return to(machine, { ...state, instance });
  if (state.instance === instance) return to(machine, { ...live, readyAt: state.readyAt, freshness: state.freshness });
  // What was saved after this bundle was begun comes with the next one.
  const { freshness } = state;
  const later = bundlingAt !== undefined && 'since' in freshness && freshness.since > bundlingAt + limits.late;
  return to(machine, { ...live, readyAt: time, freshness: later ? freshness : { kind: 'current' } });
}

function running(address: DevAddress, owned: boolean, time: number): Extract<DevState, { kind: 'running' }> {
  return {
    kind: 'running',
    address,
    owned,
    instance: undefined,
    readyAt: time,
    freshness: { kind: 'current' },
    bundlingAt: undefined,
  };
}

/** Whatever was saved is part of the bundle, also when it was saved where we do not look. */
function bundling(machine: DevMachine, time: number): DevStep {
  const { state } = machine;
  if (state.kind !== 'running' && state.kind !== 'reloading') return same(machine);
  const freshness: Freshness =
    state.freshness.kind === 'current'
      ? { kind: 'behind', file: undefined, since: time, looked: false, told: false }
      : state.freshness;
  return to(machine, { ...state, bundlingAt: time, freshness });
}

function saved(machine: DevMachine, file: string, time: number): DevStep {
  const { state } = machine;
  if (state.kind !== 'running' && state.kind !== 'reloading') return same(machine);
  const { freshness } = state;
  const told = freshness.kind === 'broken' || (freshness.kind === 'behind' && freshness.told);
  return to(machine, { ...state, freshness: { kind: 'behind', file, since: time, looked: false, told } });
}

function look(machine: DevMachine): DevStep {
  const { state } = machine;
  if (state.kind !== 'running' || state.freshness.kind !== 'behind' || state.freshness.looked) return same(machine);
  const { freshness } = state;
  return to(machine, { ...state, freshness: { ...freshness, looked: true } }, [
    { kind: 'diagnose', file: freshness.file },
  ]);
}

function built(machine: DevMachine, errors: readonly BuildError[], affected: boolean): DevStep {
  const { state } = machine;
  if (state.kind !== 'running' || state.freshness.kind !== 'behind') return same(machine);
  const { file, since, told } = state.freshness;
  if (errors.length > 0)
    return to(
      machine,
      { ...state, freshness: { kind: 'broken', file, since, errors } },
      told ? [] : [{ kind: 'say-broken', file, errors }],
    );
  return affected ? same(machine) : to(machine, { ...state, freshness: { kind: 'current' } });
}

function tick(machine: DevMachine, time: number): DevStep {
  const { state } = machine;
  const due = deadline(machine);
  if (due === undefined || time < due) return same(machine);
  if (state.kind === 'starting' || state.kind === 'reloading') return died(machine, time);
  if (state.kind !== 'running' || state.freshness.kind !== 'behind') return same(machine);
  const { freshness } = state;
  if (!freshness.looked) return look(machine);
  return to(machine, { ...state, freshness: { kind: 'stuck', file: freshness.file, since: freshness.since } }, [
    { kind: 'say-stuck', file: freshness.file },
  ]);
}

function died(machine: DevMachine, time: number): DevStep {
  const { state } = machine;
  if (state.kind !== 'starting' && state.kind !== 'reloading' && state.kind !== 'running') return same(machine);
  const lasted = state.kind === 'starting' ? Infinity : downSince(state, time) - state.readyAt;
  const earlyDeaths = lasted < limits.early ? machine.earlyDeaths + 1 : 0;
  const poisoned = earlyDeaths >= 2;
  const owned = state.kind === 'starting' || state.owned;
  const address = state.kind === 'starting' ? undefined : state.address;
  return {
    machine: { state: { kind: 'died', owned, address, poisoned }, earlyDeaths },
    effects: [{ kind: 'say-died', poisoned, owned }],
  };
}

function downSince(state: Extract<DevState, { kind: 'running' | 'reloading' }>, time: number): number {
  return state.kind === 'reloading' ? state.since : time;
}

function exited(machine: DevMachine, reason: string): DevStep {
  const { state } = machine;
  if (state.kind === 'stopping' || idle(state)) return to(machine, { kind: 'stopped' });
  return to(machine, { kind: 'failed', reason }, [{ kind: 'say-exited', reason }]);
}

function patience(state: Extract<DevState, { kind: 'reloading' }>): number {
  // Of a server that somebody else started we see no announcement.
  return state.announced || !state.owned ? limits.announced : limits.unannounced;
}

function to(machine: DevMachine, state: DevState, effects: readonly DevEffect[] = []): DevStep {
  return { machine: { ...machine, state }, effects };
}

function same(machine: DevMachine): DevStep {
  return { machine, effects: [] };
}
