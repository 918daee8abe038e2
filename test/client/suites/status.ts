import assert from 'node:assert/strict';
import { extensionParts, open, until } from '../support.ts';

describe('status item', () => {
  it('tells version and number of workflows', async () => {
    const { status, server } = await extensionParts();
    await open('src/mastra/workflows/pack-parcel.ts');
    const view = await until('the folder is ready', () => (status.view?.busy === false ? status.view : undefined));
    const workflows = await server.request('mastra/workflows', { uri: undefined });
    assert.ok(workflows.length >= 12);
    assert.equal(view.text, `Mastra 1.71.0 · ${workflows.length} workflows`);
    assert.equal(view.severity, 'information');
  });

  it('is shown for files that import Mastra only', async () => {
    const { status } = await extensionParts();
    await open('src/mastra/lib/money.ts');
    await until('the item is hidden', () => status.view === undefined);
    await open('src/mastra/workflows/pack-parcel.ts');
    await until('the item is back', () => status.view !== undefined);
  });
});
