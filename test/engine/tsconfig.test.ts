import assert from 'node:assert/strict';
import { makeProject, openEngine } from './project.ts';

const json = JSON.stringify;

/** The types of variables `value...` of `src/a.ts` in a project. */
async function typesIn(files: Readonly<Record<string, string>>, ...variables: readonly string[]): Promise<unknown[]> {
  const project = makeProject(files);
  project.install('zod');
  const engine = openEngine(project);
  try {
    return await Promise.all(variables.map((variable) => engine.typeOf('src/a.ts', variable)));
  } finally {
    await engine.close();
    project.dispose();
  }
}

describe('tsconfigs as TypeScript 7 does not read them', () => {
  const optional = `import { z } from 'zod'; declare const s: z.infer<typeof schema>; const schema = z.object({ a: z.string().optional() }); export const value = s.a;`;

  for (const options of [
    { target: 'es5' },
    { moduleResolution: 'node' },
    { module: 'amd', moduleResolution: 'classic' },
    { module: 'system', outFile: 'out.js' },
    { module: 'commonjs', downlevelIteration: true, esModuleInterop: false },
  ]) {
    it(`analyses a project with the removed options ${json(options)}`, async () => {
      assert.deepEqual(
        await typesIn(
          { 'tsconfig.json': json({ compilerOptions: { ...options, strict: true } }), 'src/a.ts': optional },
          'value',
        ),
        ['string | undefined'],
      );
    });
  }

  it('keeps undefined apart although the project does not check for it: schemas need it', async () => {
    for (const compilerOptions of [{}, { strict: false }, { strictNullChecks: false, strict: true }]) {
      assert.deepEqual(await typesIn({ 'tsconfig.json': json({ compilerOptions }), 'src/a.ts': optional }, 'value'), [
        'string | undefined',
      ]);
    }
  });

  it('resolves imports relative to baseUrl', async () => {
    assert.deepEqual(
      await typesIn(
        {
          'tsconfig.json': json({ compilerOptions: { baseUrl: './src' } }),
          'src/a.ts': `import { b } from 'lib/b'; import { z } from 'zod'; export const value = b; export const schema = z.string();`,
          'src/lib/b.ts': 'export const b = 1 as const;',
        },
        'value',
        'schema',
      ),
      ['1', 'ZodString'],
    );
  });

  it('resolves paths relative to baseUrl, with comments and trailing commas around', async () => {
    assert.deepEqual(
      await typesIn(
        {
          'tsconfig.json': `{ // the usual
            "compilerOptions": { "baseUrl": "./src", /* aliases */ "paths": { "@lib/*": ["lib/*"], "@one": ["lib/b.ts",], }, }, }`,
          'src/a.ts': `import { b } from '@lib/b'; import { b as c } from '@one'; export const value = b; export const other = c;`,
          'src/lib/b.ts': 'export const b = 1 as const;',
        },
        'value',
        'other',
      ),
      ['1', '1'],
    );
  });

  it('resolves paths without baseUrl as they are', async () => {
    assert.deepEqual(
      await typesIn(
        {
          'tsconfig.json': json({ compilerOptions: { paths: { '@lib/*': ['./src/lib/*'] } } }),
          'src/a.ts': `import { b } from '@lib/b'; export const value = b;`,
          'src/lib/b.ts': 'export const b = 1 as const;',
        },
        'value',
      ),
      ['1'],
    );
  });

  it('takes baseUrl and paths from different configs of an extends chain', async () => {
    assert.deepEqual(
      await typesIn(
        {
          'config/base.json': json({ compilerOptions: { baseUrl: '../src' } }),
          'config/paths.json': json({ extends: './base', compilerOptions: { paths: { '@lib/*': ['lib/*'] } } }),
          'tsconfig.json': json({ extends: ['./config/paths.json'] }),
          'src/a.ts': `import { b } from '@lib/b'; import { b as c } from 'lib/b'; export const value = b; export const other = c;`,
          'src/lib/b.ts': 'export const b = 1 as const;',
        },
        'value',
        'other',
      ),
      ['1', '1'],
    );
  });

  it('takes baseUrl from a config in a package', async () => {
    assert.deepEqual(
      await typesIn(
        {
          'node_modules/@team/config/package.json': json({ name: '@team/config', version: '1.0.0' }),
          'node_modules/@team/config/tsconfig.json': json({ compilerOptions: { baseUrl: '../../../src' } }),
          'tsconfig.json': json({ extends: '@team/config/tsconfig.json' }),
          'src/a.ts': `import { b } from 'lib/b'; export const value = b;`,
          'src/lib/b.ts': 'export const b = 1 as const;',
        },
        'value',
      ),
      ['1'],
    );
  });

  it('reads what configs say that extend each other', async () => {
    assert.deepEqual(
      await typesIn(
        {
          'tsconfig.other.json': json({ extends: './tsconfig.json' }),
          'tsconfig.json': json({
            extends: './tsconfig.other.json',
            compilerOptions: { noUncheckedIndexedAccess: true },
          }),
          'src/a.ts': 'declare const list: string[]; export const value = list[0];',
        },
        'value',
      ),
      ['string | undefined'],
    );
  });
});
