import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LaunchOptions } from '../../client/src/run/launch.ts';
import { problemMessage } from '../../client/src/run/messages.ts';
import { RunFailure } from '../../client/src/run/problem.ts';
import type { RunProblem } from '../../client/src/run/problem.ts';
import type { Json } from '../../common/runlog/events.ts';
import { inputs, makeProject, open, sessionTools, until } from './project.ts';
import type { TestProject, TestProjectOptions, TestSession } from './project.ts';

const file = 'src/mastra/flow.ts';
const entry =
  "import { Mastra } from '@mastra/core';\nimport * as flows from './flow';\nexport const mastra = new Mastra({ workflows: { ...flows } });\n";

/** A workflow `flow` of one step `work` whose body is `body`. */
function flow(body: string, top = ''): string {
  return `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
${top}
const work = createStep({
  id: 'work',
  inputSchema: z.any(),
  outputSchema: z.any(),
  execute: async ({ inputData, suspend, abortSignal }) => {
    ${body}
  },
});
export const flow = createWorkflow({ id: 'flow', inputSchema: z.any(), outputSchema: z.any() }).then(work).commit();
`;
}

describe('what can go wrong in a run', function () {
  this.timeout(60_000);
  let project: TestProject;
  let opened: TestSession;

  afterEach(async () => {
    await opened.session.dispose();
    project.dispose();
  });

  function begin(
    files: Readonly<Record<string, string>>,
    more: Partial<LaunchOptions> = {},
    options: TestProjectOptions = {},
  ): TestSession {
    project = makeProject(files, options);
    opened = open(project, file, { id: 'flow', name: 'flow', exportName: 'flow' }, more);
    return opened;
  }

  async function runToEnd(session: TestSession, input: Json = {}): Promise<RunProblem | undefined> {
    await session.session.loaded;
    return session.session.start(inputs(input));
  }

  async function refusal(session: TestSession): Promise<RunProblem> {
    try {
      await session.session.loaded;
    } catch (error) {
      assert.ok(error instanceof RunFailure, String(error));
      return error.problem;
    }
    return assert.fail('it was loaded');
  }

  const finished = (): { status: string; message: string | undefined; output: unknown } => {
    const last = opened.events.at(-1);
    assert.ok(last?.type === 'run-finished', JSON.stringify(last));
    return { status: last.status, message: last.error?.message, output: last.output };
  };

  it('a project without new Mastra runs on its own', async () => {
    const session = begin({ [file]: flow('return { ok: true };') });
    assert.equal((await session.session.loaded).mastra, 'none');
    assert.equal(await runToEnd(session), undefined);
    assert.deepEqual(finished().output, { ok: true });
  });

  it('an evented workflow runs on its workers, and ends as its result says', async () => {
    const evented = flow("console.log('here');\nthrow new Error('bad');").replace(
      'core/workflows',
      'core/workflows/evented',
    );
    await runToEnd(begin({ [file]: evented, 'src/mastra/index.ts': entry }));
    assert.deepEqual([finished().status, finished().message], ['failed', 'bad']);
    const printed = opened.events.find((event) => event.type === 'console' && event.text === 'here');
    assert.ok(printed?.type === 'console');
    assert.deepEqual(printed.step, ['work']);
    const failed = opened.events.find((event) => event.type === 'step-failed');
    assert.ok(failed?.type === 'step-failed');
    assert.ok(failed.error.stack?.includes(`${project.file(file)}:11:`), failed.error.stack);
    assert.equal(opened.events.filter((event) => event.type === 'run-started').length, 1);
  });

  it('an unregistered workflow runs with the Mastra instance of the project', async () => {
    const session = begin({
      [file]: flow('return { ok: true };'),
      'src/mastra/index.ts': "import { Mastra } from '@mastra/core';\nexport const mastra = new Mastra({});\n",
    });
    assert.equal((await session.session.loaded).mastra, 'attached');
    await runToEnd(session);
    assert.equal(finished().status, 'success');
  });

  it('a workflow that is not exported is found where it is registered or nested', async () => {
    const hidden = flow('return { ok: true };').replace('export const flow', 'const flow');
    const outer = `${hidden}\nexport const outer = createWorkflow({ id: 'outer', inputSchema: z.any(), outputSchema: z.any() }).then(flow).commit();\n`;
    const session = begin({ [file]: outer });
    assert.equal((await session.session.loaded).id, 'flow');
  });

  it('a workflow that cannot be reached is said so', async () => {
    const session = begin({
      [file]: flow('').replace('export const flow', 'const flow'),
      'src/mastra/index.ts': entry,
    });
    assert.deepEqual(await refusal(session), {
      kind: 'workflow-not-found',
      workflow: 'flow',
      file: project.file(file),
      hasEntry: true,
    });
  });

  it('an uncommitted workflow', async () => {
    const session = begin({ [file]: flow('').replace('.commit()', '') });
    assert.equal((await refusal(session)).kind, 'not-committed');
  });

  it('@mastra/core is not installed', async () => {
    const session = begin({ [file]: flow('') }, {}, { mastra: false });
    assert.deepEqual(await refusal(session), { kind: 'core-missing', folder: project.root });
  });

  it('a project that does not build, with the place', async () => {
    const session = begin({ [file]: "export const a = 1;\nimport { b } from './b';\nexport const c = a + b;\n" });
    const problem = await refusal(session);
    assert.ok(problem.kind === 'build-failed');
    assert.deepEqual(problem.errors, [
      { message: 'Could not resolve "./b"', file: project.file(file), line: 2, column: 19 },
    ]);
  });

  it('a module that throws while it is loaded, with its place in the source', async () => {
    const session = begin({ [file]: flow('', "throw new Error('no API key');") });
    const problem = await refusal(session);
    assert.ok(problem.kind === 'load-failed');
    assert.equal(problem.error.message, 'no API key');
    assert.ok(problem.error.stack?.includes(`${project.file(file)}:4:`), problem.error.stack);
  });

  it('a module that never finishes loading is ended on cancel', async () => {
    const session = begin({
      [file]: flow('', "console.log('loading');\nawait new Promise((resolve) => setInterval(resolve, 1 << 30));"),
    });
    await until(() => session.events.some((event) => event.type === 'console'));
    session.session.cancel();
    assert.equal((await refusal(session)).kind, 'canceled');
  });

  it('a module that ends the process while it is loaded', async () => {
    const problem = await refusal(begin({ [file]: flow('', 'process.exit(3);') }));
    assert.ok(problem.kind === 'exited');
    assert.deepEqual([problem.code, problem.step], [3, undefined]);
  });

  it('a step that calls process.exit, with its place', async () => {
    const problem = await runToEnd(begin({ [file]: flow("console.log('last words');\nprocess.exit(5);") }));
    assert.ok(problem?.kind === 'exited');
    assert.deepEqual([problem.code, problem.step], [5, 'work']);
    assert.ok(problem.error.stack?.includes(`${project.file(file)}:11:`), problem.error.stack);
    assert.ok(opened.events.some((event) => event.type === 'console' && event.text === 'last words'));
    assert.equal(finished().status, 'failed');
  });

  it('an error that nothing caught', async () => {
    const problem = await runToEnd(
      begin({ [file]: flow("setImmediate(() => { throw new Error('late'); }); await new Promise(() => {});") }),
    );
    assert.ok(problem?.kind === 'uncaught');
    assert.deepEqual([problem.error.message, problem.step], ['late', 'work']);
    assert.equal(finished().status, 'failed');
  });

  it('a process that is killed', async () => {
    const problem = await runToEnd(
      begin({ [file]: flow("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});") }),
    );
    assert.ok(problem?.kind === 'crashed');
    assert.equal(problem.signal, 'SIGKILL');
    assert.equal(finished().status, 'failed');
  });

  it('a process that runs out of memory', async () => {
    const session = begin({
      [file]: flow('const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length));'),
      '.env': 'NODE_OPTIONS=--max-old-space-size=200\n',
    });
    assert.equal((await runToEnd(session))?.kind, 'out-of-memory');
    assert.equal(finished().status, 'failed');
  });

  it('an error with its stack and causes in the author’s own source', async () => {
    await runToEnd(begin({ [file]: flow("throw new TypeError('bad order', { cause: new Error('no stock') });") }));
    const failed = opened.events.find((event) => event.type === 'step-failed');
    assert.ok(failed?.type === 'step-failed');
    assert.deepEqual(
      [failed.error.name, failed.error.message, failed.error.cause?.message],
      ['TypeError', 'bad order', 'no stock'],
    );
    const place = `${project.file(file)}:10:`;
    assert.ok(failed.error.stack?.includes(place), failed.error.stack);
    assert.ok(failed.error.cause?.stack?.includes(place), failed.error.cause?.stack);
    assert.equal(finished().message, 'bad order');
  });

  it('a nested workflow that fails shows where', async () => {
    const nested = `${flow("throw new Error('deep');").replace('export const flow', 'const inner').replace("id: 'flow'", "id: 'inner'")}
export const flow = createWorkflow({ id: 'flow', inputSchema: z.any(), outputSchema: z.any() }).then(inner).commit();
`;
    await runToEnd(begin({ [file]: nested }));
    const errors = opened.events.flatMap((event) =>
      event.type === 'step-failed'
        ? [[event.step.join('.'), event.error.stack?.includes(`${project.file(file)}:10:`)]]
        : [],
    );
    assert.deepEqual(errors, [
      ['inner.work', true],
      ['inner', true],
    ]);
  });

  it('an input that the schema refuses ends as a failed run', async () => {
    const strict = flow('return {};').replace(
      "id: 'flow', inputSchema: z.any()",
      "id: 'flow', inputSchema: z.object({ n: z.number() })",
    );
    const session = begin({ [file]: strict });
    await session.session.loaded;
    assert.deepEqual(await session.session.validate('input', { n: 'x' }), [
      { path: ['n'], message: 'Invalid input: expected number, received string' },
    ]);
    await runToEnd(session, { n: 'x' });
    assert.equal(finished().status, 'failed');
    assert.match(finished().message ?? '', /- n: Invalid input/);
  });

  it('a suspended run ends with what it waits for', async () => {
    await runToEnd(begin({ [file]: flow("return suspend({ ask: 'approve?' });") }));
    assert.equal(finished().status, 'suspended');
    assert.ok(
      opened.events.some(
        (event) => event.type === 'step-suspended' && JSON.stringify(event.payload) === '{"ask":"approve?"}',
      ),
    );
  });

  it('a step that ignores the cancel signal is ended', async () => {
    const session = begin({ [file]: flow('await new Promise((resolve) => setInterval(resolve, 1 << 30));') });
    const over = runToEnd(session);
    await until(() => session.events.some((event) => event.type === 'step-started'));
    session.session.cancel();
    await over;
    assert.equal(finished().status, 'canceled');
  });

  it('an output of 50 MB is cut', async () => {
    await runToEnd(
      begin({
        [file]: flow("return { text: 'x'.repeat(50_000_000), list: Array.from({ length: 1_000_000 }, (_, i) => i) };"),
      }),
    );
    assert.equal(finished().status, 'success');
    assert.ok(JSON.stringify(opened.events).length < 3_000_000);
  });

  it('100,000 printed lines arrive in order', async () => {
    await runToEnd(begin({ [file]: flow("for (let i = 0; i < 100_000; i += 1) console.log('line', i);") }));
    const lines = opened.events.flatMap((event) =>
      event.type === 'console' && event.step !== undefined ? [event.text] : [],
    );
    assert.equal(lines.length, 100_000);
    assert.equal(lines.at(-1), 'line 99999');
    assert.equal(finished().status, 'success');
  });

  it('output of native code and worker threads is not lost', async () => {
    const body = `const { Worker } = await import('node:worker_threads');
    await new Promise((resolve) => new Worker("require('fs').writeSync(1, 'from a worker\\\\n')", { eval: true }).on('exit', resolve));`;
    await runToEnd(begin({ [file]: flow(body) }));
    await until(() => opened.events.some((event) => event.type === 'console' && event.text === 'from a worker'));
  });

  it('a build folder that cannot be made', async () => {
    project = makeProject({ [file]: flow('') });
    writeFileSync(project.file('node_modules/.cache'), 'in the way');
    opened = open(project, file, { id: 'flow' });
    assert.equal((await refusal(opened)).kind, 'not-writable');
  });

  it('a disk that is full, where the project is built', async function () {
    if (!existsSync('/dev/full')) this.skip();
    project = makeProject({ [file]: flow('') });
    const writesToFullDisk = project.file('esbuild.sh');
    const script = `#!/bin/sh
for part; do shift; case "$part" in --outfile=*) part=--outfile=/dev/full;; esac; set -- "$@" "$part"; done
exec ${sessionTools.esbuild} "$@"
`;
    writeFileSync(writesToFullDisk, script, { mode: 0o755 });
    opened = open(project, file, { id: 'flow' }, { esbuild: writesToFullDisk });
    const problem = await refusal(opened);
    assert.equal(problem.kind, 'not-writable');
    assert.match(
      problemMessage(problem, 'flow')?.text ?? '',
      /^The disk is full: the built project cannot be written to .*\. Make room there to run flow\.$/,
    );
  });

  it('10,000 items, each told of', async () => {
    const each = flow('return inputData * 2;').replace(
      '.then(work)',
      ".then(createStep({ id: 'list', inputSchema: z.any(), outputSchema: z.any(), execute: async () => Array.from({ length: 10_000 }, (_, i) => i) })).foreach(work, { concurrency: 100 })",
    );
    await runToEnd(begin({ [file]: each }));
    assert.equal(finished().status, 'success');
    const indexes = new Set(opened.events.flatMap((event) => (event.type === 'step-progress' ? [event.index] : [])));
    assert.equal(indexes.size, 10_000);
  });

  it('no Node is new enough', async () => {
    project = makeProject({ [file]: flow('') });
    const folder = project.file('old');
    mkdirSync(folder);
    const old = path.join(folder, 'node');
    writeFileSync(old, '#!/bin/sh\necho v20.9.0\n', { mode: 0o755 });
    const own = { path: 'code', version: '20.18.1' };
    opened = open(project, file, { id: 'flow' }, { nodeSearch: { setting: '', environment: { PATH: folder }, own } });
    assert.deepEqual(await refusal(opened), { kind: 'node-missing', needed: '22.13', found: [`20.9.0 (${old})`] });
    await opened.session.dispose();
    opened = open(project, file, { id: 'flow' }, { nodeSearch: { setting: old, environment: {}, own } });
    assert.deepEqual(await refusal(opened), { kind: 'node-setting', needed: '22.13', path: old, found: '20.9.0' });
  });

  it('a bundler that cannot be started', async () => {
    const problem = await refusal(begin({ [file]: flow('') }, { esbuild: '/nowhere/esbuild' }));
    assert.equal(problem.kind, 'bundler-failed');
  });

  it('the project is shut down in order after a run', async () => {
    const storage =
      'export const mastra = new Mastra({ workflows: { ...flows } });\nconst shutdown = mastra.shutdown.bind(mastra);\n' +
      "mastra.shutdown = async () => { await shutdown(); await new Promise((resolve) => setTimeout(resolve, 20)); writeFileSync(process.env.CLOSED, 'closed'); };\n";
    project = makeProject({
      [file]: flow("process.stdout.write('\\u001b[31mred\\u001b[0m\\n'); return {};"),
      'src/mastra/index.ts': `import { writeFileSync } from 'node:fs';\nimport { Mastra } from '@mastra/core';\nimport * as flows from './flow';\n${storage}`,
    });
    project.write('.env', `CLOSED=${project.file('closed.txt')}\n`);
    opened = open(project, file, { id: 'flow', exportName: 'flow' });
    assert.equal(await runToEnd(opened), undefined);
    await opened.session.dispose();
    assert.ok(existsSync(project.file('closed.txt')));
    assert.ok(opened.events.some((event) => event.type === 'console' && event.text === 'red'));
  });

  it('nothing of the build stays behind', async () => {
    await runToEnd(begin({ [file]: flow('return {};') }));
    await opened.session.dispose();
    assert.deepEqual(readdirSync(project.file('node_modules/.cache/mastra-workflows')), []);
    assert.ok(!existsSync(project.file('src/mastra/public')));
  });
});
