import assert from 'node:assert/strict';
import { explainNoWorkflows } from '../../client/src/commands/explain.ts';
import { targetOf } from '../../client/src/commands/target.ts';

describe('argument of a command', () => {
  it('names a workflow, with or without an input', () => {
    assert.deepEqual(targetOf({ uri: 'file:///a.ts', key: 'a' }), { uri: 'file:///a.ts', key: 'a' });
    assert.equal(targetOf({ uri: 'file:///a.ts', key: 'a', input: null })?.input, null);
  });

  it('may be anything else, which names none', () => {
    for (const argument of [undefined, null, 'a', 7, {}, { uri: 'file:///a.ts' }, { key: 'a' }, { uri: 1, key: 2 }]) {
      assert.equal(targetOf(argument), undefined);
    }
  });
});

describe('explanation of an empty list', () => {
  it('is one for each reason, and says what to do', () => {
    const messages = (['no-folder', 'absent', 'unused', 'found'] as const).map(
      (kind) => explainNoWorkflows(kind).message,
    );
    assert.equal(new Set(messages).size, 4);
    for (const message of messages) {
      assert.match(message, /Open|add|Create|log/);
    }
  });
});
