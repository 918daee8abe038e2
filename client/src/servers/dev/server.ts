/** One `mastra dev`: carries out what the machine decides, and tells it what happens. */
import { defaultApiPrefix } from '../../run/http/address.ts';
import { isEnvironmentFile } from './environment.ts';
import { askDev, findRunningDev } from './found.ts';
import type { DevServer, DevServerOptions, DevStart } from './contract.ts';
import { prepareLaunch } from './launch.ts';
import { readDevLine } from './lines.ts';
import { isAlive, lockOrigin, readDevLock } from './lock.ts';
import { deadline, idle, initial, step } from './machine.ts';
import type { DevAddress, DevEvent, DevMachine } from './state.ts';
import type { DevProblem } from './problem.ts';
import { exitText, startDevProcess } from './process.ts';
import type { DevExit, DevProcess } from './process.ts';
import { pause, watchRefresh } from './refresh.ts';

const askMilliseconds = 400;

export function createDevServer(options: DevServerOptions): DevServer {
  const { project } = options;
  const { root } = project;
  let machine: DevMachine = initial;
  let running: DevProcess | undefined;
  let foundPid: number | undefined;
  let starting: Promise<DevStart> | undefined;
  /** Fires when it is stopped, also before there is a process. */
  let wanted = new AbortController();
  let refresh: { dispose(): void } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lastExit: DevExit | undefined;
  let life = new AbortController();
  const told: { studio: string | undefined; api: string | undefined; portTaken: boolean } = fresh();

  const happen = (event: DevEvent): void => {
    const before = machine.state;
    const next = step(machine, event);
    machine = next.machine;
    schedule();
    if (machine.state !== before) {
      follow();
      options.onDidChange();
    }
    for (const effect of next.effects) {
      if (effect.kind === 'diagnose') void diagnose(effect.file);
      else options.notify(effect);
    }
  };

  const schedule = (): void => {
    clearTimeout(timer);
    const due = deadline(machine);
    if (due === undefined) return;
    timer = setTimeout(() => happen({ type: 'tick', time: Date.now() }), Math.max(0, due - Date.now()) + 1);
    timer.unref();
  };

  /** Watches for reloads as long as there is something to watch. */
  const follow = (): void => {
    const { state } = machine;
    const address = 'address' in state ? state.address : undefined;
    if (address === undefined) {
      refresh?.dispose();
      refresh = undefined;
      return;
    }
    refresh ??= watchRefresh(address.studio, {
      onConnected: (instance) => happen({ type: 'connected', time: Date.now(), instance }),
      onDropped: () => {
        happen({ type: 'dropped', time: Date.now() });
        // One that somebody else started may have been ended as a whole.
        if (running === undefined) void lookWhetherGone();
      },
    });
  };

  const lookWhetherGone = async (): Promise<void> => {
    const { signal } = life;
    while (!signal.aborted && (machine.state.kind === 'reloading' || machine.state.kind === 'died')) {
      const found = await findRunningDev(root);
      if (found.kind === 'none') {
        foundPid = undefined;
        happen({ type: 'stop' });
        happen({ type: 'exited', reason: '' });
        return;
      }
      await pause(1_000, signal);
    }
  };

  const diagnose = async (file: string | undefined): Promise<void> => {
    const { signal } = life;
    try {
      const { errors, files } = await options.check(signal);
      if (signal.aborted) return;
      const affected = file === undefined || files.has(file) || isEnvironmentFile(root, file);
      happen({ type: 'built', errors, affected });
    } catch (error) {
      if (signal.aborted) return;
      options.log(`mastra dev: the source could not be checked: ${String(error)}`);
      happen({ type: 'built', errors: [], affected: true });
    }
  };

  const onLine = (line: string): void => {
    options.print(line);
    const time = Date.now();
    const read = readDevLine(line);
    switch (read?.kind) {
      case undefined:
      case 'bundled':
        break;
      case 'preparing':
        happen({ type: 'phase', phase: 'bundling', time });
        break;
      case 'launching':
        happen({ type: 'phase', phase: 'launching', time });
        break;
      case 'bundling':
      case 'restarting':
      case 'crashed':
        happen({ type: read.kind, time });
        break;
      case 'studio':
        told.studio = read.url;
        break;
      case 'api':
        told.api = read.url;
        break;
      case 'port-taken':
        told.portTaken = true;
        break;
    }
  };

  /** Asks until it answers; also after its server died, since the next file that is saved starts it again. */
  const awaitAnswer = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const { state } = machine;
      if (state.kind === 'starting' || (state.kind === 'died' && state.address === undefined)) {
        const lock = await readDevLock(root);
        // No living process held the lock before: this one does, or what it started (Yarn runs the command in a child).
        const origin = lock !== undefined && isAlive(lock.pid) ? lockOrigin(lock) : undefined;
        // Another server may hold the port that this one wants.
        const ready = origin !== undefined && (state.kind === 'died' || state.phase === 'launching') && !told.portTaken;
        const address = ready ? await askDev(origin, prefixOf(told.api), signal) : undefined;
        if (address !== undefined && running !== undefined) {
          const studio = told.studio === undefined ? address.studio : address.origin + pathOf(told.studio);
          happen({ type: 'ready', time: Date.now(), address: { ...address, studio }, owned: true });
        }
      }
      await pause(askMilliseconds, signal);
    }
  };

  const launch = async (): Promise<DevStart> => {
    wanted = new AbortController();
    const { signal: wish } = wanted;
    const found = await findRunningDev(root);
    if (found.kind === 'running') {
      attach(found.pid, found.address);
      return { kind: 'ready', address: found.address };
    }
    if (found.kind === 'silent') return problem({ kind: 'silent', pid: found.pid, command: found.command });
    const prepared = await prepareLaunch(project, options);
    if (prepared.kind === 'problem') return prepared;
    if (wish.aborted) return problem({ kind: 'canceled' });
    Object.assign(told, fresh());
    life = new AbortController();
    happen({ type: 'start', time: Date.now() });
    const process = startDevProcess({ ...prepared.launch, onLine });
    running = process;
    options.log(`mastra dev: started in ${root} as process ${process.pid ?? '?'}.`);
    const { signal } = life;
    void awaitAnswer(signal);
    void process.exited.then((exit) => {
      running = undefined;
      lastExit = exit;
      life.abort();
      options.log(`mastra dev: process ${process.pid ?? '?'} ended (${exitText(exit)}).`);
      happen({ type: 'exited', reason: exitText(exit) });
    });
    return settled();
  };

  /** Resolves when a start or a reload has come to an end, whichever. */
  const settled = async (): Promise<DevStart> => {
    for (;;) {
      const { state } = machine;
      if (state.kind === 'running') return { kind: 'ready', address: state.address };
      if (told.portTaken && state.kind === 'starting') {
        const lock = await readDevLock(root);
        await stop();
        return problem({ kind: 'port-taken', port: lock?.port ?? 0 });
      }
      if (state.kind === 'stopped') return problem({ kind: 'canceled' });
      if (state.kind === 'failed') return problem({ kind: 'exited', reason: state.reason, tail: lastExit?.tail ?? [] });
      if (state.kind === 'died') return problem({ kind: 'died' });
      await pause(50, new AbortController().signal);
    }
  };

  const begin = async (): Promise<DevStart> => {
    switch (machine.state.kind) {
      case 'running':
      case 'starting':
      case 'reloading':
        return settled();
      case 'died':
        if (running === undefined) return problem({ kind: 'died' });
        await stop();
        return launch();
      case 'stopping':
        await settled();
        return launch();
      case 'stopped':
      case 'failed':
        return launch();
    }
  };

  const mayAttach = (): boolean => idle(machine.state) && starting === undefined;

  const attach = (pid: number, address: DevAddress): void => {
    foundPid = pid;
    life = new AbortController();
    happen({ type: 'ready', time: Date.now(), address, owned: false });
  };

  const stop = async (): Promise<void> => {
    const process = running;
    wanted.abort();
    if (process === undefined) return;
    happen({ type: 'stop' });
    await process.stop();
    // The end itself is told by whoever waits for it, a moment later.
    while (machine.state.kind === 'stopping') await pause(10, new AbortController().signal);
  };

  return {
    project,
    get state() {
      return machine.state;
    },
    get pid() {
      return running?.pid ?? foundPid;
    },
    start() {
      starting ??= begin().finally(() => {
        starting = undefined;
      });
      return starting;
    },
    async look() {
      if (!mayAttach()) return;
      const found = await findRunningDev(root);
      // Meanwhile it may have been started here.
      if (found.kind === 'running' && mayAttach()) attach(found.pid, found.address);
    },
    stop,
    release() {
      if (running !== undefined) return;
      life.abort();
      foundPid = undefined;
      happen({ type: 'stop' });
      happen({ type: 'exited', reason: '' });
    },
    async caughtUp(signal) {
      happen({ type: 'wanted' });
      while (!signal.aborted) {
        const { state } = machine;
        if (state.kind !== 'reloading' && !(state.kind === 'running' && state.freshness.kind === 'behind')) break;
        await pause(50, signal);
      }
      return machine.state;
    },
    saved: (file) => happen({ type: 'saved', time: Date.now(), file }),
    dispose() {
      clearTimeout(timer);
      life.abort();
      refresh?.dispose();
      running?.kill();
    },
  };
}

function fresh(): { studio: string | undefined; api: string | undefined; portTaken: boolean } {
  return { studio: undefined, api: undefined, portTaken: false };
}

function problem(of: DevProblem): Extract<DevStart, { kind: 'problem' }> {
  return { kind: 'problem', problem: of };
}

function prefixOf(url: string | undefined): string {
  return url === undefined ? defaultApiPrefix : pathOf(url);
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
}
