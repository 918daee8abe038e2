/** The life of `mastra dev`, without one: what happens goes in, what is shown and said comes out. */
import assert from 'node:assert/strict';
import { deadline, initial, limits, step } from '../../client/src/servers/dev/machine.ts';
import type { DevAddress, DevEvent, DevMachine } from '../../client/src/servers/dev/state.ts';

const address: DevAddress = {
  origin: 'http://127.0.0.1:4111',
  apiPrefix: '/api',
  studio: 'http://127.0.0.1:4111',
};
const file = '/shop/src/mastra/index.ts';
const wrong = [{ message: 'Unexpected "("', file, line: 3, column: 1 }];

/** Applies events one after the other; effects in words. */
function live(
  events: readonly DevEvent[],
  from: DevMachine = initial,
): { readonly machine: DevMachine; readonly said: string[] } {
  const said: string[] = [];
  let machine = from;
  for (const event of events) {
    const next = step(machine, event);
    machine = next.machine;
    said.push(...next.effects.map((effect) => effect.kind));
  }
  return { machine, said };
}

/** Up since 1000, as the process `a`. */
function up(owned = true): DevMachine {
  const { machine } = live([
    { type: 'start', time: 0 },
    { type: 'phase', phase: 'bundling', time: 400 },
    { type: 'phase', phase: 'launching', time: 900 },
    { type: 'ready', time: 1_000, address, owned },
    { type: 'connected', time: 1_001, instance: 'a' },
  ]);
  return machine;
}

function freshness({ state }: DevMachine): string {
  return state.kind === 'running' || state.kind === 'reloading' ? state.freshness.kind : state.kind;
}

describe('the life of mastra dev', () => {
  it('starts in phases, answers, and is current', () => {
    const { machine } = live([
      { type: 'start', time: 0 },
      { type: 'phase', phase: 'bundling', time: 400 },
    ]);
    assert.deepEqual(machine.state, { kind: 'starting', since: 400, phase: 'bundling' });
    assert.equal(up().state.kind, 'running');
    assert.equal(freshness(up()), 'current');
  });

  it('is behind from a save to the reload that it brings', () => {
    const saved = live([{ type: 'saved', time: 100_000, file }], up());
    assert.equal(freshness(saved.machine), 'behind');
    const restarting = live(
      [
        { type: 'bundling', time: 100_060 },
        { type: 'restarting', time: 105_000 },
        { type: 'dropped', time: 105_010 },
      ],
      saved.machine,
    );
    assert.equal(restarting.machine.state.kind, 'reloading');
    const reloaded = live([{ type: 'connected', time: 107_000, instance: 'b' }], restarting.machine);
    assert.equal(reloaded.machine.state.kind, 'running');
    assert.equal(freshness(reloaded.machine), 'current');
    assert.deepEqual([...saved.said, ...restarting.said, ...reloaded.said], []);
  });

  it('takes a save that is noticed after the bundler noticed it for part of that bundle', () => {
    const { machine } = live(
      [
        { type: 'bundling', time: 100_000 },
        { type: 'saved', time: 100_900, file },
        { type: 'restarting', time: 105_000 },
        { type: 'connected', time: 107_000, instance: 'b' },
      ],
      up(),
    );
    assert.equal(freshness(machine), 'current');
  });

  it('stays behind when a file was saved while it bundled', () => {
    const { machine } = live(
      [
        { type: 'saved', time: 100_000, file },
        { type: 'bundling', time: 100_060 },
        { type: 'saved', time: 104_000, file },
        { type: 'restarting', time: 105_000 },
        { type: 'connected', time: 107_000, instance: 'b' },
      ],
      up(),
    );
    assert.equal(freshness(machine), 'behind');
  });

  it('notices what was saved outside of the window by the bundler', () => {
    const { machine } = live([{ type: 'bundling', time: 100_000 }], up());
    assert.equal(freshness(machine), 'behind');
  });

  it('looks at the source when no reload comes, and says once that it does not build', () => {
    const saved = live([{ type: 'saved', time: 100_000, file }], up());
    assert.equal(deadline(saved.machine), 100_000 + limits.quiet);
    const early = live([{ type: 'tick', time: 100_000 + limits.quiet - 1 }], saved.machine);
    assert.deepEqual(early.said, []);
    const looked = live([{ type: 'tick', time: 100_000 + limits.quiet }], saved.machine);
    assert.deepEqual(looked.said, ['diagnose']);
    const broken = live([{ type: 'built', errors: wrong, affected: false }], looked.machine);
    assert.deepEqual(broken.said, ['say-broken']);
    assert.equal(freshness(broken.machine), 'broken');
    assert.equal(deadline(broken.machine), undefined);
    const again = live(
      [
        { type: 'saved', time: 200_000, file },
        { type: 'tick', time: 200_000 + limits.quiet },
        { type: 'built', errors: wrong, affected: false },
      ],
      broken.machine,
    );
    assert.deepEqual(again.said, ['diagnose']);
    assert.equal(freshness(again.machine), 'broken');
  });

  it('forgets a file that is not part of what it runs', () => {
    const { machine, said } = live(
      [
        { type: 'saved', time: 100_000, file: '/shop/README.md' },
        { type: 'wanted' },
        { type: 'built', errors: [], affected: false },
      ],
      up(),
    );
    assert.equal(freshness(machine), 'current');
    assert.deepEqual(said, ['diagnose']);
  });

  it('says that it does not reload although the source builds', () => {
    const looked = live(
      [
        { type: 'saved', time: 100_000, file },
        { type: 'tick', time: 100_000 + limits.quiet },
        { type: 'built', errors: [], affected: true },
      ],
      up(),
    );
    assert.equal(freshness(looked.machine), 'behind');
    assert.equal(deadline(looked.machine), 100_000 + limits.stuck);
    const stuck = live([{ type: 'tick', time: 100_000 + limits.stuck }], looked.machine);
    assert.deepEqual(stuck.said, ['say-stuck']);
  });

  it('is back without a reload when only the connection was lost', () => {
    const { machine, said } = live(
      [
        { type: 'dropped', time: 100_000 },
        { type: 'connected', time: 100_600, instance: 'a' },
      ],
      up(),
    );
    assert.equal(machine.state.kind, 'running');
    assert.deepEqual(said, []);
  });

  it('is dead soon when its server goes without a word, later when a restart was announced', () => {
    const silent = live([{ type: 'dropped', time: 100_000 }], up());
    assert.equal(deadline(silent.machine), 100_000 + limits.unannounced);
    const dead = live([{ type: 'tick', time: 100_000 + limits.unannounced }], silent.machine);
    assert.equal(dead.machine.state.kind, 'died');
    assert.deepEqual(dead.said, ['say-died']);
    const announced = live([{ type: 'restarting', time: 100_000 }], up());
    assert.equal(deadline(announced.machine), 100_000 + limits.announced);
    const crashed = live([{ type: 'crashed', time: 101_000 }], announced.machine);
    assert.equal(crashed.machine.state.kind, 'died');
  });

  it('gives one that others started the time of a restart, since nothing is announced', () => {
    const { machine } = live([{ type: 'dropped', time: 100_000 }], up(false));
    assert.equal(deadline(machine), 100_000 + limits.announced);
  });

  it('lives again when a save brings its server back', () => {
    const { machine } = live(
      [
        { type: 'dropped', time: 100_000 },
        { type: 'tick', time: 110_000 },
        { type: 'connected', time: 120_000, instance: 'c' },
      ],
      up(),
    );
    assert.equal(machine.state.kind, 'running');
    assert.equal(freshness(machine), 'current');
  });

  it('is poisoned when it dies twice within seconds of being ready, and not when hours lie between', () => {
    const die = (at: number): DevEvent[] => [
      { type: 'dropped', time: at },
      { type: 'tick', time: at + limits.announced },
    ];
    const back = (at: number, instance: string): DevEvent => ({ type: 'connected', time: at, instance });
    const twice = live([...die(2_000), back(60_000, 'b'), ...die(61_000)], up());
    assert.deepEqual(twice.machine.state, { kind: 'died', owned: true, address, poisoned: true });
    const once = live([...die(2_000), back(60_000, 'b'), ...die(4_000_000)], up());
    assert.deepEqual(once.machine.state, { kind: 'died', owned: true, address, poisoned: false });
  });

  it('counts early deaths over restarts', () => {
    const first = live(
      [
        { type: 'dropped', time: 2_000 },
        { type: 'tick', time: 2_000 + limits.unannounced },
        { type: 'stop' },
        { type: 'exited', reason: '' },
        { type: 'start', time: 10_000 },
        { type: 'phase', phase: 'launching', time: 20_000 },
        { type: 'ready', time: 21_000, address, owned: true },
        { type: 'connected', time: 21_001, instance: 'b' },
        { type: 'dropped', time: 22_000 },
        { type: 'tick', time: 22_000 + limits.unannounced },
      ],
      up(),
    );
    assert.deepEqual(first.machine.state, { kind: 'died', owned: true, address, poisoned: true });
  });

  it('ends when it is told to, and says so when it ends by itself', () => {
    const stopped = live([{ type: 'stop' }, { type: 'exited', reason: 'SIGTERM' }], up());
    assert.deepEqual([stopped.machine.state.kind, stopped.said], ['stopped', []]);
    const failed = live([{ type: 'exited', reason: 'exit code 1' }], up());
    assert.deepEqual([failed.machine.state.kind, failed.said], ['failed', ['say-exited']]);
    const again = live([{ type: 'start', time: 5 }], failed.machine);
    assert.equal(again.machine.state.kind, 'starting');
  });

  it('does not come up any more once it is being stopped', () => {
    const { machine } = live([{ type: 'stop' }, { type: 'ready', time: 9_000, address, owned: true }], up());
    assert.equal(machine.state.kind, 'stopping');
  });

  it('is dead when its server does not answer for a minute', () => {
    const { machine } = live([
      { type: 'start', time: 0 },
      { type: 'phase', phase: 'launching', time: 20_000 },
    ]);
    const due = deadline(machine);
    assert.ok(due !== undefined);
    assert.equal(live([{ type: 'tick', time: due }], machine).machine.state.kind, 'died');
  });
});
