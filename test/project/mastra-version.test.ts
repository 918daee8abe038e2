import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resolveMastra } from '../../server/src/project/mastra-version.ts';
import { isAtLeast } from '../../server/src/project/version.ts';

describe('installed Mastra', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'version-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function install(at: string, manifest: string): void {
    const core = path.join(folder, at, 'node_modules/@mastra/core');
    mkdirSync(core, { recursive: true });
    writeFileSync(path.join(core, 'package.json'), manifest);
  }

  it('is the nearest one above each file', async () => {
    install('.', '{ "version": "1.71.0" }');
    install('packages/old', '{ "version": "0.24.9" }');
    const files = ['src/a.ts', 'src/b.ts', 'packages/old/src/c.ts', 'packages/new/src/d.ts'].map((file) =>
      path.posix.join(folder, file),
    );
    assert.deepEqual(await resolveMastra(files), {
      mastra: { kind: 'installed', version: '1.71.0' },
      others: new Map([[path.posix.join(folder, 'packages/old/src/c.ts'), { kind: 'installed', version: '0.24.9' }]]),
    });
  });

  it('is missing where there is none', async () => {
    assert.deepEqual(await resolveMastra([path.posix.join(folder, 'a.ts')]), {
      mastra: { kind: 'missing' },
      others: new Map(),
    });
    assert.deepEqual((await resolveMastra([])).mastra, { kind: 'missing' });
  });

  it('is there while it is being written', async () => {
    install('.', '{ "vers');
    const { mastra } = await resolveMastra([path.posix.join(folder, 'a.ts')]);
    assert.equal(mastra.kind, 'installed');
  });
});

describe('version', () => {
  it('is compared by major and minor', () => {
    assert.equal(isAtLeast('1.0.0', 1, 0), true);
    assert.equal(isAtLeast('1.0.0-beta.3', 1, 0), true);
    assert.equal(isAtLeast('0.24.9', 1, 0), false);
    assert.equal(isAtLeast('0.9.9', 0, 17), false);
    assert.equal(isAtLeast('0.17.0', 0, 17), true);
    assert.equal(isAtLeast('10.2.0', 1, 71), true);
  });

  it('counts as the newest where it cannot be read', () => {
    assert.equal(isAtLeast('unknown', 1, 0), true);
  });
});
