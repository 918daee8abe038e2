import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { EngineStopped } from '../../server/src/typescript/engine.ts';
import { makeProject, openEngine, type TestEngine, type TestProject } from './project.ts';

describe('the native process', () => {
  let project: TestProject;
  let engine: TestEngine;

  function given(options: { readonly requestSeconds?: number } = {}): void {
    project = makeProject({
      'tsconfig.json': '{}',
      'a.ts': 'export const value = 1 as const;',
      'b.ts': `import { value } from './a'; export const other = value;`,
    });
    engine = openEngine(project, options);
  }

  afterEach(async () => {
    await engine.close();
    project.dispose();
  });

  it('is started by the first read and not before', async () => {
    given();
    engine.type('a.ts', 'export const value = 2 as const;');
    assert.equal(engine.states.length, 0);
    assert.equal(await engine.typeOf('a.ts', 'value'), '2');
    assert.deepEqual(
      engine.states.map((state) => state.kind),
      ['starting', 'running'],
    );
  });

  it('reads unsaved text, also through imports, and the disk again once it is closed', async () => {
    given();
    assert.equal(await engine.typeOf('b.ts', 'other'), '1');
    engine.type('a.ts', 'export const value = "unsaved" as const;');
    assert.equal(await engine.typeOf('b.ts', 'other'), '"unsaved"');
    engine.type('a.ts', 'export const value = "typed" as const;');
    assert.equal(await engine.typeOf('b.ts', 'other'), '"typed"');
    engine.type('a.ts', undefined);
    assert.equal(await engine.typeOf('b.ts', 'other'), '1');
  });

  it('answers about half a file', async () => {
    given();
    engine.type('a.ts', 'export const value = { a: 1, b: [');
    assert.match((await engine.typeOf('a.ts', 'value')) ?? '', /^\{ a: number; b: /);
  });

  it('is started anew when it is killed; unsaved text is served again', async () => {
    given();
    engine.type('a.ts', 'export const value = "unsaved" as const;');
    assert.equal(await engine.typeOf('b.ts', 'other'), '"unsaved"');
    const first = engine.processId();
    process.kill(first, 'SIGKILL');
    await until(() => engine.states.at(-1)?.kind === 'stopped');
    assert.equal(await engine.typeOf('b.ts', 'other'), '"unsaved"');
    assert.notEqual(engine.processId(), first);
  });

  it('rejects the reads under way when it is killed: none of them waits for ever', async () => {
    given();
    await engine.typeOf('a.ts', 'value');
    engine.type('a.ts', 'export const value = 3 as const;');
    const reads = ['a.ts', 'b.ts', 'a.ts'].map((file) => engine.textOf(file));
    process.kill(engine.processId(), 'SIGKILL');
    const results = await Promise.allSettled(reads);
    assert.equal(results[0]?.status, 'rejected');
    for (const result of results) {
      if (result.status === 'rejected') assert.ok(result.reason instanceof EngineStopped, String(result.reason));
    }
    assert.equal(await engine.typeOf('a.ts', 'value'), '3');
  });

  it('waits longer before each start when it dies again and again', async () => {
    given();
    for (let round = 0; round < 3; round += 1) {
      await engine.typeOf('a.ts', 'value');
      process.kill(engine.processId(), 'SIGKILL');
      await until(() => engine.states.filter((state) => state.kind === 'stopped').length === round + 1);
    }
    const waits = engine.states.flatMap((state) => (state.kind === 'stopped' ? [state.retryMilliseconds] : []));
    assert.deepEqual(waits, [250, 500, 1000]);
  });

  it('is replaced when it hangs', async function () {
    if (process.platform === 'win32') this.skip();
    given({ requestSeconds: 1 });
    await engine.typeOf('a.ts', 'value');
    process.kill(engine.processId(), 'SIGSTOP');
    engine.type('a.ts', 'export const value = 4 as const;');
    await assert.rejects(engine.typeOf('a.ts', 'value'), EngineStopped);
    assert.equal(await engine.typeOf('a.ts', 'value'), '4');
  });

  it('ends with the engine, also while reads are under way', async () => {
    given();
    await engine.typeOf('a.ts', 'value');
    engine.type('a.ts', 'export const value = 5 as const;');
    const read = engine.textOf('a.ts').catch((error: unknown) => error);
    const id = engine.processId();
    await engine.close();
    await read;
    assert.ok(!isAlive(id));
    await assert.rejects(engine.textOf('a.ts'), EngineStopped);
  });

  it('ends with the process that started it, also while it waits for a text from it', async () => {
    given();
    const host = path.join(import.meta.dirname, 'dying-host.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [host, project.folder]);
    assert.match(stdout, /^\d+$/);
    await until(() => !isAlive(Number(stdout)));
  });

  it('keeps its memory over hundreds of edits', async function () {
    if (process.platform !== 'linux') this.skip();
    given();
    project.install('zod');
    const edit = async (n: number) => {
      engine.type('a.ts', `import { z } from 'zod'; export const value = z.object({ f${String(n)}: z.string() });`);
      assert.match((await engine.typeOf('b.ts', 'other')) ?? '', new RegExp(`f${String(n)}:`));
    };
    for (let n = 0; n < 150; n += 1) await edit(n);
    const before = residentMegabytes(engine.processId());
    for (let n = 150; n < 450; n += 1) await edit(n);
    const grown = residentMegabytes(engine.processId()) - before;
    assert.ok(grown < 120, `grew by ${String(grown)} MB over 300 edits, from ${String(before)} MB`);
  });
});

describe('a cancelled read', () => {
  it('rejects at once and leaves the engine usable', async () => {
    const project = makeProject({ 'a.ts': 'export const value = 1 as const;' });
    const engine = openEngine(project);
    try {
      const cancel = new AbortController();
      const never = new Promise<never>(() => undefined);
      const read = engine.engine.read([project.file('a.ts')], () => never, cancel.signal);
      setTimeout(() => {
        cancel.abort();
      }, 10);
      await assert.rejects(read, { name: 'AbortError' });
      await assert.rejects(
        engine.engine.read([], () => never, cancel.signal),
        { name: 'AbortError' },
      );
      assert.equal(await engine.typeOf('a.ts', 'value'), '1');
    } finally {
      await engine.close();
      project.dispose();
    }
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

function residentMegabytes(processId: number): number {
  const status = readFileSync(`/proc/${String(processId)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}
