import assert from 'node:assert/strict';
import type { DocumentSymbol } from 'vscode-languageserver';
import { comparePositions } from '../../common/model/text.ts';
import { documentSymbols, workspaceSymbols } from '../../server/src/features/symbols.ts';
import { sampleSuite } from './project.ts';
import { everyCall, steps } from './sample.ts';

describe('symbols', () => {
  const suite = sampleSuite({ 'flow.ts': everyCall, 'steps.ts': steps });

  function outline(symbols: readonly DocumentSymbol[], indent = ''): readonly string[] {
    return symbols.flatMap(({ name, detail, children }) => [
      `${indent}${name} (${detail ?? ''})`,
      ...outline(children ?? [], `${indent}  `),
    ]);
  }

  it('of a file are its workflows, nested like their chains', () => {
    assert.deepEqual(outline(documentSymbols(suite.sample.project, suite.sample.file('flow.ts'))), [
      'inner (workflow inner-flow)',
      '  add (step)',
      'flow (workflow)',
      '  inner-flow (workflow)',
      '  parallel (parallel)',
      '    add (step)',
      '    inner-flow (workflow)',
      '  map (mapping)',
      '  branch (branch)',
      '    add (step)',
      '    say (step)',
      '  map-2 (mapping)',
      '  foreach (foreach)',
      '    add (step)',
      '  map-3 (mapping)',
      '  dountil (loop)',
      '    add (step)',
      '  sleep (sleep)',
      '  say (step)',
    ]);
    assert.deepEqual(documentSymbols(suite.sample.project, suite.sample.file('steps.ts')), []);
  });

  it('of a file lie inside each other, as editors demand', () => {
    const check = (symbols: readonly DocumentSymbol[], parent?: DocumentSymbol): void => {
      for (const symbol of symbols) {
        const { range, selectionRange, name } = symbol;
        assert.ok(comparePositions(range.start, selectionRange.start) <= 0, name);
        assert.ok(comparePositions(selectionRange.end, range.end) <= 0, name);
        if (parent !== undefined) {
          assert.ok(comparePositions(parent.range.start, range.start) <= 0, name);
          assert.ok(comparePositions(range.end, parent.range.end) <= 0, name);
        }
        check(symbol.children ?? [], symbol);
      }
    };
    const symbols = documentSymbols(suite.sample.project, suite.sample.file('flow.ts'));
    assert.equal(symbols.length, 2);
    check(symbols);
  });

  it('of a workspace are workflows and steps, each once, where they are declared', () => {
    const found = (query: string) =>
      workspaceSymbols(suite.sample.project, query, suite.sample.uriOf).map(
        ({ name, containerName = '', location }) => {
          assert.ok('range' in location);
          return `${name} (${containerName}) ${location.uri}:${String(location.range.start.line + 1)}`;
        },
      );
    const all = [
      'inner-flow (workflow) project:/flow.ts:14',
      'flow (workflow) project:/flow.ts:22',
      'add (step in inner-flow) project:/flow.ts:7',
      'say (step in flow) project:/steps.ts:4',
    ];
    assert.deepEqual(found(''), all);
    assert.deepEqual(found('FLO'), all.slice(0, 2));
    assert.deepEqual(found('sy'), all.slice(3));
    assert.deepEqual(found('nothing'), []);
  });
});
