/** One graph panel and its host, with a stand-in for what it touches of VS Code. */
import assert from 'node:assert/strict';
import type { ValueQuestion } from '../../client/src/run/form/ask.ts';
import type { ServerStatus } from '../../common/protocol/messages.ts';
import type { PanelToHost } from '../../common/protocol/panel.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { first, ready, second, start, target } from './session-world.ts';
import type { World } from './session-world.ts';

describe('graph panel and its host', () => {
  it('posts nothing before the page listens, then the state and the highlight', async () => {
    const world = start();
    world.session.highlight('a');
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.posted.length, 0);
    world.send(ready);
    assert.equal(world.states.at(-1)?.graph, first);
    assert.deepEqual(world.posted.at(-1), { type: 'highlight', node: 'a' });
  });

  it('says that it is starting until the first answer', () => {
    const world = start();
    world.send(ready);
    assert.deepEqual(world.states, [
      {
        target,
        graph: undefined,
        notice: { kind: 'starting', message: 'Reading orders.ts…' },
        canRun: false,
        pinned: undefined,
      },
    ]);
  });

  it('asks once more for any number of changes while an answer is awaited', async () => {
    const world = start();
    world.send(ready);
    for (let change = 0; change < 5; change += 1) world.modelChanged.fire([target.uri]);
    assert.equal(world.requests(), 1);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.requests(), 2);
    await world.answer({ kind: 'graph', graph: second, version: 2 });
    assert.equal(world.requests(), 2);
    assert.equal(world.states.at(-1)?.graph, second);
  });

  it('keeps the last good drawing while the file does not parse, and when the workflow is gone', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    world.modelChanged.fire([target.uri]);
    await world.answer({ kind: 'broken', message: "')' expected." });
    assert.equal(world.states.at(-1)?.graph, first);
    assert.equal(world.states.at(-1)?.notice?.kind, 'stale');
    world.modelChanged.fire([target.uri]);
    await world.answer({ kind: 'gone' });
    assert.equal(world.states.at(-1)?.graph, first);
    world.modelChanged.fire([target.uri]);
    await world.answer({ kind: 'graph', graph: second, version: 4 });
    assert.deepEqual([world.states.at(-1)?.graph, world.states.at(-1)?.notice], [second, undefined]);
  });

  it('tells why there is no answer, and asks again when the server is back', async () => {
    const world = start();
    world.send(ready);
    await world.answer(new Error('The language server ended three times.'));
    assert.deepEqual(world.states.at(-1)?.notice, {
      kind: 'failed',
      message: 'The language server ended three times.',
    });
    world.status.fire({ state: 'ready', folder: '/project', workflows: 1, mastraVersion: '1.71.0' });
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.states.at(-1)?.notice, undefined);
  });

  it('goes by the status of its own folder', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    const other: ServerStatus = { state: 'structure-only', folder: 'file:///project2', workflows: 1 };
    world.statuses.set('file:///proj', { ...other, folder: 'file:///proj' });
    world.statuses.set('file:///project2', other);
    world.status.fire(other);
    assert.equal(world.states.at(-1)?.notice, undefined);
    world.statuses.set('file:///project', { ...other, folder: 'file:///project' });
    world.status.fire(other);
    assert.equal(world.states.at(-1)?.notice?.kind, 'structure-only');
  });

  it('runs, cancels, clears and copies', () => {
    const world = start();
    for (const message of [{ type: 'run' }, { type: 'cancel' }, { type: 'clear-run' }, { type: 'copy', text: 'x' }]) {
      world.send(message);
    }
    const about = { uri: target.uri, key: target.key };
    assert.deepEqual(world.commands, [
      ['mastra.runWorkflow', about],
      ['mastra.cancelRun', about],
    ]);
    assert.deepEqual([world.cleared, world.clipboard], [[target.key], ['x']]);
  });

  it('resumes the recorded run that is shown, and cancels no other one', () => {
    const world = start();
    world.recorded = 'recording';
    world.send({ type: 'cancel' });
    world.send({ type: 'resume', node: 'a' });
    assert.deepEqual(world.commands, [['mastra.resumeRecorded', { kind: 'run', run: { id: 'recording' } }]]);
    assert.match(world.told[0] ?? '', /recording of a run/);
  });

  it('refuses what is not a message, and says so in the log', () => {
    const world = start();
    world.send({ type: 'reveal', node: 1 });
    assert.match(world.warnings[0] ?? '', /not a message/);
  });

  it('lays a run over the drawing, a burst of its events at once', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    const told = () => world.posted.flatMap((message) => (message.type === 'run-events' ? [message] : []));
    world.events = [
      { seq: 0, time: 1, type: 'run-started', runId: 'r', workflowId: 'w', input: {} },
      { seq: 1, time: 2, type: 'step-started', step: ['a'], callId: undefined, input: {}, iteration: undefined },
    ];
    for (let event = 0; event < 50; event += 1) world.runChanged.fire(target.key);
    world.runChanged.fire('another#workflow');
    while (told().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(
      told().map(({ from, events }) => [from, events.map(({ type }) => type)]),
      [[0, ['run-started', 'step-started']]],
    );
  });

  it('keeps a run that is pinned when others come, and lets go of it', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    const run = (runId: string): RunEvent[] => [
      { seq: 0, time: 1, type: 'run-started', runId, workflowId: 'w', input: {} },
    ];
    const shown = () =>
      world.posted.flatMap((message) =>
        message.type === 'run-events' ? message.events.map((event) => ('runId' in event ? event.runId : '')) : [],
      );
    world.events = run('first');
    world.send({ type: 'pin', pinned: true });
    assert.deepEqual([world.states.at(-1)?.pinned, world.session.pinned, shown()], ['first', true, ['first']]);
    world.events = run('second');
    world.recorded = '2026-second';
    world.runChanged.fire(target.key);
    world.send({ type: 'resume', node: undefined });
    await Promise.resolve();
    assert.deepEqual(world.commands.at(-1), ['mastra.resumeRun', { key: target.key }]);
    world.send({ type: 'clear-run' });
    assert.deepEqual([world.session.pinned, world.cleared, shown()], [false, [], ['first', 'second']]);
    world.send({ type: 'clear-run' });
    assert.deepEqual(world.cleared, [target.key]);
  });

  it('has nothing to pin where no run is shown', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    world.send({ type: 'pin', pinned: true });
    assert.equal(world.states.at(-1)?.pinned, undefined);
  });

  it('hands on what is exported, and asks for an export when the page listens', async () => {
    const world = start();
    const request = { type: 'export', format: 'png', place: 'file' } as const;
    world.session.export(request);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.posted.length, 0);
    world.send(ready);
    assert.deepEqual(world.posted.at(-1), request);
    world.session.export(request);
    assert.equal(world.posted.filter(({ type }) => type === 'export').length, 2);
    const bytes = new Uint8Array([1, 2]);
    world.send({ type: 'export', format: 'png', bytes, note: undefined });
    world.send({ type: 'export', format: 'svg', place: 'clipboard', text: '<svg/>' });
    world.send({ type: 'export', format: 'json', place: 'file' });
    world.send({ type: 'not-exported', text: 'Too large.' });
    world.send({ type: 'export', format: 'png', bytes: 'no bytes' });
    assert.deepEqual(world.exported, [
      ['w', { type: 'export', format: 'png', bytes, note: undefined }],
      ['w', { type: 'export', format: 'svg', place: 'clipboard', text: '<svg/>' }],
      ['w', { type: 'export', format: 'json', place: 'file' }],
      ['w', { type: 'not-exported', text: 'Too large.' }],
    ]);
    assert.equal(world.warnings.length, 1);
  });

  it('shows all workflows on demand', () => {
    const world = start();
    world.send({ type: 'show-all-workflows' });
    assert.deepEqual(world.commands, [['mastra.showAllWorkflows']]);
  });

  it('asks for nothing while it is hidden, and once when it is shown again', async () => {
    const world = start();
    world.send(ready);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    world.hide();
    for (let change = 0; change < 5; change += 1) world.modelChanged.fire([target.uri]);
    assert.equal(world.requests(), 1);
    world.show();
    assert.equal(world.requests(), 2);
    world.send(ready);
    await world.answer({ kind: 'graph', graph: second, version: 6 });
    assert.equal(world.states.at(-1)?.graph, second);
  });

  it('posts nothing to a hidden page, and the state when it is shown again', async () => {
    const world = start();
    world.send(ready);
    world.hide();
    const before = world.posted.length;
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.equal(world.posted.length, before);
    world.send(ready);
    assert.equal(world.states.at(-1)?.graph, first);
  });

  it('is named after the workflow, and lets go of everything when it is closed', async () => {
    const world = start();
    assert.equal(world.panel.title, 'Mastra: w');
    world.close();
    assert.deepEqual([world.modelChanged.listeners, world.status.listeners, world.runChanged.listeners], [0, 0, 0]);
    await world.answer({ kind: 'graph', graph: first, version: 1 });
    assert.deepEqual(world.posted, []);
  });

  describe('asks for the answer that a suspended step waits for', () => {
    const question = {
      id: 'resume:w',
      reopen: undefined,
      workflow: target.key,
      step: ['a'],
      title: 'Resume w at a',
      description: undefined,
      submitLabel: 'Resume',
      schema: { type: 'object', properties: { approved: { type: 'boolean' } } },
      remembered: undefined,
      validate: (value: unknown) =>
        Promise.resolve(value === true ? [] : [{ path: ['approved'], message: 'must be true' }]),
    } satisfies ValueQuestion;
    const asked = (world: World) =>
      world.posted.flatMap((message) => (message.type === 'question' ? [message.question?.title] : []));

    /** The page asked to resume a step, and the run service asks what to answer. */
    async function resuming(message: PanelToHost) {
      const world = start();
      world.send(ready);
      await world.answer({ kind: 'graph', graph: first, version: 1 });
      let answered: Promise<unknown> = Promise.resolve('nothing was asked');
      world.command = async () => {
        answered = world.answers.askValue(question);
        await answered;
      };
      world.send(message);
      await Promise.resolve();
      return { world, answered: () => answered };
    }

    it('at the step that was selected, until it is given', async () => {
      const { world, answered } = await resuming({ type: 'resume', node: 'a' });
      assert.deepEqual(world.commands, [['mastra.resumeRun', { key: target.key, step: ['a'] }]]);
      assert.deepEqual([asked(world), world.inForm], [['Resume w at a'], []]);
      world.send({ type: 'answer', question: 1, value: false });
      await Promise.resolve();
      await Promise.resolve();
      assert.deepEqual(world.posted.at(-1), {
        type: 'answer-issues',
        question: 1,
        issues: [{ path: ['approved'], message: 'must be true' }],
      });
      world.send({ type: 'answer', question: 1, value: true });
      assert.equal(await answered(), true);
      assert.deepEqual(asked(world), ['Resume w at a', undefined]);
    });

    it('again when the page was thrown away meanwhile, and not when the author gave up', async () => {
      const { world, answered } = await resuming({ type: 'resume', node: 'a' });
      world.hide();
      world.show();
      world.send(ready);
      assert.deepEqual(asked(world), ['Resume w at a', 'Resume w at a']);
      world.send({ type: 'no-answer', question: 1 });
      assert.equal(await answered(), undefined);
      world.send(ready);
      assert.deepEqual(asked(world), ['Resume w at a', 'Resume w at a', undefined]);
    });

    it('in a form of its own where no step was selected, and once the panel is done', async () => {
      const { world, answered } = await resuming({ type: 'resume', node: undefined });
      assert.deepEqual([await answered(), asked(world), world.inForm], [undefined, [], ['Resume w at a']]);
      world.command = () => Promise.resolve();
      world.send({ type: 'resume', node: 'a' });
      await new Promise((resolve) => setImmediate(resolve));
      await world.answers.askValue(question);
      assert.deepEqual([asked(world), world.inForm.length], [[], 2]);
    });

    it('no more when the panel is closed', async () => {
      const { world, answered } = await resuming({ type: 'resume', node: 'a' });
      world.close();
      assert.equal(await answered(), undefined);
    });
  });

  describe('keeps a run over a reload of the window', () => {
    const run = (runId: string): RunEvent[] => [
      { seq: 0, time: 1, type: 'run-started', runId, workflowId: 'w', input: {} },
    ];
    const shown = (world: World) =>
      world.posted.flatMap((message) =>
        message.type === 'run-events' ? message.events.map((event) => ('runId' in event ? event.runId : '')) : [],
      );
    /** Reading files takes a few turns. */
    const later = () => new Promise((resolve) => setImmediate(resolve));

    it('while the history has it, whatever else is shown', async () => {
      const recording = { id: '2026-kept', events: run('kept'), drawing: second };
      const world = start({ pinned: 'kept', findRecording: () => later().then(() => recording) });
      world.events = run('other');
      world.send(ready);
      // Not even for a moment does another run stand in its place.
      assert.deepEqual([world.session.pinned, world.states.at(-1)?.pinned, shown(world)], [true, 'kept', []]);
      await world.answer({ kind: 'graph', graph: first, version: 1 });
      await later();
      await later();
      assert.deepEqual(
        [world.states.at(-1)?.pinned, world.states.at(-1)?.notice, shown(world)],
        ['kept', undefined, ['kept']],
      );
      assert.deepEqual(
        world.posted.flatMap((message) => (message.type === 'run' ? [message.run?.source] : [])),
        [undefined, 'recorded'],
      );
      world.send({ type: 'resume', node: undefined });
      assert.deepEqual(world.commands, [['mastra.resumeRecorded', { kind: 'run', run: { id: '2026-kept' } }]]);
      world.send({ type: 'pin', pinned: false });
      assert.deepEqual([world.states.at(-1)?.pinned, shown(world)], [undefined, ['kept', 'other']]);
    });

    it('and shows it live when it goes on', async () => {
      const recording = { id: '2026-kept', events: run('kept'), drawing: undefined };
      const world = start({ pinned: 'kept', findRecording: () => Promise.resolve(recording) });
      world.send(ready);
      await world.answer({ kind: 'graph', graph: first, version: 1 });
      await later();
      world.events = [
        ...run('kept'),
        { seq: 1, time: 2, type: 'step-started', step: ['a'], callId: undefined, input: {}, iteration: undefined },
      ];
      world.runChanged.fire(target.key);
      const runs = () => world.posted.flatMap((message) => (message.type === 'run' ? [message.run?.source] : []));
      while (runs().at(-1) !== 'live') await new Promise((resolve) => setTimeout(resolve, 10));
      assert.deepEqual([world.session.pinned, shown(world)], [true, ['kept', 'kept', '']]);
    });

    for (const [why, findRecording] of [
      ['is not in the history any more', () => Promise.resolve(undefined)],
      ['cannot be read', () => Promise.reject(new Error('EACCES'))],
    ] as const) {
      it(`and says so quietly when it ${why}, until another run comes`, async () => {
        const world = start({ pinned: 'gone', findRecording });
        world.events = run('other');
        world.send(ready);
        await world.answer({ kind: 'graph', graph: first, version: 1 });
        await later();
        assert.deepEqual(world.states.at(-1)?.notice, {
          kind: 'unpinned',
          message: 'The run that was pinned here is not in the history. The next run is shown here again.',
        });
        assert.deepEqual(
          [world.session.pinned, world.states.at(-1)?.pinned, shown(world)],
          [false, undefined, ['other']],
        );
        assert.equal(world.warnings.length, why === 'cannot be read' ? 1 : 0);
        world.events = run('next');
        world.runChanged.fire(target.key);
        while (world.states.at(-1)?.notice !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
        assert.deepEqual(shown(world), ['other', 'next']);
      });
    }
  });
});
