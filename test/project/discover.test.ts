import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { discover, isSourceFile, matters, usesMastra } from '../../server/src/project/discover.ts';

const uses = "import { createStep } from '@mastra/core/workflows';\n";

describe('discovery', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'discover-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
  }

  async function found(...folders: readonly string[]): Promise<readonly string[]> {
    const { files } = await discover(folders.length === 0 ? [folder] : folders);
    return files.map((file) => path.posix.relative(folder, file));
  }

  it('finds what imports Mastra, and what may get it from a module of the project', async () => {
    write({
      'a.ts': uses,
      'b.mts': "export * from '@mastra/core/workflows';\n",
      'c.cts': "const { Mastra } = require('@mastra/core');\n",
      'd.tsx': "const core = await import('@mastra/core');\n",
      'wrapped.ts': "import { createWorkflow } from './b.mts';\nexport const w = createWorkflow({});\n",
      'runs.ts': "import { w } from './wrapped.ts';\nawait w.createRun();\n",
      'other.ts': "import { z } from 'zod';\nexport const schema = z.any();\n",
      'script.js': uses,
      'types.d.ts': uses,
    });
    assert.deepEqual(await found(), ['a.ts', 'b.mts', 'c.cts', 'd.tsx', 'runs.ts', 'wrapped.ts']);
  });

  it('finds nothing where no file imports Mastra', async () => {
    write({ 'mine.ts': 'export function createWorkflow() {}\ncreateWorkflow();\n' });
    assert.deepEqual(await found(), []);
  });

  it('leaves out dependencies, build output and hidden folders, except where they are asked for', async () => {
    write({
      'src/a.ts': uses,
      'src/dist/b.ts': uses,
      'node_modules/x/c.ts': uses,
      'out/d.ts': uses,
      '.mastra/e.ts': uses,
      'packages/one/node_modules/y/f.ts': uses,
    });
    assert.deepEqual(await found(), ['src/a.ts']);
    assert.deepEqual(await found(path.join(folder, 'out'), path.join(folder, 'src')), ['out/d.ts', 'src/a.ts']);
  });

  it('finds a source that git ignores: it may be tracked all the same', async () => {
    write({ '.gitignore': 'mastra/\n', 'src/mastra/a.ts': uses });
    assert.deepEqual(await found(), ['src/mastra/a.ts']);
  });

  it('follows links once, also where they go in circles or nowhere', async () => {
    write({ 'src/a.ts': uses, 'shared/b.ts': uses });
    symlinkSync(folder, path.join(folder, 'src/circle'), 'dir');
    symlinkSync(path.join(folder, 'shared'), path.join(folder, 'src/shared'), 'dir');
    symlinkSync(path.join(folder, 'gone'), path.join(folder, 'src/nowhere.ts'));
    const files = await found(path.join(folder, 'src'));
    assert.equal(files.filter((file) => file.endsWith('a.ts')).length, 1);
    assert.equal(files.filter((file) => file.endsWith('b.ts')).length, 1);
  });

  it('reads the text of the editor instead of the disk', async () => {
    write({ 'a.ts': '', 'b.ts': uses });
    const buffers = new Map([
      [`${folder}/a.ts`, uses],
      [`${folder}/b.ts`, ''],
    ]);
    const { files } = await discover([folder], { buffer: (file) => buffers.get(file) });
    assert.deepEqual(files, [`${folder}/a.ts`]);
  });

  it('skips what no person wrote, with the reason', async () => {
    write({ 'a.ts': uses, 'made.ts': `${uses}// ${'x'.repeat(2_000_001)}` });
    const { files, skipped } = await discover([folder]);
    assert.deepEqual(files, [`${folder}/a.ts`]);
    assert.deepEqual(skipped, [{ file: `${folder}/made.ts`, reason: 'it is larger than 2 MB' }]);
  });

  it('answers with nothing for a folder that does not exist', async () => {
    assert.deepEqual(await discover([path.join(folder, 'gone')]), { files: [], skipped: [] });
  });

  it('ends when it is cancelled', async () => {
    write({ 'a.ts': uses });
    await assert.rejects(discover([folder], { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });
});

describe('text that matters', () => {
  it('imports Mastra in any form', () => {
    for (const text of [
      "import { a } from '@mastra/core'",
      'import {\n  a,\n} from "@mastra/core/workflows"',
      "import '@mastra/core'",
      "export { a } from '@mastra/inngest'",
      "await import( '@mastra/core' )",
      "require('@mastra/core')",
      "import type { A } from'@mastra/core'",
    ]) {
      assert.equal(usesMastra(text), true, text);
    }
    for (const text of [
      '',
      "import { a } from '@mastrapiece/core'",
      "const name = '@mastra/core';",
      '// see @mastra/core',
    ]) {
      assert.equal(usesMastra(text), false, text);
    }
  });

  it('is also that of a file which works with workflows of another one', () => {
    assert.equal(matters("import { w } from './w';\nw.then(a).commit();"), true);
    assert.equal(matters("import { w } from './w';\nconsole.log(w);"), false);
    assert.equal(matters('function createStep() {}'), false);
  });

  it('stands in a TypeScript source', () => {
    assert.deepEqual(
      ['a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.js', 'a.d.ts', 'a.d.mts', 'a.d.css.ts', 'a.test.ts', 'ts'].filter(
        isSourceFile,
      ),
      ['a.ts', 'a.tsx', 'a.mts', 'a.cts', 'a.test.ts'],
    );
  });
});
