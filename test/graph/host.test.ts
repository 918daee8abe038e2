/** The pure parts of the host's side of a graph panel. */
import assert from 'node:assert/strict';
import { pageHtml } from '../../client/src/graph/html.ts';
import { parseMessage, parseSavedState } from '../../client/src/graph/messages.ts';
import { noticeOf } from '../../client/src/graph/notices.ts';
import type { Situation } from '../../client/src/graph/notices.ts';
import { nodeAtPosition, placeOf } from '../../client/src/graph/places.ts';
import type { ServerStatus } from '../../common/protocol/messages.ts';
import { file, foreach, keyOf, nested, project, rangeAt, step, workflow } from './builder.ts';
import { modelOf } from './graph-of.ts';

describe('page of the panel', () => {
  it('allows its own script and style sheet and nothing else', () => {
    const html = pageHtml({
      script: 'https://host/webview.js',
      style: 'https://host/webview.css',
      cspSource: 'https://host',
      nonce: 'abc',
    });
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    assert.equal(policy, "default-src 'none'; style-src https://host; script-src 'nonce-abc'");
    assert.deepEqual(
      [...html.matchAll(/<script[^>]*>/g)].map((match) => match[0]),
      ['<script nonce="abc" src="https://host/webview.js">'],
    );
    assert.ok(!html.includes('style='));
  });
});

describe('messages from the panel', () => {
  it('are taken when they are ours', () => {
    const reveal = { type: 'reveal', node: 'a/b', target: 'use', focus: false };
    assert.deepEqual(parseMessage(reveal), reveal);
    assert.deepEqual(parseMessage({ type: 'run' }), { type: 'run' });
  });

  it('are refused when they are not', () => {
    for (const wrong of [
      undefined,
      null,
      'run',
      {},
      { type: 'format-disk' },
      { type: 'reveal', node: 7 },
      { type: 'copy' },
    ]) {
      assert.equal(parseMessage(wrong), undefined);
    }
  });

  it('include the state kept over a reload, unless another version wrote it', () => {
    const state = { target: { uri: 'file:///a.ts', key: 'a#b', title: 'b' }, zoom: 1, scrollX: 0, scrollY: 2 };
    assert.deepEqual(parseSavedState(state), { ...state, selected: undefined, folded: undefined });
    assert.equal(parseSavedState({ ...state, pinned: 'run-1' })?.pinned, 'run-1');
    assert.equal(parseSavedState({ workflow: 'b', zoom: 1 }), undefined);
    assert.equal(parseSavedState(undefined), undefined);
  });
});

describe('notice over the drawing', () => {
  const graph = modelOf(project(workflow('w', [step('a')])), keyOf('w'), []);
  const folder = '/project';
  const structureOnly: ServerStatus = { state: 'structure-only', folder, workflows: 1 };
  const lost: ServerStatus = { state: 'failed', folder, reason: 'the native process cannot be started' };
  const fine: Situation = {
    result: { kind: 'graph', graph, version: 1 },
    failure: undefined,
    status: { state: 'ready', folder, workflows: 1, mastraVersion: '1.71.0' },
    drawn: true,
    fileName: 'orders.ts',
    isRunLost: false,
  };
  const broken: Situation = { ...fine, result: { kind: 'broken', message: "',' expected." } };

  it('is none while the drawing is what the source says', () => {
    assert.equal(noticeOf(fine), undefined);
  });

  it('says that an old version is shown, and what to fix', () => {
    const notice = noticeOf(broken);
    assert.equal(notice?.kind, 'stale');
    assert.equal(
      notice.message,
      "Showing the last version that parsed. Fix the syntax error in orders.ts to update it: ',' expected.",
    );
  });

  it('does not speak of a last version that never was', () => {
    assert.match(noticeOf({ ...broken, drawn: false })?.message ?? '', /^orders\.ts does not parse\./);
  });

  it('tells what hinders most: no answer, then a lost server, then the file, then missing packages', () => {
    assert.equal(noticeOf({ ...broken, failure: 'The server ended.', status: lost })?.message, 'The server ended.');
    assert.match(noticeOf({ ...broken, status: lost })?.message ?? '', /native process cannot be started/);
    assert.equal(noticeOf({ ...broken, status: structureOnly })?.kind, 'stale');
    assert.match(noticeOf({ ...fine, status: structureOnly })?.message ?? '', /Install the dependencies/);
  });

  it('tells that the workflow is gone, and that it is being read', () => {
    assert.match(
      noticeOf({ ...fine, result: { kind: 'gone' } })?.message ?? '',
      /does not hold this workflow any more/,
    );
    assert.deepEqual(noticeOf({ ...fine, result: undefined, drawn: false }), {
      kind: 'starting',
      message: 'Reading orders.ts…',
    });
  });
});

describe('node and source', () => {
  const elsewhere = { file: '/project/src/steps.ts', range: rangeAt(3) };
  const outer = workflow('outer', [
    step('a', { range: rangeAt(20), definition: elsewhere }),
    foreach({ ...step('each'), range: { start: { line: 22, character: 4 }, end: { line: 22, character: 8 } } }, 2, {
      range: { start: { line: 22, character: 0 }, end: { line: 24, character: 0 } },
    }),
    nested('inner'),
  ]);
  const inner = workflow('inner', [step('b', { range: rangeAt(40) })]);
  const graph = modelOf(project(outer, inner), keyOf('outer'), []);
  const at = (path: string, line: number, character: number) =>
    nodeAtPosition(graph, (name) => name === path, { line, character });

  it('a node leads to its use, or to its definition where it has one', () => {
    assert.deepEqual(placeOf(graph, 'a', 'use'), { file, range: rangeAt(20) });
    assert.deepEqual(placeOf(graph, 'a', 'definition'), elsewhere);
    assert.deepEqual(placeOf(graph, 'foreach', 'definition'), graph.nodes.find(({ id }) => id === 'foreach')?.source);
    assert.equal(placeOf(graph, 'nothing', 'use'), undefined);
  });

  it('what flows leads to its schema, where one describes it', () => {
    const [first] = graph.shapes;
    assert.ok(first);
    const described = { ...graph, shapes: [{ ...first, declared: elsewhere }, ...graph.shapes.slice(1)] };
    assert.deepEqual(placeOf(described, '$start', 'leaves'), elsewhere);
    assert.deepEqual(placeOf(described, 'a', 'arrives'), elsewhere);
    assert.equal(placeOf(graph, 'a', 'arrives'), undefined);
    assert.equal(placeOf(described, '$start', 'arrives'), undefined);
  });

  it('a position leads to the innermost node around it, also in a nested workflow', () => {
    assert.equal(at(file, 20, 3), 'a');
    assert.equal(at(file, 22, 5), 'foreach/each');
    assert.equal(at(file, 23, 0), 'foreach');
    assert.equal(at(file, 40, 3), 'inner/b');
  });

  it('a position in a definition leads to the node that uses it; anywhere else to none', () => {
    assert.equal(at(elsewhere.file, 3, 5), 'a');
    assert.equal(at(elsewhere.file, 20, 3), undefined);
    assert.equal(at(file, 5, 14), undefined);
  });
});
