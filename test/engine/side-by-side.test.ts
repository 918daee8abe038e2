import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { EngineStopped } from '../../server/src/typescript/engine.ts';
import { enginesFor, readSideBySide } from '../../server/src/typescript/side-by-side.ts';
import { makeProject, openEngine, type TestEngine, type TestProject } from './project.ts';

describe('engines side by side', () => {
  let project: TestProject;
  let engines: readonly TestEngine[];

  beforeEach(() => {
    project = makeProject({
      'tsconfig.json': '{}',
      'a.ts': 'export const a = 1;',
      'b.ts': `import { a } from './a'; export const b = a;`,
      'c.ts': `import { b } from './b'; export const c = b;`,
    });
    engines = [openEngine(project), openEngine(project)];
  });

  afterEach(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    project.dispose();
  });

  it('are as many as pay off', () => {
    assert.equal(enginesFor(0, 8), 1);
    assert.equal(enginesFor(59, 8), 1);
    assert.equal(enginesFor(60, 8), 2);
    assert.equal(enginesFor(5000, 8), 4);
    assert.equal(enginesFor(5000, 2), 2);
  });

  it('deal out the files in turn, and every one answers for its own', async () => {
    const files = ['a.ts', 'b.ts', 'c.ts'].map((file) => project.file(file));
    const programs = await readSideBySide(
      engines.map(({ engine }) => engine),
      files,
      async (set) => {
        const own = await Promise.all(files.map((file) => set.programFor(file)));
        for (const [index, file] of files.entries()) {
          assert.equal((await own[index]?.sourceFile(file))?.fileName, file);
        }
        return own;
      },
    );
    assert.equal(programs[0], programs[2]);
    assert.notEqual(programs[0], programs[1]);
  });

  it('reject when one of the processes dies', async () => {
    await assert.rejects(
      readSideBySide(
        engines.map(({ engine }) => engine),
        [project.file('a.ts'), project.file('b.ts')],
        async () => {
          process.kill(engines[1]?.processId() ?? 0, 'SIGKILL');
          while (engines[1]?.states.at(-1)?.kind !== 'stopped') await setImmediate();
        },
      ),
      EngineStopped,
    );
  });
});
