import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { VariableDeclaration } from 'typescript/unstable/ast';
import { isVariableDeclaration, walk, type Node } from '../../server/src/typescript/ast.ts';
import { EngineStopped } from '../../server/src/typescript/engine.ts';
import { copyOfConfig, originalOfConfig, programsFor } from '../../server/src/typescript/side-by-side.ts';
import { makeProject, openEngine, type TestEngine, type TestProject } from './project.ts';

describe('programs side by side', () => {
  let project: TestProject;
  let engine: TestEngine;

  beforeEach(() => {
    project = makeProject({
      'tsconfig.json': '{ "compilerOptions": { "strict": true, "paths": { "#lib/*": ["./lib/*"] } } }',
      'lib/a.ts': 'export const a = 1;',
      'b.ts': `import { a } from '#lib/a'; export const b = a;`,
      'c.ts': `import { b } from './b'; export const c = b;`,
    });
    engine = openEngine(project, { programsPerConfig: 2 });
  });

  afterEach(async () => {
    await engine.close();
    project.dispose();
  });

  it('are as many as pay off', () => {
    assert.equal(programsFor(0, 8), 1);
    assert.equal(programsFor(39, 8), 1);
    assert.equal(programsFor(40, 8), 2);
    assert.equal(programsFor(5000, 8), 4);
    assert.equal(programsFor(5000, 2), 2);
  });

  it('have names by which their config is found', () => {
    for (const config of ['/a/tsconfig.json', '/a b/tsconfig.app.json', 'c:/x/jsconfig.json']) {
      assert.equal(copyOfConfig(config, 0), config);
      assert.notEqual(copyOfConfig(config, 1), copyOfConfig(config, 2));
      assert.equal(originalOfConfig(copyOfConfig(config, 12)), config);
      assert.equal(originalOfConfig(config), config);
    }
  });

  it('deal out the files in turn, and every one answers for its own as the config says', async () => {
    const names = ['lib/a.ts', 'b.ts', 'c.ts'];
    const files = names.map((file) => project.file(file));
    const programs = await engine.engine.read(files, (set) => Promise.all(files.map((file) => set.programFor(file))));
    assert.equal(programs[0], programs[2]);
    assert.notEqual(programs[0], programs[1]);
    assert.deepEqual(await Promise.all(names.map((file) => engine.configOf(file))), Array(3).fill('tsconfig.json'));
    const types = [engine.typeOf('lib/a.ts', 'a'), engine.typeOf('b.ts', 'b'), engine.typeOf('c.ts', 'c')];
    assert.deepEqual(await Promise.all(types), ['1', '1', '1']);
  });

  it('find types by nodes that another of them sent', async () => {
    const [b, c] = [project.file('b.ts'), project.file('c.ts')];
    const found = await engine.engine.read([project.file('lib/a.ts'), b, c], async (set) => {
      const [own, other] = [await set.programFor(b), await set.programFor(c)];
      const [tree, same] = [await own?.sourceFile(c), await other?.sourceFile(c)];
      const type = tree === undefined ? undefined : await other?.typeAt(declarationIn(tree).name);
      return { isSame: tree !== undefined && tree === same, type: type && (await other?.typeText(type)) };
    });
    assert.deepEqual(found, { isSame: true, type: '1' });
  });

  it('leave the engine nothing to wait for when it is abandoned', async () => {
    await engine.engine.read([project.file('b.ts')], () => Promise.resolve());
    const ended = engine.processId();
    engine.engine.abandon();
    await assert.rejects(
      engine.engine.read([project.file('b.ts')], () => Promise.resolve()),
      EngineStopped,
    );
    while (isAlive(ended)) await delay(10);
  });
});

function declarationIn(tree: Node): VariableDeclaration {
  let found: VariableDeclaration | undefined;
  walk(tree, (node) => {
    if (isVariableDeclaration(node)) found ??= node;
  });
  assert.ok(found);
  return found;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
