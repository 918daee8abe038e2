/** Modules in circles: what they load, export and read at once, and what the rule makes of it. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { ModuleModel } from '../../common/model/modules.ts';
import type { ProjectModel } from '../../common/model/project.ts';
import { importCycle } from '../../server/src/rules/import-cycle/rule.ts';
import { startSuite, type Extracted, type ExtractSuite } from './project.ts';

describe('modules that load each other', function () {
  this.timeout(60_000);
  let suite: ExtractSuite;
  before(() => {
    suite = startSuite();
  });
  after(() => suite.close());

  async function moduleOf(name: string, files: Readonly<Record<string, string>>): Promise<ModuleModel> {
    const { folder, models } = await suite.extract(files);
    const found = models.flatMap(({ modules }) => modules).find(({ file }) => file === path.posix.join(folder, name));
    assert.ok(found !== undefined, `${name} is among the modules`);
    return found;
  }

  /** `a.ts` in a circle with `b.ts`. */
  function moduleA(code: string): Promise<ModuleModel> {
    return moduleOf('a.ts', {
      'a.ts': `import { one, two as second, Kind } from './b';\nimport * as all from './b';\n${code}`,
      'b.ts': `import './a';\nexport const one = 1, two = 2;\nexport class Kind {}`,
    });
  }

  it('are not told of without a circle, nor where only types go round', async () => {
    const straight = await suite.extract({
      'a.ts': `import { b } from './b'; console.log(b);`,
      'b.ts': `export const b = 1;`,
    });
    assert.deepEqual(
      straight.models.flatMap(({ modules }) => modules),
      [],
    );
    const types = await suite.extract({
      'a.ts': `import { b } from './b'; console.log(b); export interface A { a: string }`,
      'b.ts': `import type { A } from './a'; export const b: A = { a: '' };`,
    });
    assert.deepEqual(
      types.models.flatMap(({ modules }) => modules),
      [],
    );
  });

  const reads: readonly (readonly [code: string, read: readonly string[]])[] = [
    [`use(one, [second], { one, k: second });`, ['one', 'two', 'one', 'two']],
    [`const f = () => one; function g(x = one) { return second; } class C { m() { return one; } n = one; }`, []],
    [`class C extends Kind { static s = one; }`, ['Kind', 'one']],
    [`if (one) use(second); else use(second);`, ['one']],
    [`const v = flag ? one : second, w = flag && one, x = flag ?? one, y = one || second;`, ['one']],
    [`try { use(one); } catch {} for (const x of [one]) use(x); { const one = 3; use(one); }`, []],
    [`flow?.then(one).then(second); flow.then(one);`, ['one']],
    [
      `let k: Kind; const t = {} as Kind; type T = typeof one; interface I extends Kind {} class C implements Kind {}`,
      [],
    ],
    [`const o = { one: 1, second() {} }; o.one; label: use(o);`, []],
    [`use(all); use(all.one); const { two } = all;`, ['one']],
    [`export default one; export { second }; export const v = second;`, ['one', 'two']],
  ];
  for (const [code, expected] of reads) {
    it(`read at once: ${code}`, async () => {
      const { reads: found } = await moduleA(code);
      assert.deepEqual(
        found.map(({ name }) => name),
        expected,
      );
    });
  }

  it('say which imports values need', async () => {
    const { links } = await moduleOf('a.ts', {
      'a.ts': [
        `import { used, unused } from './b';`,
        `import { type Kind } from './b';`,
        `import * as all from './b';`,
        `import './b';`,
        `export { used as again } from './b';`,
        `export * from './b';`,
        `export type { Kind } from './b';`,
        `const late = () => used;`,
      ].join('\n'),
      'b.ts': `import './a'; export const used = 1, unused = 2; export interface Kind { k: string }`,
    });
    assert.deepEqual(
      links.map(({ needs }) => needs),
      [
        [
          { name: 'used', used: true },
          { name: 'unused', used: false },
        ],
        [],
        [{ name: '*', used: false }],
        'module',
        [{ name: 'used', used: true }],
        'module',
      ],
    );
  });

  it('export values that are there late or early, types, and what they import', async () => {
    const { exports, stars } = await moduleA(
      [
        `export const a = 1, { b, c: [d] } = { b: 1, c: [2] };`,
        `export var e = 1; export function f() {} export enum G { x } export interface H { x: string }`,
        `export default class I {}`,
        `export type J = string; export const J = '';`,
        `const k = 1; export { k as l, second as m }; export { one as n } from './b'; export * from './b';`,
        `export declare const o: string;`,
      ].join('\n'),
    );
    assert.deepEqual(
      Object.fromEntries(
        [...exports].map(([name, found]) => [name, found.kind === 'linked' ? found.name : found.kind]),
      ),
      {
        a: 'late',
        b: 'late',
        d: 'late',
        e: 'early',
        f: 'early',
        G: 'early',
        H: 'type',
        default: 'late',
        J: 'late',
        l: 'late',
        m: 'two',
        n: 'one',
        o: 'early',
      },
    );
    assert.deepEqual(stars, [3]);
  });

  it('say when they wait while they are loaded', async () => {
    assert.equal((await moduleA(`await use(one);`)).awaits, true);
    assert.equal((await moduleA(`for await (const x of one) use(x);`)).awaits, true);
    assert.equal((await moduleA(`const f = async () => await use(one);`)).awaits, false);
  });

  it('say when they may load more than is seen', async () => {
    assert.equal((await moduleA(`import { x } from './missing'; use(x);`)).open, true);
    assert.equal((await moduleA(`import { x } from '@/missing'; use(x);`)).open, true);
    assert.equal((await moduleA(`import x = require('./b'); use(x);`)).open, true);
    assert.equal((await moduleA(`import './styles.css'; import { x } from 'a-package'; use(x);`)).open, false);
  });

  describe('import-cycle', () => {
    async function told(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
      const extracted = await suite.extract(files);
      return [...importCycle.check(projectOf(extracted))].map(
        ({ severity, message, related }) => `${severity} ${message} ${related.map((each) => each.message).join('; ')}`,
      );
    }

    const barrel = {
      'start.ts': `import { a } from './index'; use(a);`,
      'index.ts': `export * from './a'; export * from './b';`,
      'a.ts': `import { b } from './index'; export const a = use(b);`,
      'b.ts': `export const b = 1;`,
    };

    it('leads around the circle, then to the way in and to the declaration', async () => {
      assert.deepEqual(await told(barrel), [
        'warning `b` has no value yet: `a.ts` and `index.ts` import each other, and `a.ts` runs before `b.ts` when `start.ts` is loaded first. ' +
          '`a.ts` imports `index.ts` here; `index.ts` imports `a.ts` here; `start.ts` loads `index.ts` here; `b` gets its value here',
      ]);
    });

    it('is silent where a module that waits may be overtaken', async () => {
      assert.deepEqual(
        await told({ ...barrel, 'a.ts': `import { b } from './index'; await use(); export const a = use(b);` }),
        [],
      );
    });

    it('is not, where what it reads waits for the module itself', async () => {
      const found = await told({
        'start.ts': `import { b } from './b'; use(b);`,
        'a.ts': `import { b } from './b'; await use(); export const a = use(b);`,
        'b.ts': `import { a } from './a'; export const b = () => a;`,
      });
      assert.equal(found.length, 1);
    });

    it('is silent where something else may be loaded first', async () => {
      assert.deepEqual(
        await told({ ...barrel, 'start.ts': `import x from './other.js'; ${barrel['start.ts']} use(x);` }),
        [],
      );
      assert.deepEqual(
        await told({ ...barrel, 'start.ts': `${barrel['start.ts']} export {}; export const x = 1;` }),
        [],
      );
    });

    it('is silent about tests, and what is loaded while the program runs', async () => {
      const { 'start.ts': start, ...others } = barrel;
      assert.deepEqual(await told({ ...others, 'start.test.ts': start }), []);
      assert.deepEqual(
        await told({
          ...barrel,
          'main.ts': `import('./start'); ${start.replace('./index', './b').replaceAll('{ a }', '{ b }').replace('use(a)', 'use(b)')}`,
        }),
        [],
      );
    });

    it('knows tests by what lies below the folder of all files', async () => {
      const within = (folder: string) =>
        Object.fromEntries(Object.entries(barrel).map(([name, text]) => [`${folder}/${name}`, text]));
      assert.equal((await told(within('test/app'))).length, 1);
      assert.deepEqual(await told({ ...within('test/app'), 'src/other.ts': `export const x = 1;` }), []);
    });

    it('takes the pages of Next.js for entries', async () => {
      const { 'start.ts': start, ...others } = barrel;
      const route = `${start.replace('./index', '../../index')} export const GET = () => a;`;
      assert.equal((await told({ ...others, 'app/orders/route.ts': route })).length, 1);
      assert.deepEqual(await told({ ...others, 'lib/orders/route.ts': route }), []);
    });

    it('takes the order of imports as it is', async () => {
      assert.deepEqual(await told({ ...barrel, 'index.ts': `export * from './b'; export * from './a';` }), []);
      assert.deepEqual(await told({ ...barrel, 'start.ts': `import './a'; ${barrel['start.ts']}` }), []);
    });

    it('names the folder where files have one name, and cuts long circles', async () => {
      const found = await told({
        'start.ts': `import './one/index';`,
        'one/index.ts': `import '../two/index'; export const a = 1;`,
        'two/index.ts': `import '../three'; export {};`,
        'three.ts': `import './four'; export {};`,
        'four.ts': `import './five'; export {};`,
        'five.ts': `import { a } from './one/index'; use(a);`,
      });
      assert.equal(found.length, 1);
      assert.match(
        found[0] ?? '',
        /`five.ts` imports itself through `one\/index.ts` and 3 other modules, and `five.ts` runs before `one\/index.ts` when `start.ts` is loaded first\./,
      );
    });
  });
});

function projectOf({ models }: Extracted): ProjectModel {
  return {
    workflows: new Map(),
    uses: [],
    files: models.map(({ file }) => file),
    opaque: [],
    facts: models.flatMap(({ facts }) => facts),
    modules: new Map(models.flatMap(({ modules }) => modules.map((module) => [module.file, module] as const))),
    mastra: { kind: 'installed', version: '1.0.0' },
  };
}
