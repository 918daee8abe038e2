import assert from 'node:assert/strict';
import { statusView } from '../../client/src/status.ts';
import { commandIds } from '../../common/protocol/index.ts';

const folder = 'file:///project';
const running = { kind: 'running' } as const;

describe('status item', () => {
  it('is busy until the folder was read', () => {
    assert.equal(statusView({ kind: 'starting' }, undefined).busy, true);
    assert.equal(statusView(running, undefined).busy, true);
    assert.equal(statusView(running, { state: 'starting', folder }).busy, true);
  });

  it('tells version and workflows of a folder', () => {
    const text = (workflows: number) =>
      statusView(running, { state: 'ready', folder, workflows, mastraVersion: '1.71.0' }).text;
    assert.equal(text(14), 'Mastra 1.71.0 · 14 workflows');
    assert.equal(text(1), 'Mastra 1.71.0 · 1 workflow');
    assert.equal(text(0), 'Mastra 1.71.0 · no workflows');
    const none = statusView(running, { state: 'ready', folder, workflows: 0, mastraVersion: '' });
    assert.equal(none.text, 'Mastra · no workflows');
  });

  it('warns where dependencies are not installed, and says what to do', () => {
    const view = statusView(running, { state: 'structure-only', folder, workflows: 3 });
    assert.equal(view.severity, 'warning');
    assert.match(view.text, /dependencies not installed/);
    assert.match(view.detail, /3 workflows.*npm install/s);
  });

  it('gives the reason of a failure, of the folder or of the server, and offers a restart', () => {
    for (const view of [
      statusView(running, { state: 'failed', folder, reason: 'tsconfig.json cannot be read' }),
      statusView({ kind: 'failed', reason: 'tsconfig.json cannot be read' }, undefined),
    ]) {
      assert.equal(view.severity, 'error');
      assert.equal(view.detail, 'tsconfig.json cannot be read');
      assert.equal(view.command.id, commandIds.restartServer);
      assert.equal(view.busy, false);
    }
  });

  it('says that the server is off', () => {
    assert.match(statusView({ kind: 'stopped' }, undefined).detail, /not running/);
  });
});
