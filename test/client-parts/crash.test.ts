import assert from 'node:assert/strict';
import { createCrashPolicy } from '../../client/src/crash.ts';

describe('restarts after a crash', () => {
  it('are given up when the server keeps ending', () => {
    const policy = createCrashPolicy(() => 0);
    assert.deepEqual(
      Array.from({ length: 5 }, () => policy.mayRestart()),
      [true, true, true, true, false],
    );
    assert.equal(policy.count, 5);
  });

  it('go on when the crashes are far apart', () => {
    let now = 0;
    const policy = createCrashPolicy(() => now);
    for (let crash = 0; crash < 20; crash += 1) {
      now += 60_000;
      assert.equal(policy.mayRestart(), true);
    }
  });

  it('begin anew when the user restarts', () => {
    const policy = createCrashPolicy(() => 0);
    while (policy.mayRestart());
    policy.forget();
    assert.equal(policy.mayRestart(), true);
    assert.equal(policy.count, 1);
  });
});
