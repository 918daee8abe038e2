import assert from 'node:assert/strict';
import { createScheduler, type Scheduler } from '../../server/src/lsp/scheduler.ts';

/** Work whose runs end when the test says so. */
function controlledWork() {
  const runs: { readonly signal: AbortSignal; end(): void }[] = [];
  const started: (() => void)[] = [];
  return {
    runs,
    run: (signal: AbortSignal) =>
      new Promise<void>((end) => {
        runs.push({ signal, end });
        for (const resume of started.splice(0)) resume();
      }),
    /** Resolves when the n-th run has started. */
    async start(n: number): Promise<void> {
      while (runs.length < n) await new Promise<void>((resume) => started.push(resume));
    },
  };
}

describe('the scheduler', () => {
  let scheduler: Scheduler;
  let work: ReturnType<typeof controlledWork>;

  beforeEach(() => {
    work = controlledWork();
    scheduler = createScheduler({ delay: 1, run: work.run });
  });

  afterEach(() => {
    scheduler.close();
  });

  it('runs once for a burst of requests', async () => {
    for (let n = 0; n < 20; n += 1) scheduler.request();
    const settled = scheduler.settled();
    await work.start(1);
    work.runs[0]?.end();
    await settled;
    assert.equal(work.runs.length, 1);
  });

  it('is settled while nothing was asked for', async () => {
    await scheduler.settled();
    assert.equal(work.runs.length, 0);
  });

  it('cancels a run when a newer request comes, and is settled only after the newer run', async () => {
    scheduler.request();
    await work.start(1);
    scheduler.request();
    assert.ok(work.runs[0]?.signal.aborted);
    let isSettled = false;
    const settled = scheduler.settled().then(() => (isSettled = true));
    work.runs[0].end();
    await work.start(2);
    assert.ok(!isSettled);
    assert.ok(work.runs[1]?.signal.aborted === false);
    work.runs[1].end();
    await settled;
  });

  it('lets a waiting request be cancelled without touching the others', async () => {
    scheduler.request();
    const cancel = new AbortController();
    const cancelled = scheduler.settled(cancel.signal);
    const patient = scheduler.settled(new AbortController().signal);
    cancel.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    await assert.rejects(scheduler.settled(cancel.signal), { name: 'AbortError' });
    await work.start(1);
    work.runs[0]?.end();
    await patient;
  });

  it('lets everybody go when it is closed, and never runs again', async () => {
    scheduler.request();
    await work.start(1);
    const settled = scheduler.settled();
    scheduler.close();
    await settled;
    assert.ok(work.runs[0]?.signal.aborted);
    scheduler.request();
    await scheduler.settled();
    assert.equal(work.runs.length, 1);
  });
});
