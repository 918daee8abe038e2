import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEnvironmentReader, variableNames } from '../../server/src/project/environment.ts';

describe('names of environment variables', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'environment-')));
    mkdirSync(path.join(folder, '.git'));
    mkdirSync(path.join(folder, 'packages/shop/src'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const at = (file: string) => path.posix.join(folder, file);

  it('come from every .env file up to the root of the repository, and from the process', async () => {
    writeFileSync(at('.env'), 'OPENAI_API_KEY=secret\n');
    writeFileSync(at('packages/shop/.env.local'), 'export GROQ_API_KEY="secret"\n');
    mkdirSync(at('packages/.env'));
    const read = createEnvironmentReader(['HOME']);
    assert.deepEqual(await read(at('packages/shop/src')), {
      files: [at('packages/shop/.env.local'), at('.env')],
      names: ['HOME', 'GROQ_API_KEY', 'OPENAI_API_KEY'],
    });
  });

  it('are read again when the file changed', async () => {
    const read = createEnvironmentReader([]);
    assert.deepEqual((await read(folder)).files, []);
    writeFileSync(at('.env'), 'A=1\n');
    utimesSync(at('.env'), 1, 1);
    assert.deepEqual((await read(folder)).names, ['A']);
    writeFileSync(at('.env'), 'B=1\n');
    utimesSync(at('.env'), 2, 2);
    assert.deepEqual((await read(folder)).names, ['B']);
    rmSync(at('.env'));
    assert.deepEqual((await read(folder)).files, []);
  });

  it('are those that are set, never what they are set to', () => {
    const text = '# OLD=1\r\nexport A=B=C\r\n  C_2 = "x"\nD: yes\n\nnot a variable\nE=\n';
    assert.deepEqual(variableNames(text), ['A', 'C_2', 'D', 'E']);
  });
});
