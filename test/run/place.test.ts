import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isNewEnough } from '../../client/src/run/node.ts';
import { findProject, namesRelativeFile, runEnvironment, workingDirectory } from '../../client/src/run/project.ts';
import type { Json } from '../../common/runlog/events.ts';
import { inputs, makeProject, open } from './project.ts';
import type { TestProject } from './project.ts';

/** A workflow `where` whose one step returns the value of `expression`. */
const where = (expression: string, top = ''): string => `
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { z } from 'zod';
${top}
const look = createStep({
  id: 'look',
  inputSchema: z.any(),
  outputSchema: z.any(),
  execute: async () => (${expression}),
});
export const where = createWorkflow({ id: 'where', inputSchema: z.any(), outputSchema: z.any() }).then(look).commit();
`;
const entry =
  "import { Mastra } from '@mastra/core';\nimport { where } from './where';\nexport const mastra = new Mastra({ workflows: { where } });\n";
const file = 'src/mastra/where.ts';

describe('where a run takes place', function () {
  this.timeout(60_000);
  let project: TestProject;
  afterEach(() => project.dispose());

  async function answer(from = file, folder = project.root): Promise<Json | undefined> {
    const opened = open(project, from, { id: 'where', exportName: 'where' }, { folder });
    try {
      await opened.session.loaded;
      await opened.session.start(inputs({}));
      const last = opened.events.at(-1);
      assert.ok(last?.type === 'run-finished');
      assert.equal(last.error, undefined);
      return last.output;
    } finally {
      await opened.session.dispose();
    }
  }

  it('runs in the package, with the environment of mastra dev', async () => {
    project = makeProject({
      [file]: where(
        '{ cwd: process.cwd(), a: process.env.A, b: process.env.B, c: process.env.C, mode: process.env.NODE_ENV, telemetry: process.env.MASTRA_TELEMETRY_DISABLED, code: process.env.VSCODE_PID ?? null }',
      ),
      'src/mastra/index.ts': entry,
      '.env': 'A=env\nB=env\nC=env\n',
      '.env.local': 'B=local\nC=local\n',
      '.env.development': 'C="development"\n',
    });
    assert.deepEqual(await answer(), {
      cwd: realpathSync(project.root),
      a: 'env',
      b: 'local',
      c: 'development',
      mode: 'development',
      telemetry: '1',
      code: null,
    });
  });

  it('runs where mastra dev does when there is a public folder, or a database is named relative to it', async () => {
    project = makeProject({ [file]: where('process.cwd()'), 'src/mastra/index.ts': entry });
    assert.equal(await answer(), realpathSync(project.root));
    assert.ok(!existsSync(project.file('src/mastra/public')));
    project.write(file, where('process.cwd()', "export const url = 'file:./mastra.db';"));
    assert.equal(await answer(), realpathSync(project.file('src/mastra/public')));
  });

  it('bundles TypeScript packages of the workspace and follows tsconfig paths', async () => {
    project = makeProject({
      'package.json': JSON.stringify({ private: true, workspaces: ['apps/*', 'packages/*'] }),
      'packages/shared/package.json': JSON.stringify({
        name: '@acme/shared',
        type: 'module',
        exports: { '.': './src/index.ts', './*': './src/*.ts' },
        dependencies: { zod: '*' },
      }),
      'packages/shared/src/index.ts': "export { name } from './name';\n",
      'packages/shared/src/name.ts':
        "import { z } from 'zod';\nexport const name: string = z.string().parse('shared');\n",
      'packages/shared/src/extra.ts': "export const extra = 'extra' as const;\n",
      'apps/api/package.json': JSON.stringify({
        name: 'api',
        type: 'module',
        dependencies: { '@acme/shared': '*', zod: '*' },
      }),
      'apps/api/tsconfig.json': JSON.stringify({ compilerOptions: { paths: { '@lib/*': ['./src/lib/*'] } } }),
      'apps/api/src/lib/text.ts': "export const text = 'lib';\n",
      'apps/api/src/mastra/index.ts': entry,
      'apps/api/src/mastra/where.ts': where(
        '[name, extra, text]',
        "import { name } from '@acme/shared';\nimport { extra } from '@acme/shared/extra';\nimport { text } from '@lib/text';",
      ),
    });
    mkdirSync(project.file('node_modules/@acme'));
    symlinkSync(project.file('packages/shared'), project.file('node_modules/@acme/shared'));
    assert.deepEqual(await answer('apps/api/src/mastra/where.ts'), ['shared', 'extra', 'lib']);
  });

  it('names places in the source where node_modules is a link, as in a second work tree', async () => {
    project = makeProject({ [file]: where("new Error('here').stack"), 'src/mastra/index.ts': entry });
    const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'mastra-modules-'));
    try {
      renameSync(project.file('node_modules'), path.join(elsewhere, 'node_modules'));
      symlinkSync(path.join(elsewhere, 'node_modules'), project.file('node_modules'));
      assert.ok(JSON.stringify(await answer()).includes(`${realpathSync(project.file(file))}:9:`));
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('takes the nearest package with a Mastra entry, else the nearest package', () => {
    project = makeProject({
      'src/mastra/index.ts': '',
      'packages/tools/package.json': '{}',
      'packages/tools/flow.ts': '',
      'apps/api/package.json': '{}',
      'apps/api/mastra/index.mts': '',
      'apps/api/flows/flow.ts': '',
    });
    const { root } = project;
    const at = (name: string): unknown => {
      const found = findProject(project.file(name), root, undefined);
      return [path.relative(root, found.root), found.entry && path.relative(root, found.entry)];
    };
    assert.deepEqual(at('apps/api/flows/flow.ts'), ['apps/api', 'apps/api/mastra/index.mts']);
    assert.deepEqual(at('packages/tools/flow.ts'), ['', 'src/mastra/index.ts']);
    const alone = findProject(project.file('packages/tools/flow.ts'), project.file('packages/tools'), '');
    assert.deepEqual([alone.root, alone.entry], [project.file('packages/tools'), undefined]);
    const set = findProject(project.file('packages/tools/flow.ts'), root, 'apps/api/mastra/index.mts');
    assert.equal(set.root, project.file('apps/api'));
    assert.throws(() => findProject(project.file('packages/tools/flow.ts'), root, 'gone.ts'), {
      message: 'entry-setting',
    });
  });

  it('sees relative database files in code and environment', () => {
    project = makeProject({});
    assert.ok(namesRelativeFile("url: 'file:./mastra.db'", {}));
    assert.ok(namesRelativeFile('url: "file:mastra.db"', {}));
    assert.ok(namesRelativeFile('', { DATABASE_URL: 'file:../x.db' }));
    assert.ok(!namesRelativeFile("'file:///tmp/x.db' ':memory:' 'file::memory:'", { A: 'file:/x.db' }));
  });

  it('keeps what VS Code itself has over the files, but not its own variables', () => {
    project = makeProject({ '.env': 'A=file\nMASTRA_OFFLINE=0\n' });
    const found = { root: project.root, entry: undefined, mastraFolder: undefined };
    const environment = runEnvironment(found, { A: 'shell', ELECTRON_RUN_AS_NODE: '1' });
    assert.deepEqual(
      [environment['A'], environment['MASTRA_OFFLINE'], environment['ELECTRON_RUN_AS_NODE']],
      ['shell', '0', undefined],
    );
    assert.deepEqual(workingDirectory(found, true), { directory: project.root, create: false });
  });

  it('knows which Node is new enough', () => {
    project = makeProject({});
    const versions = ['20.19.0', '22.12.9', '22.13.0', '22.9.0', '23.0.0', '24.1.0'];
    assert.deepEqual(versions.filter(isNewEnough), ['22.13.0', '23.0.0', '24.1.0']);
  });
});
