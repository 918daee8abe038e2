import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../../common/protocol/index.ts';
import type { RunEvent } from '../../../common/runlog/events.ts';
import type { RunService } from '../../../client/src/run/service.ts';
import { expectedWorkflows } from '../../projects/orders.expected.ts';
import { extensionParts, until, workflowWithId } from '../support.ts';

type Finished = Extract<RunEvent, { readonly type: 'run-finished' }>;

function lastOf(events: readonly RunEvent[] | undefined): Finished | undefined {
  const last = events?.at(-1);
  return last?.type === 'run-finished' ? last : undefined;
}

describe('running a workflow', function () {
  this.timeout(120_000);
  let runs: RunService;

  before(async () => {
    ({ runs } = await extensionParts());
  });

  /** Starts a run with the input that the sample project expects, and waits until it has ended. */
  const run = async (id: string): Promise<readonly RunEvent[]> => {
    const input = expectedWorkflows.find((workflow) => workflow.id === id)?.input;
    const { uri, key } = await workflowWithId(id);
    await vscode.commands.executeCommand(commandIds.runWorkflow, { uri, key, input });
    return until(`the run of ${id} has ended`, () => {
      const events = runs.events(key);
      return lastOf(events) && events;
    });
  };

  it('succeeds with the given input, through nested workflows', async () => {
    const events = await run('fulfil-order');
    assert.equal(lastOf(events)?.status, 'success', lastOf(events)?.error?.message);
    const started = events.flatMap((event) => (event.type === 'step-started' ? [event.step.join('/')] : []));
    assert.deepEqual(started, [
      'pack-parcel',
      'pack-parcel/weigh-parcel',
      'pack-parcel/print-label',
      'hand-to-carrier',
    ]);
  });

  it('fails with the error of the step, at its place in the source', async () => {
    const events = await run('charge-card');
    assert.equal(lastOf(events)?.status, 'failed');
    const failed = events.find((event) => event.type === 'step-failed');
    assert.ok(failed);
    assert.match(failed.error.stack ?? '', /charge-card\.ts:\d+/);
  });

  it('ends suspended where a person has to decide', async () => {
    assert.equal(lastOf(await run('approve-refund'))?.status, 'suspended');
  });

  it('is cancelled by "Cancel Run", and runs again afterwards', async () => {
    const { uri, key } = await workflowWithId('reconcile-books');
    const over = vscode.commands.executeCommand(commandIds.runWorkflow, { uri, key, input: { day: '2026-01-31' } });
    await until('its first step has started', () => runs.events(key)?.some(({ type }) => type === 'step-started'));
    await vscode.commands.executeCommand(commandIds.cancelRun);
    await over;
    assert.equal(lastOf(runs.events(key))?.status, 'canceled');
    assert.equal(lastOf(await run('fulfil-order'))?.status, 'success');
  });

  it('does not start with an input that does not fit', async () => {
    const { uri, key } = await workflowWithId('quote-shipping');
    await vscode.commands.executeCommand(commandIds.runWorkflow, {
      uri,
      key,
      input: { country: 'XX', weightGrams: 1 },
    });
    assert.equal(runs.events(key), undefined);
  });
});
