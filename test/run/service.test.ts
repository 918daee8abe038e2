import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createEmbeddedServer } from '../../client/src/run/embedded.ts';
import type { EmbeddedServer } from '../../client/src/run/embedded.ts';
import { lastOfRun } from '../../client/src/run/moments.ts';
import { createRunService } from '../../client/src/run/service.ts';
import type { RunRequest, RunService, RunServiceDependencies } from '../../client/src/run/service.ts';
import { makeProject, sessionTools, until } from './project.ts';
import type { TestProject } from './project.ts';
import { fakeSurface } from './surface.ts';
import type { FakeBox, FakeSurface } from './surface.ts';

const source = `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';

const input = z.object({ orderId: z.string().min(3), copies: z.number().default(2) });
const work = createStep({
  id: 'work',
  inputSchema: input,
  outputSchema: z.object({ done: z.string() }),
  resumeSchema: z.object({ agreed: z.boolean() }),
  execute: async ({ inputData, abortSignal, resumeData, suspend }) => {
    if (inputData.orderId === 'suspend' && resumeData === undefined) return suspend({ question: 'Do you agree?' });
    console.log('working on', inputData.orderId);
    if (inputData.orderId === 'forever') await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
    if (inputData.orderId === 'fail') throw new Error('no such order');
    if (inputData.orderId === 'exit') process.exit(4);
    return { done: inputData.orderId.repeat(inputData.copies) };
  },
});
export const order = createWorkflow({ id: 'order', inputSchema: input, outputSchema: work.outputSchema })
  .then(work)
  .commit();
`;

describe('the run service', function () {
  this.timeout(60_000);
  let project: TestProject;
  let fake: FakeSurface;
  let service: RunService;
  let embedded: EmbeddedServer;
  let output: string;
  let shown: number;
  let request: RunRequest;
  const key = 'order-key';

  const parts = (): Omit<RunServiceDependencies, 'servers'> => {
    const { memory } = fake;
    return {
      vscode: fake.surface,
      context: {
        globalStorageUri: fake.surface.Uri.file(path.join(project.root, 'storage')),
        workspaceState: {
          keys: () => [...memory.keys()],
          get: memory.get.bind(memory),
          update: (name: string, value: unknown) => Promise.resolve(void memory.set(name, value)),
        },
      },
      log: { info: () => undefined, error: (message: string) => assert.fail(message) },
      output: {
        append: (text: string) => {
          output += text;
        },
        show: () => void (shown += 1),
      },
    };
  };

  beforeEach(() => {
    project = makeProject({
      'src/mastra/order.ts': source,
      'src/mastra/index.ts':
        "import { Mastra } from '@mastra/core';\nimport { order } from './order';\nexport const mastra = new Mastra({ workflows: { order } });\n",
    });
    fake = fakeSurface(project.root);
    fake.settings = { 'run.nodePath': process.execPath };
    output = '';
    shown = 0;
    embedded = createEmbeddedServer({
      vscode: fake.surface,
      tools: { esbuild: sessionTools.esbuild, runner: sessionTools.runner },
      environment: process.env,
    });
    service = createRunService({ ...parts(), servers: { current: () => embedded, find: () => embedded } });
    const uri = pathToFileURL(project.file('src/mastra/order.ts')).href;
    request = {
      uri,
      workflow: {
        key,
        uri,
        id: 'order',
        name: 'order',
        exportName: 'order',
        description: undefined,
        line: 0,
        steps: 1,
      },
    };
  });

  afterEach(async () => {
    await service.dispose();
    await embedded.dispose();
    project.dispose();
  });

  const lastEvent = (): string => {
    // What a project prints when it is shut down comes after the end of its run.
    const last = lastOfRun(service.events(key) ?? []);
    return last?.type === 'run-finished' ? last.status : (last?.type ?? 'none');
  };
  const ready = (box: FakeBox): Promise<void> => until(() => !box.busy && box.value !== '');

  it('asks in boxes for the request context as well, when the button for it is pressed', async () => {
    project.write(
      'src/mastra/order.ts',
      source
        .replace('execute: async ({ inputData,', 'execute: async ({ requestContext, inputData,')
        .replace("console.log('working on'", "console.log('for', requestContext.get('region'), 'working on'"),
    );
    const over = service.run(request);
    await until(() => fake.boxes.length === 1);
    const [input] = fake.boxes;
    assert.ok(input !== undefined);
    await ready(input);
    input.type('{"orderId":"abc"}');
    await until(() => input.validation === undefined);
    input.press(2);
    input.accept();
    await until(() => fake.boxes.length === 2);
    const context = fake.boxes[1];
    assert.ok(context !== undefined);
    await until(() => !context.busy);
    context.type('{"region":"eu"}');
    await until(() => context.validation === undefined);
    context.accept();
    await over;
    assert.match(output, /for eu working on abc/);
  });

  it('of an earlier run asks before it goes to another server than that one', async () => {
    const there = service;
    service = createRunService({ ...parts(), servers: { current: () => embedded, find: () => undefined } });
    await there.dispose();
    const again = {
      ...request,
      input: { orderId: 'abc' },
      server: 'remote:https://gone.example/api',
      serverName: 'Gone',
    };
    await service.run(again);
    assert.match(
      fake.messages.at(-1) ?? '',
      /^warning: The server Gone that this run took place on is not in the list .* \[Run on Embedded\]$/,
    );
    assert.equal(service.events(key), undefined);
    fake.choose = (_text, actions) => actions.find((action) => action === 'Run on Embedded');
    await service.run(again);
    assert.equal(lastEvent(), 'success');
  });

  it('asks for the input, names the field that does not fit, runs, and remembers', async () => {
    const over = service.run(request);
    await until(() => fake.boxes.length === 1);
    const box = fake.boxes[0];
    assert.ok(box !== undefined);
    await ready(box);
    assert.equal(box.value, '{"orderId":"text","copies":2}');
    box.type('{"orderId":7}');
    await until(() => box.validation !== undefined);
    assert.match(box.validation ?? '', /^orderId: .*expected string/);
    box.accept();
    box.type('{"orderId":');
    await until(() => box.validation?.startsWith('Not JSON') === true);
    box.type('{"orderId":"abc"}');
    await until(() => box.validation === undefined);
    box.accept();
    await over;
    assert.equal(lastEvent(), 'success');
    assert.deepEqual(fake.messages.length, 1);
    assert.match(fake.messages[0] ?? '', /^info: order succeeded in .* \[Show Graph\] \[Show Output\]$/);
    assert.match(output, /\[work\] working on abc\n/);
    assert.match(output, /\[work\] succeeded in .*: {"done":"abcabc"}/);

    fake.onBox = (again) => {
      assert.equal(again.value, '{"orderId":"abc"}');
      again.hide();
    };
    await service.run(request);
    assert.equal(fake.boxes.length, 2);
    assert.equal(lastEvent(), 'success', 'the last run stays when the next one is given up');
  });

  it('waits for the check when Enter comes before the project is built', async () => {
    fake.onBox = (box) => {
      box.type('{"orderId":"early"}');
      box.accept();
    };
    await service.run(request);
    assert.equal(lastEvent(), 'success');
  });

  it('runs once on a double click', async () => {
    const first = service.run(request);
    const second = service.run(request);
    await until(() => fake.boxes.length > 0);
    fake.boxes[0]?.type('{"orderId":"once"}');
    fake.boxes[0]?.accept();
    await Promise.all([first, second]);
    assert.equal(fake.boxes.length, 1);
    assert.equal(output.match(/order started with/g)?.length, 1);
  });

  it('takes an input from the caller, and refuses one that does not fit', async () => {
    await service.run({ ...request, input: { orderId: 'given' } });
    assert.equal(lastEvent(), 'success');
    await service.run({ ...request, input: { orderId: 1 } });
    assert.match(fake.messages.at(-1) ?? '', /^error: The input of order does not fit: orderId: /);
    assert.equal(fake.boxes.length, 0);
  });

  it('says which step failed and where, and stays quiet when the graph shows it', async () => {
    await service.run({ ...request, input: { orderId: 'fail' } });
    assert.match(fake.messages[0] ?? '', /^error: order failed in work: no such order/);
    const place = `${project.file('src/mastra/order.ts')}:15:`;
    assert.ok(output.includes(place), output);
    assert.doesNotMatch(output.slice(output.indexOf('[work] failed')), /node_modules\/@mastra/);
    fake.graphVisible = true;
    await service.run({ ...request, input: { orderId: 'fail' } });
    assert.equal(fake.messages.length, 1);
  });

  it('ends a run that its step ended, says so, and runs again', async () => {
    fake.choose = (_text, actions) => actions.find((action) => action === 'Show Output');
    await service.run({ ...request, input: { orderId: 'exit' } });
    assert.equal(lastEvent(), 'failed');
    await until(() => shown === 1);
    assert.match(fake.messages[0] ?? '', /^error: Step work called process\.exit\(4\)/);
    assert.ok(output.includes(`${project.file('src/mastra/order.ts')}:16:`), output);
    await service.run({ ...request, input: { orderId: 'again' } });
    assert.equal(lastEvent(), 'success');
  });

  it('cancels from the progress notification', async () => {
    const over = service.run({ ...request, input: { orderId: 'forever' } });
    await until(() => fake.progress.includes('work'));
    fake.cancelProgress();
    await over;
    assert.equal(lastEvent(), 'canceled');
    assert.deepEqual(fake.messages, []);
  });

  it('cancels by key and forgets on request', async () => {
    const over = service.run({ ...request, input: { orderId: 'forever' } });
    await until(() => service.events(key)?.some((event) => event.type === 'step-started') === true);
    service.clear(key);
    assert.notEqual(service.events(key), undefined, 'a run that goes on is not forgotten');
    await service.cancel(key);
    await over;
    assert.equal(lastEvent(), 'canceled');
    service.clear(key);
    assert.equal(service.events(key), undefined);
  });

  it('says that a run is suspended, asks for the answer on request, and goes on', async () => {
    fake.graphVisible = true;
    fake.choose = (text, actions) =>
      text.includes('suspended') ? actions.find((action) => action === 'Resume') : undefined;
    fake.onBox = (box) => {
      assert.equal(box.title, 'Resume order at work');
      box.type('{"agreed":"no"}');
      void until(() => box.validation !== undefined).then(() => {
        assert.match(box.validation ?? '', /^agreed: .*expected boolean/);
        box.type('{"agreed":true}');
        box.accept();
      });
    };
    await service.run({ ...request, input: { orderId: 'suspend' } });
    assert.equal(
      fake.messages[0],
      'info: order is suspended at work and waits for an answer. The project keeps runs in memory only: this one ends with the editor. [Resume] [Show Graph] [Show Output]',
    );
    await until(() => lastEvent() === 'success');
    assert.deepEqual(service.suspended(), []);
    assert.match(output, /order resumed at work with {"agreed":true}/);
    assert.equal(service.events(key)?.filter(({ type }) => type === 'run-started').length, 1);
  });

  it('keeps a suspended run until it is answered or canceled, and says when it is gone', async () => {
    await service.run({ ...request, input: { orderId: 'suspend' } });
    const [first] = service.suspended();
    assert.ok(first !== undefined);
    await service.run({ ...request, input: { orderId: 'other' } });
    assert.equal(lastEvent(), 'success');
    assert.equal(service.suspended().length, 1);
    const { uri, workflow } = request;
    await service.resume({ uri, workflow, runId: first.runId, data: { agreed: 'no' } });
    assert.match(fake.messages.at(-1) ?? '', /^error: The answer of order does not fit: agreed: /);
    assert.equal(service.suspended().length, 1);
    await service.resume({ uri, workflow, runId: first.runId, step: ['elsewhere'], data: { agreed: true } });
    assert.equal(fake.messages.at(-1), 'warning: elsewhere of order does not wait any more.');
    await service.cancel(key);
    assert.equal(lastEvent(), 'canceled');
    assert.deepEqual(service.suspended(), []);
    await service.resume({ uri, workflow, runId: first.runId, data: { agreed: true } });
    assert.match(fake.messages.at(-1) ?? '', /^warning: order does not wait for an answer any more/);
  });

  it('does not run without trust, and offers to give it', async () => {
    fake.trusted = false;
    fake.choose = (_text, actions) => actions[0];
    await service.run(request);
    assert.match(fake.messages[0] ?? '', /^warning: Running a workflow executes the code of this workspace\./);
    await until(() => fake.commands.length > 0);
    assert.deepEqual(fake.commands, ['workbench.trust.manage']);
    assert.equal(fake.boxes.length, 0);
  });

  it('closes the input when the project does not build, and goes to the error', async () => {
    project.write('src/mastra/order.ts', `${source}\nimport { gone } from './gone';\nconsole.log(gone);\n`);
    fake.choose = (_text, actions) => actions.find((action) => action === 'Go to Error');
    await service.run(request);
    assert.match(
      fake.messages[0] ?? '',
      /^error: The project does not build: Could not resolve "\.\/gone" \(order\.ts:24\)/,
    );
    await until(() => fake.opened.length > 0);
    assert.deepEqual(fake.opened, ['order.ts:23:21']);
    assert.ok(output.includes(`${project.file('src/mastra/order.ts')}:24:22: `), output);
    assert.equal(service.events(key), undefined);
    project.write('src/mastra/order.ts', source);
    await service.run({ ...request, input: { orderId: 'fixed' } });
    assert.equal(lastEvent(), 'success');
  });

  it('takes a large input from an editor', async () => {
    const over = service.run(request);
    await until(() => fake.boxes.length === 1);
    const box = fake.boxes[0];
    assert.ok(box !== undefined);
    await ready(box);
    box.press(0);
    await until(() => fake.opened.length > 0);
    assert.deepEqual(fake.opened, ['run-order.run-input.json']);
    const file = path.join(project.root, 'storage', 'run-order.run-input.json');
    project.write('storage/run-order.run-input.json', '{\n  "orderId": 5\n}\n');
    await fake.pressLens(file, 0);
    assert.match(fake.messages.at(-1) ?? '', /^error: orderId: /);
    project.write('storage/run-order.run-input.json', '{\n  "orderId": "edited"\n}\n');
    await fake.pressLens(file, 0);
    await over;
    assert.equal(lastEvent(), 'success');
    assert.equal(fake.memory.get(`mastra.run.input:${key}`), '{"orderId":"edited"}');
  });
});
