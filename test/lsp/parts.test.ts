import assert from 'node:assert/strict';
import { FileChangeType, type Diagnostic } from 'vscode-languageserver';
import { createPublisher, type PublishedFile } from '../../server/src/lsp/publisher.ts';
import { parseRuleSettings } from '../../server/src/lsp/settings.ts';
import { changesOf } from '../../server/src/lsp/watching.ts';

const problem: Diagnostic = {
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  message: 'm',
};

describe('publishing', () => {
  it('sends what changed, once, and clears what is gone', () => {
    const sent: PublishedFile[] = [];
    const publisher = createPublisher((file) => sent.push(file));
    const a = { uri: 'file:///a.ts', version: 1, diagnostics: [problem] };
    const b = { uri: 'file:///b.ts', version: undefined, diagnostics: [problem] };
    publisher.publish([a, b]);
    publisher.publish([a, b]);
    assert.deepEqual(sent.splice(0), [a, b]);
    publisher.publish([{ ...a, version: 2 }]);
    assert.deepEqual(sent.splice(0), [
      { uri: b.uri, version: undefined, diagnostics: [] },
      { ...a, version: 2 },
    ]);
    publisher.publish([]);
    publisher.publish([]);
    assert.deepEqual(sent, [{ uri: a.uri, version: undefined, diagnostics: [] }]);
  });
});

describe('the setting mastra.rules', () => {
  it('takes severities and off, and leaves out what it does not understand', () => {
    assert.deepEqual(parseRuleSettings({ 'schema-mismatch': 'warning', 'missing-commit': 'off' }), {
      'schema-mismatch': 'warning',
      'missing-commit': 'off',
    });
    assert.equal(parseRuleSettings({ 'schema-mismatch': 'fatal', other: 'off' })['schema-mismatch'], undefined);
    for (const value of [null, undefined, 'off', 3, []]) assert.deepEqual(Object.values(parseRuleSettings(value)), []);
  });
});

describe('changes on disk', () => {
  const created = FileChangeType.Created;

  it('are sources, by what happened to them', () => {
    assert.deepEqual(
      changesOf([
        { uri: 'file:///w/a.ts', type: created },
        { uri: 'file:///w/b%20b.tsx', type: FileChangeType.Changed },
        { uri: 'file:///w/c.mts', type: FileChangeType.Deleted },
      ]),
      { created: ['/w/a.ts'], changed: ['/w/b b.tsx'], deleted: ['/w/c.mts'], everything: false },
    );
  });

  it('are everything when projects or dependencies changed', () => {
    for (const file of [
      'tsconfig.json',
      'packages/a/tsconfig.build.json',
      'jsconfig.json',
      'package.json',
      'node_modules/.package-lock.json',
      'node_modules/.modules.yaml',
    ]) {
      assert.equal(changesOf([{ uri: `file:///w/${file}`, type: created }])?.everything, true, file);
    }
  });

  it('are nothing inside of packages and for files that no program holds', () => {
    assert.equal(changesOf([{ uri: 'file:///w/node_modules/zod/index.d.ts', type: created }]), undefined);
    assert.equal(changesOf([{ uri: 'file:///w/node_modules/zod/package.json', type: created }]), undefined);
    assert.deepEqual(changesOf([{ uri: 'file:///w/.env.local', type: created }])?.created, ['/w/.env.local']);
    assert.equal(changesOf([{ uri: 'file:///w/node_modules/a/.env', type: created }]), undefined);
    assert.equal(changesOf([{ uri: 'file:///w/readme.md', type: created }]), undefined);
    assert.equal(changesOf([{ uri: 'git:/w/a.ts', type: created }]), undefined);
  });
});
