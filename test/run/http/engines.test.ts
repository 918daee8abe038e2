/** What is not offered because the engine of a workflow is known not to do it. */
import assert from 'node:assert/strict';
import { blockedAnswer, cancelNote, engineLines } from '../../../client/src/run/http/engines.ts';
import { answeredStep } from '../../../client/src/run/resume/choose.ts';
import type { SuspendedStep } from '../../../client/src/run/connection.ts';
import { fakeSurface } from '../surface.ts';

const waits = (step: readonly string[], index?: number): SuspendedStep => ({
  step,
  index,
  payload: null,
  resumeSchema: undefined,
});

describe('an engine that workflows of a server run on', () => {
  it('keeps no answer back that it may take', () => {
    for (const engine of [undefined, 'default', 'temporal', 'evented', 'constructor']) {
      for (const step of [waits(['a']), waits(['outer', 'a']), waits(['each'], 2)]) {
        assert.equal(blockedAnswer(engine, step), undefined, engine);
      }
    }
    assert.equal(blockedAnswer('inngest', waits(['a'])), undefined);
  });

  it('says beforehand what it does not do', () => {
    assert.match(blockedAnswer('inngest', waits(['outer', 'a'])) ?? '', /does not resume steps of nested workflows/);
    assert.match(blockedAnswer('inngest', waits(['each'], 0)) ?? '', /does not resume single items of a foreach/);
    assert.match(cancelNote('inngest') ?? '', /only after the step that goes on/);
    assert.equal(cancelNote(undefined), undefined);
    assert.equal(engineLines('inngest').length, 3);
    assert.deepEqual(engineLines('temporal'), []);
  });

  it('leaves the step in the list of those that wait, with the reason in place of a form', async () => {
    const fake = fakeSurface('/project');
    const blocked = { ...waits(['outer', 'a']), blocked: 'Not with this engine.' };
    const shown: string[] = [];
    fake.pick = (items) => {
      shown.push(...items.map(({ label, detail }) => `${label} | ${detail ?? ''}`));
      return items[1];
    };
    const answer = await answeredStep(fake.surface, 'order', [waits(['b']), blocked], {});
    assert.deepEqual(shown, ['b | ', '$(circle-slash) outer › a | Not with this engine.']);
    assert.deepEqual(answer, { kind: 'gone', text: 'Not with this engine.' });
    const named = await answeredStep(fake.surface, 'order', [blocked], { step: ['outer', 'a'] });
    assert.deepEqual(named, { kind: 'gone', text: 'Not with this engine.' });
  });
});
