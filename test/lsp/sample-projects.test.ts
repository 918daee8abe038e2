import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Severity } from '../../common/protocol/rules.ts';
import { formatFindings, readExpectations } from '../projects/expectations.ts';
import { openEditor, type Editor, type Problem } from './editor.ts';

const projects = path.resolve(import.meta.dirname, '../projects');
const severities = new Map<number | undefined, Severity>([
  [DiagnosticSeverity.Error, 'error'],
  [DiagnosticSeverity.Warning, 'warning'],
  [DiagnosticSeverity.Information, 'info'],
  [DiagnosticSeverity.Hint, 'hint'],
]);

describe('the sample projects in the editor', () => {
  let editor: Editor;

  afterEach(async () => {
    await editor.quit();
  });

  it('broken: every planted defect where it is marked, and nothing else', async () => {
    const folder = path.join(projects, 'broken');
    editor = await openEditor(folder);
    await editor.ready();
    const files = readdirSync(path.join(folder, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join('src', name))
      .sort();
    const found = files.flatMap((file) => lines(file, editor.problems(file).map(asFinding)));
    const expected = files.flatMap((file) =>
      lines(file, readExpectations(readFileSync(path.join(folder, file), 'utf8'))),
    );
    assert.ok(expected.length > 40);
    assert.deepEqual(found, expected);
  });

  it('orders: no problem, a lens over and a drawing of every workflow', async () => {
    editor = await openEditor(path.join(projects, 'orders'));
    assert.equal((await editor.ready()).state, 'ready');
    assert.deepEqual(editor.published, []);
    const workflows = await editor.request('mastra/workflows', { uri: undefined });
    assert.ok(workflows.length >= 12);
    for (const { uri, key } of workflows) {
      const result = await editor.request('mastra/graph', { uri, key });
      if (result.kind !== 'graph') assert.fail(`${key}: ${result.kind}`);
      assert.deepEqual(
        result.graph.nodes.filter(({ kind }) => kind === 'opaque'),
        [],
        key,
      );
      const lenses: readonly { readonly command: { readonly arguments: readonly unknown[] } }[] =
        await editor.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
      assert.ok(
        lenses.some(({ command }) => JSON.stringify(command.arguments) === JSON.stringify([{ uri, key }])),
        key,
      );
    }
    assert.deepEqual(editor.log, []);
  });
});

function lines(file: string, findings: Parameters<typeof formatFindings>[0]): readonly string[] {
  return formatFindings(findings).map((line) => `${file} ${line}`);
}

function asFinding({ range, severity, code }: Problem): Parameters<typeof formatFindings>[0][number] {
  return { range, severity: severities.get(severity) ?? assert.fail('no severity'), code: String(code) };
}
