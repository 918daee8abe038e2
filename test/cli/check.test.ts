import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Range } from '../../common/model/text.ts';
import type { Severity } from '../../common/protocol/rules.ts';
import { formatFindings, readExpectations } from '../projects/expectations.ts';
import { buildCli, builtCli, correct, mistaken, root, runCli, temporaryProject, type TemporaryProject } from './cli.ts';

interface CheckDocument {
  readonly diagnostics: readonly {
    readonly file: string;
    readonly range: Range;
    readonly severity: Severity;
    readonly code: string;
    readonly message: string;
    readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  }[];
  readonly workflows: number;
  readonly files: number;
  readonly opaque: readonly { readonly file: string; readonly range: Range; readonly reason: string }[];
}

async function checkJson(paths: readonly string[], cwd?: string) {
  const outcome = await runCli(['check', '--format', 'json', ...paths], cwd === undefined ? {} : { cwd });
  return { ...outcome, document: JSON.parse(outcome.stdout) as CheckDocument };
}

describe('check', function () {
  this.timeout(60_000);
  before(buildCli);

  const projects: TemporaryProject[] = [];
  const project = (...given: Parameters<typeof temporaryProject>) => {
    const made = temporaryProject(...given);
    projects.push(made);
    return made.folder;
  };
  after(() => projects.forEach((made) => made.remove()));

  describe('sample projects', () => {
    it('finds nothing in a project that is right, and prints nothing', async () => {
      assert.deepEqual(await runCli(['check', 'test/projects/orders']), { exitCode: 0, stdout: '', stderr: '' });
    });

    it('counts what it has read', async () => {
      const { exitCode, document } = await checkJson(['test/projects/orders']);
      assert.equal(exitCode, 0);
      assert.deepEqual(document.diagnostics, []);
      assert.equal(document.workflows, 19);
      assert.ok(document.files >= 19);
    });

    it('finds every planted defect where its marker stands, and nothing else', async () => {
      const { exitCode, document, stderr } = await checkJson(['test/projects/broken']);
      assert.equal(exitCode, 1);
      assert.equal(stderr, '');
      const sources = readdirSync(path.join(root, 'test/projects/broken/src'), { recursive: true, encoding: 'utf8' });
      const files = sources.filter((file) => file.endsWith('.ts')).map((file) => `test/projects/broken/src/${file}`);
      const expected: Record<string, readonly string[]> = {};
      const reported: Record<string, readonly string[]> = {};
      for (const file of files.sort()) {
        const markers = readExpectations(readFileSync(path.join(root, file), 'utf8'));
        const found = document.diagnostics.filter((diagnostic) => diagnostic.file === file);
        expected[file] = formatFindings(markers);
        reported[file] = formatFindings(found);
        for (const { message = '', range } of markers) {
          const there = found.filter((diagnostic) => diagnostic.range.start.line === range.start.line);
          assert.ok(
            there.some((diagnostic) => diagnostic.message.includes(message)),
            `${file} says: ${message}`,
          );
        }
      }
      assert.deepEqual(reported, expected);
      assert.equal(document.diagnostics.length, Object.values(expected).flat().length);
    });

    it('sorts by file and position', async () => {
      const { document } = await checkJson(['test/projects/broken']);
      const places = document.diagnostics.map(
        ({ file, range: { start } }) => [file, start.line, start.character] as const,
      );
      const sorted = places.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2]));
      assert.deepEqual(places, sorted);
    });
  });

  describe('JSON', () => {
    it('names files relative to the current folder and gives the other side', async () => {
      const folder = project({ 'src/quote.ts': mistaken });
      const { exitCode, document } = await checkJson(['quote.ts'], path.join(folder, 'src'));
      assert.equal(exitCode, 1);
      assert.deepEqual(document, {
        diagnostics: [
          {
            file: 'quote.ts',
            range: { start: { line: 12, character: 8 }, end: { line: 12, character: 13 } },
            severity: 'error',
            code: 'schema-mismatch',
            message: "Step `price` needs `sku: string`, but the workflow's input does not provide it.",
            related: [
              {
                file: 'quote.ts',
                range: { start: { line: 10, character: 13 }, end: { line: 10, character: 18 } },
                message: "The workflow's input provides `{ name: string }`",
              },
              {
                file: 'quote.ts',
                range: { start: { line: 3, character: 6 }, end: { line: 3, character: 11 } },
                message: 'Step `price` needs `{ sku: string }`',
              },
            ],
          },
        ],
        workflows: 1,
        files: 1,
        opaque: [],
      });
      assert.equal((await checkJson(['../src'], path.join(folder, 'src'))).document.diagnostics[0]?.file, 'quote.ts');
      assert.equal((await checkJson(['..'], path.join(folder, 'src'))).document.diagnostics[0]?.file, 'quote.ts');
      assert.equal((await checkJson([folder], folder)).document.diagnostics[0]?.file, 'src/quote.ts');
    });

    it('says what it could not read, and why', async () => {
      const made = mistaken.replace('.then(price)', '.then(JSON.parse(""))');
      const { document, exitCode } = await checkJson([project({ 'quote.ts': made })]);
      assert.equal(exitCode, 0);
      assert.equal(document.opaque.length > 0, true);
      for (const { reason, range } of document.opaque) {
        assert.ok(reason.length > 0);
        assert.ok(range.end.line >= range.start.line);
      }
    });
  });

  it('shows the code to people', async () => {
    const folder = project({ 'src/quote.ts': mistaken });
    const { exitCode, stdout, stderr } = await runCli(['check', 'src'], { cwd: folder });
    assert.equal(exitCode, 1);
    assert.equal(stderr, '');
    assert.equal(
      stdout,
      `src/quote.ts:13:9 error schema-mismatch
  Step \`price\` needs \`sku: string\`, but the workflow's input does not provide it.

  12 |   // Ünïcödé and 🙂 come before
  13 |   .then(price)
     |         ^^^^^

  src/quote.ts:11:14: The workflow's input provides \`{ name: string }\`
  src/quote.ts:4:7: Step \`price\` needs \`{ sku: string }\`

1 error
`,
    );
  });

  describe('exit code', () => {
    it('is 0 for hints', async () => {
      const registered = `import { Mastra } from '@mastra/core/mastra';\n${correct.replace('  .commit();\n', '  ;\n')}
export const mastra = new Mastra({ workflows: { quote } });\n`;
      const { exitCode, document } = await checkJson([project({ 'quote.ts': registered })]);
      assert.deepEqual(
        document.diagnostics.map(({ code, severity }) => [code, severity]),
        [['missing-commit', 'hint']],
      );
      assert.equal(exitCode, 0);
    });

    it('is 1 for warnings', async () => {
      const { exitCode, document } = await checkJson([
        project({
          'quote.ts': correct.replace(
            'outputSchema: price.outputSchema',
            'outputSchema: z.object({ euro: z.number() })',
          ),
        }),
      ]);
      assert.deepEqual(
        document.diagnostics.map(({ code, severity }) => [code, severity]),
        [['output-mismatch', 'warning']],
      );
      assert.equal(exitCode, 1);
    });

    it('is 2 for a path that does not exist, and what does exist is analysed', async () => {
      const folder = project({ 'quote.ts': mistaken });
      const { exitCode, document, stderr } = await checkJson([folder, 'not/here']);
      assert.equal(exitCode, 2);
      assert.equal(stderr, 'There is no file or folder not/here.\n');
      assert.equal(document.diagnostics.length, 1);
    });

    it('is 2 for a file that does not parse', async () => {
      const folder = project({ 'quote.ts': mistaken, 'half.ts': correct.slice(0, -20) });
      const { exitCode, document, stderr } = await checkJson([folder]);
      assert.equal(exitCode, 2);
      assert.match(stderr, /half\.ts does not parse: \S/);
      assert.equal(
        document.diagnostics.some(({ file }) => file.endsWith('quote.ts')),
        true,
      );
    });

    it('is 2 for a pattern without a match, and for a file of another kind', async () => {
      assert.equal(
        (await runCli(['check', 'test/nothing/**/*.ts'])).stderr,
        'No TypeScript source file matches test/nothing/**/*.ts.\n',
      );
      const outcome = await runCli(['check', 'package.json']);
      assert.deepEqual(outcome, { exitCode: 2, stdout: '', stderr: 'package.json is not a TypeScript source file.\n' });
    });

    it('is 2 when TypeScript is missing from the installation', async () => {
      const elsewhere = mkdtempSync(path.join(tmpdir(), 'cli-alone-'));
      try {
        copyFileSync(builtCli, path.join(elsewhere, 'cli.cjs'));
        copyFileSync(path.join(path.dirname(builtCli), 'analysis.cjs'), path.join(elsewhere, 'analysis.cjs'));
        const folder = project({ 'quote.ts': mistaken });
        const { exitCode, stdout, stderr } = await runCli(['check', folder], { cli: path.join(elsewhere, 'cli.cjs') });
        assert.equal(exitCode, 2);
        assert.equal(stdout, '');
        assert.match(stderr, /could not be analysed: .*TypeScript/);
      } finally {
        rmSync(elsewhere, { recursive: true });
      }
    });

    it('is 0 where nothing uses Mastra, with a word about it', async () => {
      const folder = project({ 'src/index.ts': 'export const answer = 42;\n' });
      const { exitCode, stdout, stderr } = await runCli(['check', folder]);
      assert.deepEqual(
        { exitCode, stdout, stderr },
        { exitCode: 0, stdout: '', stderr: 'No file in the given paths uses Mastra.\n' },
      );
      const { document } = await checkJson([folder]);
      assert.deepEqual(document, { diagnostics: [], workflows: 0, files: 0, opaque: [] });
    });
  });

  describe('rules', () => {
    it('have the severity that is given, or are off', async () => {
      const folder = project({ 'quote.ts': mistaken });
      const json = async (severity: string) => checkJson(['--rule', `schema-mismatch=${severity}`, folder]);
      const info = await json('info');
      assert.deepEqual(
        info.document.diagnostics.map(({ code, severity }) => [code, severity]),
        [['schema-mismatch', 'info']],
      );
      assert.equal(info.exitCode, 0);
      assert.deepEqual((await json('off')).document.diagnostics, []);
    });

    it('tell their times', async () => {
      const { stderr, stdout } = await runCli(['check', '--verbose', project({ 'quote.ts': correct })]);
      assert.equal(stdout, '');
      assert.match(stderr, /^Analysis: \d+ ms\nRules: [\d.]+ ms \((?:[a-z-]+ [\d.]+(?:, )?)+\)\n$/);
    });

    it('are suppressed by comments', async () => {
      const comment = '  // mastra-ignore-next-line schema-mismatch';
      const folder = project({ 'quote.ts': mistaken.replace('  .then(price)', `${comment}\n  .then(price)`) });
      assert.deepEqual(await runCli(['check', folder]), { exitCode: 0, stdout: '', stderr: '' });
    });
  });

  describe('paths', () => {
    it('judges a file as a part of its package', async () => {
      const folder = project({
        'src/quote.ts': correct.replace('  .commit();\n', '  ;\n'),
        'src/index.ts': `import { Mastra } from '@mastra/core/mastra';\nimport { quote } from './quote';\n
export const mastra = new Mastra({ workflows: { quote } });\n`,
      });
      const { document, exitCode } = await checkJson(['src/quote.ts'], folder);
      assert.deepEqual(
        document.diagnostics.map(({ file, severity }) => [file, severity]),
        [['src/quote.ts', 'hint']],
      );
      assert.equal(document.files, 1);
      assert.equal(exitCode, 0);
    });

    it('takes files, folders and patterns together, each file once', async () => {
      const folder = project({ 'src/a.ts': mistaken, 'src/deep/b.ts': mistaken, 'src/deep/c.tsx': correct });
      const { document } = await checkJson(['src/a.ts', 'src', 'src/**/*.ts', '.'], folder);
      assert.deepEqual(
        document.diagnostics.map(({ file }) => file),
        ['src/a.ts', 'src/deep/b.ts'],
      );
      assert.equal(document.files, 3);
      const some = await checkJson(['src/**/b.ts'], folder);
      assert.deepEqual(
        some.document.diagnostics.map(({ file }) => file),
        ['src/deep/b.ts'],
      );
    });

    it('takes several projects', async () => {
      const [first, second] = [project({ 'a.ts': mistaken }), project({ 'b.ts': mistaken })];
      const { document } = await checkJson([second, first]);
      assert.deepEqual(document.diagnostics.map(({ file }) => path.basename(file)).sort(), ['a.ts', 'b.ts']);
    });

    it('leaves out build output and hidden folders, unless named', async () => {
      const folder = project({
        'dist/quote.ts': mistaken,
        '.mastra/quote.ts': mistaken,
        'src/quote.ts': correct,
      });
      assert.equal((await checkJson(['.'], folder)).document.files, 1);
      const { document } = await checkJson(['dist', '.mastra/quote.ts'], folder);
      assert.deepEqual(document.diagnostics.map(({ file }) => file).sort(), ['.mastra/quote.ts', 'dist/quote.ts']);
    });

    it('takes spaces and letters of all kinds', async () => {
      const folder = project({ 'src/møn ster/ängebot (1) 🙂.ts': mistaken }, { name: 'mein projekt ü' });
      const { document } = await checkJson(['.'], folder);
      assert.deepEqual(
        document.diagnostics.map(({ file }) => file),
        ['src/møn ster/ängebot (1) 🙂.ts'],
      );
      const named = await checkJson(['src/møn ster/ängebot (1) 🙂.ts'], folder);
      assert.equal(named.document.diagnostics.length, 1);
    });
  });

  describe('texts', () => {
    const expected = { start: { line: 12, character: 8 }, end: { line: 12, character: 13 } };

    it('with Windows line ends', async () => {
      const folder = project({ 'quote.ts': mistaken.replaceAll('\n', '\r\n') });
      const { document } = await checkJson(['.'], folder);
      assert.deepEqual(document.diagnostics[0]?.range, expected);
      assert.match(
        (await runCli(['check', '.'], { cwd: folder })).stdout,
        /13 \| {3}\.then\(price\)\n {5}\| {9}\^{5}\n/,
      );
    });

    it('with a byte order mark', async () => {
      const folder = project({ 'quote.ts': `\uFEFF${mistaken}` });
      assert.deepEqual((await checkJson(['.'], folder)).document.diagnostics[0]?.range, expected);
      const first = `\uFEFFexport const quote = require('@mastra/core/workflows').createWorkflow({});`;
      assert.equal((await runCli(['check', project({ 'quote.ts': first })])).exitCode, 0);
    });

    it('with characters beyond 16 bits before the range, counted as LSP counts them', async () => {
      const text = mistaken.replace('  .then(price)', '  /* 🙂 */.then(price)');
      const { document } = await checkJson([project({ 'quote.ts': text })]);
      assert.deepEqual(document.diagnostics[0]?.range.start, { line: 12, character: 16 });
    });

    it('without a tsconfig', async () => {
      const folder = project({ 'quote.ts': mistaken });
      rmSync(path.join(folder, 'tsconfig.json'));
      assert.deepEqual((await checkJson(['.'], folder)).document.diagnostics[0]?.range, expected);
    });
  });

  it('reads the structure where Mastra is not installed', async () => {
    const text = mistaken.replace('  .then(price)\n', '  .parallel([price, price])\n');
    const folder = project({ 'quote.ts': text }, { installed: false });
    const { document, exitCode, stderr } = await checkJson(['.'], folder);
    assert.deepEqual(
      document.diagnostics.map(({ code }) => code),
      ['step-reused'],
    );
    assert.equal(exitCode, 1);
    assert.match(stderr, /^@mastra\/core is not installed for \.: only the structure was analysed/);
    assert.ok(document.opaque.length > 0);
  });
});
