/** The process that waits for the next run: used when nothing changed, never when something did. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, utimesSync } from 'node:fs';
import { createEmbeddedServer } from '../../client/src/run/embedded.ts';
import type { EmbeddedServer } from '../../client/src/run/embedded.ts';
import { launchRunner } from '../../client/src/run/launch.ts';
import type { LaunchOptions } from '../../client/src/run/launch.ts';
import type { RunTarget } from '../../client/src/run/servers.ts';
import { openSession } from '../../client/src/run/session.ts';
import { createWarmRunner } from '../../client/src/run/warm.ts';
import type { WarmRunner } from '../../client/src/run/warm.ts';
import type { RunEventBody } from '../../common/runlog/log.ts';
import { inputs, makeProject, sessionTools, until } from './project.ts';
import type { TestProject } from './project.ts';
import { fakeSurface } from './surface.ts';

const file = 'src/mastra/flow.ts';
const flow = (value: string): string => `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { prefix } from './text';
console.log('module loaded');
const work = createStep({
  id: 'work',
  inputSchema: z.any(),
  outputSchema: z.any(),
  execute: async () => ({ text: prefix + ${JSON.stringify(value)}, pid: process.pid }),
});
export const flow = createWorkflow({ id: 'flow', inputSchema: z.any(), outputSchema: z.any() }).then(work).commit();
`;

describe('a process that waits for the next run', function () {
  this.timeout(60_000);
  let project: TestProject;
  let target: RunTarget;
  let options: LaunchOptions;
  let warm: WarmRunner;

  beforeEach(() => {
    project = makeProject({ [file]: flow('one'), 'src/mastra/text.ts': "export const prefix = 'text ';\n" });
    // A file that is written while it is read may be either text; these were there before.
    const earlier = new Date(Date.now() - 60_000);
    for (const name of ['package.json', file, 'src/mastra/text.ts']) utimesSync(project.file(name), earlier, earlier);
    target = {
      file: project.file(file),
      folder: project.root,
      workflow: { id: 'flow', name: 'flow', exportName: 'flow' },
    };
    options = { ...sessionTools, target, entrySetting: undefined, log: () => undefined };
    warm = createWarmRunner();
  });
  afterEach(async () => {
    await warm.dispose();
    project.dispose();
  });

  const builds = (): readonly string[] =>
    globSync('node_modules/.cache/mastra-workflows/*/entry.mjs', { cwd: project.root });
  const prepareAndBuild = async (): Promise<void> => {
    const before = builds();
    warm.prepare(options);
    await until(() => builds().some((build) => !before.includes(build)));
  };

  it('is handed out once, loaded, with what its modules printed', async () => {
    warm.prepare(options);
    const runner = await warm.take(options);
    assert.ok(runner !== undefined);
    assert.equal(await warm.take(options), undefined);
    const events: RunEventBody[] = [];
    const session = openSession({
      target,
      launch: () => Promise.resolve(runner),
      onEvent: (event) => void events.push(event),
      log: () => undefined,
    });
    await session.loaded;
    assert.equal(await session.start(inputs({})), undefined);
    const last = events.at(-1);
    assert.ok(last?.type === 'run-finished');
    assert.deepEqual(last.output, { text: 'text one', pid: runner.process.pid });
    assert.ok(events.some((event) => event.type === 'console' && event.text === 'module loaded'));
    await session.dispose();
  });

  it('is not used for another workflow, nor after a file that it was built from has changed', async () => {
    warm.prepare(options);
    assert.equal(
      await warm.take({ ...options, target: { ...target, workflow: { ...target.workflow, id: 'x' } } }),
      undefined,
    );
    await prepareAndBuild();
    project.write('src/mastra/text.ts', "export const prefix = 'changed ';\n");
    assert.equal(await warm.take(options), undefined);
    await prepareAndBuild();
    project.write('.env', 'A=1\n');
    assert.equal(await warm.take(options), undefined);
  });

  it('ends when a file of it is saved, and leaves nothing behind', async () => {
    warm.prepare(options);
    const built = project.file('node_modules/.cache/mastra-workflows');
    await until(() => existsSync(built) && readdirSync(built).length === 1);
    // Of no concern.
    warm.fileChanged(project.file('README.md'));
    await until(() => {
      warm.fileChanged(project.file('src/mastra/text.ts'));
      return readdirSync(built).length === 0;
    });
    assert.equal(await warm.take(options), undefined);
  });

  it('is of no use when the project does not load: the run says why itself', async () => {
    project.write('src/mastra/text.ts', "throw new Error('broken');\nexport const prefix = '';\n");
    warm.prepare(options);
    const built = project.file('node_modules/.cache/mastra-workflows');
    const session = openSession({
      target,
      launch: async (signal) => (await warm.take(options)) ?? (await launchRunner(options, signal)),
      onEvent: () => undefined,
      log: () => undefined,
    });
    await assert.rejects(session.loaded, { message: 'load-failed' });
    await session.dispose();
    warm.prepare(options);
    await warm.dispose();
    assert.deepEqual(readdirSync(built), []);
  });

  describe('after a run', () => {
    let embedded: EmbeddedServer;
    let settings: Record<string, unknown>;

    beforeEach(() => {
      const fake = fakeSurface(project.root);
      settings = fake.settings = { 'run.nodePath': process.execPath };
      const { esbuild, runner } = sessionTools;
      embedded = createEmbeddedServer({ vscode: fake.surface, tools: { esbuild, runner }, environment: process.env });
    });
    afterEach(() => embedded.dispose());

    async function run(): Promise<{ readonly text: string; readonly pid: number }> {
      const events: RunEventBody[] = [];
      const session = embedded.open(target, { onEvent: (event) => void events.push(event), log: () => undefined });
      await session.loaded;
      await session.start(inputs({}));
      await session.dispose();
      const last = events.at(-1);
      assert.ok(last?.type === 'run-finished');
      return last.output as { readonly text: string; readonly pid: number };
    }
    const built = (): number => readdirSync(project.file('node_modules/.cache/mastra-workflows')).length;

    it('the next one runs in a process that was there already, on the source as it is', async () => {
      await run();
      await until(() => built() === 1);
      assert.equal((await run()).text, 'text one');
      await until(() => built() === 1);
      project.write(file, flow('two'));
      assert.equal((await run()).text, 'text two');
    });

    it('nothing waits when the setting is off', async () => {
      settings['run.keepWarm'] = false;
      await run();
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal(built(), 0);
    });
  });
});
