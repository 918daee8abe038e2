import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createProjectAnalysis, type ProjectAnalysis } from '../../server/src/project/analyze.ts';
import { startEngine, type Engine } from '../../server/src/typescript/engine.ts';

const root = path.resolve(import.meta.dirname, '../..');

const steps = `import { createStep } from '@mastra/core/workflows';
import { data } from './schemas';
export const pack = createStep({ id: 'pack', inputSchema: data, outputSchema: data, execute: async ({ inputData }) => inputData });
`;

const workflow = (id: string) => `import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
import { pack } from './steps';
export const ${id} = createWorkflow({ id: '${id}', inputSchema: z.object({ sku: z.string() }), outputSchema: z.any() }).then(pack).commit();
`;

const alone = `import { createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
export const alone = createWorkflow({ id: 'alone', inputSchema: z.any(), outputSchema: z.any() }).sleep(1).commit();
`;

describe('project analysis', function () {
  this.timeout(60_000);
  let folder: string;
  let engine: Engine;
  let analysis: ProjectAnalysis;
  const mastraFiles = ['alone.ts', 'first.ts', 'second.ts', 'steps.ts'];

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'analysis-')));
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
    write(
      'tsconfig.json',
      '{ "compilerOptions": { "module": "ES2022", "moduleResolution": "bundler", "strict": true, "types": [] } }',
    );
    write('schemas.ts', "import { z } from 'zod';\nexport const data = z.object({ sku: z.string() });\n");
    write('unrelated.ts', 'export const answer = 42;\n');
    write('steps.ts', steps);
    write('first.ts', workflow('first'));
    write('second.ts', workflow('second'));
    write('alone.ts', alone);
    engine = startEngine({ folder, buffer: () => undefined, log: () => undefined });
    analysis = createProjectAnalysis();
    await update([]);
  });
  afterEach(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  function write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }

  const absolute = (file: string) => path.posix.join(folder, file);
  const relative = (file: string) => path.posix.relative(folder, file);

  /** One update; `read` are the files whose models were made anew. */
  async function update(
    dirty: readonly string[] | 'everything',
    names: readonly string[] = mastraFiles,
    signal?: AbortSignal,
  ) {
    const read: string[] = [];
    const files = names.map(absolute);
    if (dirty === 'everything') engine.changed({ everything: true });
    else engine.changed({ changed: dirty.map(absolute) });
    const result = await engine.read(files, (programs) =>
      analysis.update(
        {
          ...programs,
          programFor(file) {
            read.push(relative(file));
            return programs.programFor(file);
          },
        },
        files,
        dirty === 'everything' ? dirty : dirty.map(absolute),
        signal,
      ),
    );
    return { ...result, read: read.sort(), changed: result.changed.map(relative).sort() };
  }

  function firstCheck({ project }: Awaited<ReturnType<typeof update>>) {
    return project.workflows.get(`${absolute('first.ts')}#first`)?.entries[0]?.check.kind;
  }

  it('reads nothing again when nothing changed', async () => {
    const result = await update([]);
    assert.deepEqual(result.read, []);
    assert.deepEqual(result.changed, []);
    assert.deepEqual([...result.project.workflows.values()].map(({ name }) => name).sort(), [
      'alone',
      'first',
      'second',
    ]);
    assert.equal(firstCheck(result), 'fits');
  });

  it('reads only the file that was edited, where nothing depends on it', async () => {
    write('alone.ts', alone.replace('.sleep(1)', '.sleep(2)'));
    const { read, changed } = await update(['alone.ts']);
    assert.deepEqual(read, ['alone.ts']);
    assert.deepEqual(changed, ['alone.ts']);
  });

  it('tells only of models that are different', async () => {
    write('alone.ts', `${alone}// A word at the end\n`);
    const { read, changed } = await update(['alone.ts']);
    assert.deepEqual(read, ['alone.ts']);
    assert.deepEqual(changed, []);
  });

  it('reads what depends on the edited file as well, through other modules too', async () => {
    write('schemas.ts', "import { z } from 'zod';\nexport const data = z.object({ name: z.string() });\n");
    const result = await update(['schemas.ts']);
    assert.deepEqual(result.read, ['first.ts', 'second.ts', 'steps.ts']);
    assert.deepEqual(
      result.changed.filter((file) => file !== 'steps.ts'),
      ['first.ts', 'second.ts'],
    );
    assert.equal(firstCheck(result), 'differs');
  });

  it('reads all again for a module it has not seen, but not each time', async () => {
    assert.deepEqual((await update(['unrelated.ts'])).read, mastraFiles);
    assert.deepEqual((await update(['unrelated.ts'])).read, []);
  });

  it('reads all again when the compiler is set up in another way, or everything changed', async () => {
    assert.deepEqual((await update(['tsconfig.json'])).read, mastraFiles);
    assert.deepEqual((await update('everything')).read, mastraFiles);
  });

  it('forgets files that are gone', async () => {
    const result = await update(
      [],
      mastraFiles.filter((file) => file !== 'second.ts'),
    );
    assert.deepEqual(result.changed, ['second.ts']);
    assert.equal(result.project.workflows.size, 2);
    assert.deepEqual(result.project.files.map(relative), ['alone.ts', 'first.ts', 'steps.ts']);
  });

  it('does not forget an edit when it is cancelled', async () => {
    write('schemas.ts', "import { z } from 'zod';\nexport const data = z.object({ name: z.string() });\n");
    await assert.rejects(update(['schemas.ts'], mastraFiles, AbortSignal.abort()), { name: 'AbortError' });
    assert.equal(firstCheck(await update([])), 'differs');
  });

  it('says which files do not parse, and gets over it', async () => {
    write('alone.ts', 'export const = ;');
    const broken = await update(['alone.ts']);
    assert.deepEqual([...broken.syntaxErrors.keys()].map(relative), ['alone.ts']);
    write('alone.ts', alone);
    const mended = await update(['alone.ts']);
    assert.equal(mended.syntaxErrors.size, 0);
    assert.equal(mended.project.workflows.size, 3);
  });
});
