import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readArguments, UsageError } from '../../server/src/cli/arguments.ts';
import { buildCli, root, runCli } from './cli.ts';

const check = { kind: 'check', format: 'text', rules: {}, verbose: false } as const;

describe('arguments of the command line', () => {
  it('reads the severities of rules', () => {
    const given = ['check', '--verbose', '--rule', 'missing-commit=off', '--rule=schema-mismatch=info', 'src'];
    assert.deepEqual(readArguments(given), {
      ...check,
      rules: { 'missing-commit': 'off', 'schema-mismatch': 'info' },
      verbose: true,
      paths: ['src'],
    });
  });

  it('reads commands, options and paths in any order', () => {
    assert.deepEqual(readArguments(['check', 'src']), { ...check, paths: ['src'] });
    assert.deepEqual(readArguments(['--format=json', 'check', 'a', 'b']), {
      ...check,
      format: 'json',
      paths: ['a', 'b'],
    });
    assert.deepEqual(readArguments(['graph', 'src', '--workflow', 'order', '--format', 'mermaid']), {
      kind: 'graph',
      format: 'mermaid',
      workflow: 'order',
      out: undefined,
      paths: ['src'],
    });
    assert.deepEqual(readArguments(['graph', '--format=svg', '--out', 'docs/graphs', 'src']), {
      kind: 'graph',
      format: 'svg',
      workflow: undefined,
      out: 'docs/graphs',
      paths: ['src'],
    });
    assert.deepEqual(readArguments(['check', '--', '--odd-name.ts']), {
      ...check,
      paths: ['--odd-name.ts'],
    });
  });

  for (const [given, words] of [
    [[], /check, graph or run/],
    [['lint', 'src'], /'lint'/],
    [['check'], /file or folder/],
    [['check', '--formt', 'json', 'src'], /--formt/],
    [['check', '--format', 'xml', 'src'], /text, json or sarif, not 'xml'/],
    [['check', '--format', 'mermaid', 'src'], /text, json or sarif/],
    [['graph', '--format', 'text', 'src'], /json, mermaid or svg/],
    [['check', '--workflow', 'a', 'src'], /--workflow/],
    [['check', '--out', 'a', 'src'], /--out belongs to graph/],
    [['run', '--workflow', 'order', '--out', 'a', 'src'], /--out does not belong to run/],
    [['graph', 'src', '--workflow'], /workflow/],
    [['graph', '--rule', 'missing-commit=off', 'src'], /--rule/],
    [['graph', '--verbose', 'src'], /--verbose/],
    [['check', '--rule', 'missing-commit', 'src'], /ID=SEVERITY/],
    [['check', '--rule', 'missing-comit=off', 'src'], /'missing-commit'/],
    [['check', '--rule', 'missing-commit=loud', 'src'], /hint or off, not 'loud'/],
    [['check', '--input', 'a.json', 'src'], /--input belongs to run/],
    [['run', 'src'], /--workflow ID/],
    [['run', '--workflow', 'order'], /one project folder/],
    [['run', '--workflow', 'order', 'a', 'b'], /one project folder/],
    [['run', '--workflow', 'order', '--format', 'json', 'src'], /--format does not belong to run/],
    [['run', '--workflow', 'order', '--api-prefix', '/x', 'src'], /--server/],
    [['run', '--workflow', 'order', '--input', '-', '--state', '-', 'src'], /standard input/],
  ] as const) {
    it(`refuses '${given.join(' ')}'`, () => {
      assert.throws(
        () => readArguments(given),
        (error) => error instanceof UsageError && words.test(error.message),
      );
    });
  }

  describe('built', function () {
    this.timeout(60_000);
    before(buildCli);

    it('prints how it is used', async () => {
      for (const flag of ['--help', '-h']) {
        const { exitCode, stdout, stderr } = await runCli([flag]);
        assert.deepEqual([exitCode, stderr], [0, '']);
        assert.match(
          stdout,
          /check \[--format text\|json\|sarif\] \[--rule ID=SEVERITY\]\.\.\. \[--verbose\] PATH\.\.\.\n/,
        );
        assert.match(stdout, /graph \[--format json\|mermaid\|svg\] \[--workflow ID\] \[--out DIR\] PATH\.\.\.\n/);
      }
    });

    it('prints its version', async () => {
      const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
      assert.deepEqual(await runCli(['--version']), { exitCode: 0, stdout: `${version}\n`, stderr: '' });
    });

    it('ends with 2 and the reason where the arguments make no sense', async () => {
      const { exitCode, stdout, stderr } = await runCli(['check', '--nope', 'src']);
      assert.equal(exitCode, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /--nope/);
      assert.match(stderr, /--help/);
    });
  });
});
