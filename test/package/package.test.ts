/** The packed extension, unpacked by VS Code itself: complete, nothing too much, within budget, and it works elsewhere. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { packedExtension } from '../harness/build.ts';
import { projects, root } from '../harness/paths.ts';
import { installExtension } from '../harness/vscode/server.ts';
import { workspaceCopy } from '../harness/workspace.ts';

const bundles = [
  'client.cjs',
  'languageclient.cjs',
  'analysis.cjs',
  'server.cjs',
  'cli.js',
  'run.cjs',
  'forms.cjs',
  'validate.cjs',
  'http.cjs',
  'importRuns.cjs',
  'runner.mjs',
  'webview.js',
  'webview.css',
  'form.js',
  'form.css',
  'compare.cjs',
  'compare.js',
  'compare.css',
  'overview.cjs',
  'export.cjs',
  'overview.js',
  'overview.css',
];

describe('the packed extension', () => {
  let temporary: string;
  let vsix: string;
  /** The folder that VS Code made of the .vsix. */
  let extension: string;

  before(async () => {
    temporary = mkdtempSync(path.join(os.tmpdir(), 'mastra-package-'));
    vsix = (await packedExtension()).file;
    const profile = path.join(temporary, 'profile');
    await installExtension(profile, vsix);
    const installed = readdirSync(path.join(profile, 'extensions')).filter((name) =>
      name.startsWith('mastra-workflows.'),
    );
    assert.equal(installed.length, 1, installed.join());
    extension = path.join(profile, 'extensions', installed[0] ?? '');
  });

  after(() => rmSync(temporary, { recursive: true, force: true }));

  const text = (file: string): string => readFileSync(path.join(extension, file), 'utf8');
  const size = (file: string): number => statSync(file).size;

  it('holds what is meant to ship and nothing else', () => {
    const shipped = [
      /^\.vsixmanifest$/,
      /^package\.json$/,
      /^(readme|changelog)\.md$/i,
      /^LICENSE\.txt$/,
      /^media\/([\w-]+\/)?[\w-]+\.(svg|png|md)$/,
      /^media\/[\w-]+\.schema\.json$/,
      /^(snippets|syntaxes)\/[\w.-]+\.json$/,
      /^dist\/(package\.json|client\.cjs|languageclient\.cjs|analysis\.cjs|server\.cjs|cli\.js|run\.cjs|forms\.cjs|validate\.cjs|http\.cjs|importRuns\.cjs|runner\.mjs|webview\.js|webview\.css|form\.js|form\.css|(compare|overview)\.(cjs|js|css)|export\.cjs|third-party-notices\.txt)$/,
      /^dist\/native\/esbuild(\.exe|\.LICENSE\.md)?$/,
      /^dist\/native\/typescript\/(LICENSE|NOTICE\.txt|lib\/tsc(\.exe)?|lib\/lib\.[\w.]*d\.ts)$/,
      /^server\/src\/rules\/[\w-]+\/rule\.md$/,
    ];
    const files = readdirSync(extension, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => path.relative(extension, path.join(file.parentPath, file.name)).replaceAll(path.sep, '/'));
    assert.deepEqual(
      files.filter((file) => !shipped.some((pattern) => pattern.test(file))),
      [],
    );
  });

  it('has every file that its manifest names', () => {
    const named: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value === 'string' && /^(\.\/)?(dist|media|snippets|syntaxes)\//.test(value)) named.push(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
    };
    collect(JSON.parse(text('package.json')));
    assert.ok(named.includes('./dist/client.cjs'), named.join());
    assert.deepEqual(
      named.filter((file) => !existsSync(path.join(extension, file))),
      [],
    );
  });

  it('has every bundle and native part that the bundles look for', () => {
    const names = [
      ...bundles,
      `native/esbuild${process.platform === 'win32' ? '.exe' : ''}`,
      'native/typescript/lib/lib.d.ts',
    ];
    assert.deepEqual(
      names.filter((name) => !existsSync(path.join(extension, 'dist', name))),
      [],
    );
  });

  it('loads no module that does not ship', () => {
    const offered = new Set(['vscode', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);
    for (const bundle of bundles.filter((name) => /\.[cm]?js$/.test(name))) {
      const source = text(`dist/${bundle}`);
      const required = [...source.matchAll(/\brequire\("([^"]+)"\)/g), ...source.matchAll(/(?<![\w-])from"([^"]+)"/g)];
      const ships = (name: string) =>
        offered.has(name) || (name.startsWith('./') && existsSync(path.join(extension, 'dist', name)));
      const missing = required.flatMap(([, name]) => (name !== undefined && !ships(name) ? [name] : []));
      assert.deepEqual(missing, [], bundle);
    }
  });

  it('has native programs that may be executed', () => {
    const suffix = process.platform === 'win32' ? '.exe' : '';
    for (const program of ['esbuild', 'typescript/lib/tsc']) {
      const file = path.join(extension, 'dist/native', program + suffix);
      accessSync(file, constants.X_OK);
      assert.match(execFileSync(file, ['--version'], { encoding: 'utf8' }), /\d+\.\d+\.\d+/);
    }
  });

  it('has the lib files of TypeScript in working order', () => {
    writeFileSync(
      path.join(temporary, 'libs.ts'),
      'export const order: Promise<URL> = Promise.resolve(new URL("a:b"));',
    );
    const compiler = path.join(extension, 'dist/native/typescript/lib/tsc');
    const args = [
      '--noEmit',
      '--ignoreConfig',
      '--skipLibCheck',
      'false',
      '--target',
      'esnext',
      '--lib',
      'esnext,dom',
      'libs.ts',
    ];
    assert.equal(spawnSync(compiler, args, { cwd: temporary, encoding: 'utf8' }).stdout, '');
  });

  it('names no folder of the machine that built it', () => {
    const folders = [root, os.homedir()].map((folder) => folder + path.sep);
    for (const bundle of bundles) {
      const source = text(`dist/${bundle}`);
      assert.deepEqual(
        folders.filter((folder) => source.includes(folder)),
        [],
        bundle,
      );
      assert.doesNotMatch(source, /sourceMappingURL/, bundle);
    }
  });

  it('is at most 15 MB', () => assert.ok(size(vsix) <= 15e6, `${size(vsix)} bytes`));

  it('has a client bundle of at most 300 KB', () => {
    assert.ok(
      size(path.join(extension, 'dist/client.cjs')) <= 300_000,
      `${size(path.join(extension, 'dist/client.cjs'))} bytes`,
    );
  });

  it('has a webview bundle of at most 200 KB, compressed', () => {
    const compressed = gzipSync(text('dist/webview.js')).length + gzipSync(text('dist/webview.css')).length;
    assert.ok(compressed <= 200_000, `${compressed} bytes`);
  });

  it('has an input form of at most 40 KB, compressed', () => {
    const compressed = gzipSync(text('dist/form.js')).length + gzipSync(text('dist/form.css')).length;
    assert.ok(compressed <= 40_000, `${compressed} bytes`);
  });

  describe('its command line, outside of the repository', () => {
    const check = (folder: string): { code: number | null; out: string; err: string } => {
      const args = [path.join(extension, 'dist/cli.js'), 'check', '--format', 'json', '.'];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      return { code: status, out: stdout, err: stderr };
    };

    it('reports nothing on a project without mistakes', () => {
      const { code, out, err } = check(workspaceCopy(path.join(projects, 'orders'), path.join(temporary, 'orders')));
      const result = JSON.parse(out) as { diagnostics: unknown[]; workflows: number };
      assert.deepEqual(result.diagnostics, []);
      assert.ok(result.workflows >= 12, out);
      assert.equal(code, 0, err);
    });

    it('reports the mistakes of a project that has some', () => {
      const { code, out, err } = check(workspaceCopy(path.join(projects, 'broken'), path.join(temporary, 'broken')));
      const result = JSON.parse(out) as { diagnostics: { code: string }[] };
      const found = new Set(result.diagnostics.map((diagnostic) => diagnostic.code));
      for (const rule of [
        'schema-mismatch',
        'output-mismatch',
        'missing-commit',
        'workflow-cycle',
        'duplicate-step-id',
      ]) {
        assert.ok(found.has(rule), `${rule} is missing. ${err}`);
      }
      assert.equal(code, 1, err);
    });
  });
});
