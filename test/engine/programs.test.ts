import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { makeProject, openEngine, type TestEngine, type TestProject } from './project.ts';

const json = JSON.stringify;

describe('which program a file belongs to', () => {
  let project: TestProject;
  let engine: TestEngine;

  function given(files: Readonly<Record<string, string>>, name?: string): void {
    project = makeProject(files, name);
    engine = openEngine(project);
  }

  afterEach(async () => {
    await engine.close();
    project.dispose();
  });

  it('finds the nearest tsconfig in a monorepo, each with its own options', async () => {
    given({
      'packages/loose/tsconfig.json': json({ compilerOptions: { strict: false, noUncheckedIndexedAccess: false } }),
      'packages/loose/src/a.ts': 'declare const list: string[]; export const first = list[0];',
      'packages/exact/tsconfig.json': json({ compilerOptions: { strict: true, noUncheckedIndexedAccess: true } }),
      'packages/exact/src/b.ts': 'declare const list: string[]; export const first = list[0];',
    });
    assert.equal(await engine.configOf('packages/loose/src/a.ts'), 'packages/loose/tsconfig.json');
    assert.equal(await engine.typeOf('packages/loose/src/a.ts', 'first'), 'string');
    assert.equal(await engine.typeOf('packages/exact/src/b.ts', 'first'), 'string | undefined');
    assert.equal(
      engine.states.filter((state) => state.kind === 'running').length,
      1,
      'one process serves all programs',
    );
  });

  it('follows the references of a solution-style tsconfig', async () => {
    given({
      'tsconfig.json': json({
        files: [],
        references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.node.json' }],
      }),
      'tsconfig.app.json': json({ compilerOptions: { composite: true, strict: true }, include: ['src'] }),
      'tsconfig.node.json': json({ compilerOptions: { composite: true, strict: true }, include: ['*.config.ts'] }),
      'src/a.ts': 'export const value = 1;',
      'vite.config.ts': 'export const value = 1;',
    });
    assert.equal(await engine.configOf('src/a.ts'), 'tsconfig.app.json');
    assert.equal(await engine.configOf('vite.config.ts'), 'tsconfig.node.json');
  });

  it('reads a jsconfig', async () => {
    given({
      'jsconfig.json': json({ compilerOptions: { checkJs: true } }),
      'src/a.ts': 'export const value = 1 as number | undefined;',
    });
    assert.equal(await engine.configOf('src/a.ts'), 'jsconfig.json');
    assert.equal(await engine.typeOf('src/a.ts', 'value'), 'number | undefined');
  });

  it('gives files outside every tsconfig strict options and the packages around them', async () => {
    given({
      'a.ts': `import { z } from 'zod'; export const value: z.infer<typeof s> = {}; const s = z.object({ n: z.string().optional() });`,
    });
    project.install('zod');
    assert.equal(await engine.configOf('a.ts'), undefined);
    assert.equal(await engine.typeOf('a.ts', 'value'), '{ n?: string | undefined; }');
  });

  it('moves a file to a tsconfig that is created around it, and back when that is deleted', async () => {
    given({ 'src/a.ts': 'declare const list: string[]; export const first = list[0];' });
    assert.equal(await engine.typeOf('src/a.ts', 'first'), 'string');
    project.write('tsconfig.json', json({ compilerOptions: { noUncheckedIndexedAccess: true } }));
    engine.engine.changed({ created: [project.file('tsconfig.json')] });
    assert.equal(await engine.configOf('src/a.ts'), 'tsconfig.json');
    assert.equal(await engine.typeOf('src/a.ts', 'first'), 'string | undefined');
    project.remove('tsconfig.json');
    engine.engine.changed({ deleted: [project.file('tsconfig.json')] });
    assert.equal(await engine.configOf('src/a.ts'), undefined);
    assert.equal(await engine.typeOf('src/a.ts', 'first'), 'string');
  });

  it('takes over a changed tsconfig', async () => {
    given({
      'tsconfig.json': json({ compilerOptions: { noUncheckedIndexedAccess: false } }),
      'a.ts': 'declare const list: string[]; export const first = list[0];',
    });
    assert.equal(await engine.typeOf('a.ts', 'first'), 'string');
    project.write('tsconfig.json', json({ compilerOptions: { noUncheckedIndexedAccess: true } }));
    engine.engine.changed({ changed: [project.file('tsconfig.json')] });
    assert.equal(await engine.typeOf('a.ts', 'first'), 'string | undefined');
  });

  it('reads a broken tsconfig as far as it goes', async () => {
    given({
      'tsconfig.json': '{ "compilerOptions": { "strict": true, ',
      'a.ts': 'export const value = 1 as 1 | undefined;',
    });
    assert.equal(await engine.typeOf('a.ts', 'value'), '1 | undefined');
  });

  it('sees created and deleted files', async () => {
    given({ 'tsconfig.json': '{}', 'a.ts': `import { b } from './b'; export const value = b;` });
    assert.equal(await engine.typeOf('a.ts', 'value'), 'any');
    project.write('b.ts', 'export const b = "here" as const;');
    engine.engine.changed({ created: [project.file('b.ts')] });
    assert.equal(await engine.typeOf('a.ts', 'value'), '"here"');
    project.remove('b.ts');
    engine.engine.changed({ deleted: [project.file('b.ts')] });
    assert.equal(await engine.typeOf('a.ts', 'value'), 'any');
  });

  it('sees packages that were installed meanwhile', async () => {
    given({ 'tsconfig.json': '{}', 'a.ts': `import { z } from 'zod'; export const value = z.string();` });
    assert.equal(await engine.typeOf('a.ts', 'value'), 'any');
    project.install('zod');
    engine.engine.changed({ everything: true });
    assert.equal(await engine.typeOf('a.ts', 'value'), 'ZodString');
  });

  it('works in folders with spaces and letters of other scripts', async () => {
    given(
      { 'tsconfig.json': '{}', 'wörk flöws/ビルド.ts': 'export const value = "x" as const;' },
      'mit Ümlaut und 空白',
    );
    assert.equal(await engine.typeOf('wörk flöws/ビルド.ts', 'value'), '"x"');
  });

  it('works through a symbolic link', async () => {
    given({
      'real/tsconfig.json': '{}',
      'real/a.ts': `import { b } from './b'; export const value = b;`,
      'real/b.ts': 'export const b = 1 as const;',
    });
    symlinkSync(project.file('real'), project.file('link'), 'junction');
    assert.equal(await engine.typeOf('link/a.ts', 'value'), '1');
    assert.equal(await engine.configOf('link/a.ts'), 'link/tsconfig.json');
  });

  it('keeps CRLF line ends and takes no notice of a byte order mark', async () => {
    given({
      'tsconfig.json': '\uFEFF{}',
      'a.ts': '\uFEFFexport const first = 1;\r\nexport const second = `a\r\nb` as const;\r\n',
    });
    assert.equal(
      await engine.textOf('a.ts'),
      'export const first = 1;\r\nexport const second = `a\r\nb` as const;\r\n',
    );
    assert.equal(await engine.typeOf('a.ts', 'second'), '"a\\nb"');
  });
});
