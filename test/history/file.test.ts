import assert from 'node:assert/strict';
import { layoutGraph } from '../../common/graph/view.ts';
import type { GraphModel } from '../../common/protocol/graph.ts';
import fc from 'fast-check';
import { damageText, decodeLog, encodeEvent, encodeHeader } from '../../common/runlog/file.ts';
import { recordGraph, recordedModel } from '../../common/runlog/fileGraph.ts';
import { runEventVersion } from '../../common/runlog/events.ts';
import type { RunEvent } from '../../common/runlog/events.ts';
import { modelOf } from '../graph/graph-of.ts';
import { everything, everythingKey } from '../graph/samples.ts';
import { anyEvents, anyHeader } from './arbitrary.ts';

const header = {
  id: 'one',
  workflow: { key: '/p/a.ts#order', id: 'order', name: undefined, file: '/p/a.ts' },
  server: { id: 'embedded', kind: 'embedded', name: 'Embedded' },
  mastraVersion: '1.71.0',
  startedAt: 1_000,
  inputName: undefined,
  imported: undefined,
  graph: undefined,
};
const started: RunEvent = {
  seq: 0,
  type: 'run-started',
  time: 1_000,
  runId: 'r',
  workflowId: 'order',
  input: { a: 1 },
};
const finished: RunEvent = {
  seq: 1,
  type: 'run-finished',
  time: 2_000,
  status: 'success',
  output: 2,
  error: undefined,
};
const whole = encodeHeader(header) + encodeEvent(started) + encodeEvent(finished);

function logOf(text: string): Extract<ReturnType<typeof decodeLog>, { kind: 'log' }> {
  const decoded = decodeLog(text);
  assert.ok(decoded.kind === 'log', decoded.kind === 'refused' ? decoded.reason : '');
  return decoded;
}

function reasonOf(text: string): string {
  const decoded = decodeLog(text);
  assert.ok(decoded.kind === 'refused');
  return decoded.reason;
}

describe('the log file of a run', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyHeader, anyEvents, (given, events) => {
        const read = logOf(encodeHeader(given) + events.map(encodeEvent).join(''));
        assert.deepEqual(read.header, { format: 'mastra-run', version: runEventVersion, ...given });
        assert.deepEqual(read.events, events);
        assert.deepEqual(read.damage, { corrupt: 0, unknown: 0, partial: false });
      }),
    );
  });

  it('cut at any byte holds the events before', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const bytes = Buffer.from(encodeHeader(header) + events.map(encodeEvent).join(''));
        const begin = encodeHeader(header).length;
        for (let end = 0; end <= bytes.length; end += 1) {
          const cut = decodeLog(bytes.subarray(0, end).toString());
          if (cut.kind === 'refused') {
            assert.ok(end < begin);
            continue;
          }
          assert.deepEqual(cut.events, events.slice(0, cut.events.length));
          assert.equal(cut.damage.corrupt, 0);
          const rest = bytes.subarray(begin, end).toString();
          const lines = rest.split('\n').length - 1;
          // The last line counts when nothing but its line break is missing.
          assert.equal(cut.events.length, lines + (rest.endsWith('}') && !cut.damage.partial ? 1 : 0));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('with any bytes changed never throws', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(anyEvents, changes, (events, places) => {
        const bytes = Buffer.from(encodeHeader(header) + events.map(encodeEvent).join(''));
        for (const [place, value] of places) bytes[place % bytes.length] = value;
        const read = decodeLog(bytes.toString());
        if (read.kind === 'log')
          assert.deepEqual(
            read.events.map(({ seq }) => seq),
            [...read.events.keys()],
          );
      }),
    );
  });

  it('of anything never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        decodeLog(text);
        decodeLog(encodeHeader(header) + text);
      }),
    );
  });

  it('is read through lines that are damaged', () => {
    const lines = whole.split('\n');
    const read = logOf(
      [lines[0], lines[1], '{"seq":1,"type":"step-st', '{"seq":1,"type":"console"}', lines[2], ''].join('\n'),
    );
    assert.deepEqual(
      read.events.map(({ type }) => type),
      ['run-started', 'run-finished'],
    );
    assert.deepEqual(
      read.events.map(({ seq }) => seq),
      [0, 1],
    );
    assert.equal(damageText(read.damage), '2 lines could not be read.');
  });

  it('skips what a newer version added', () => {
    const newer = `{"seq":1,"type":"step-dreamt","time":1}\n`;
    const [first, ...rest] = whole.split('\n');
    const read = logOf([first, newer.trim(), ...rest].join('\n').replace('"workflowId"', '"mood":"good","workflowId"'));
    assert.equal(read.events.length, 2);
    assert.equal(damageText(read.damage), '1 event of a newer version was skipped.');
  });

  it('that breaks off says so', () => {
    const read = logOf(whole.slice(0, -10));
    assert.equal(read.events.length, 1);
    assert.equal(damageText(read.damage), 'The last line breaks off.');
    assert.equal(logOf(whole.slice(0, -1)).events.length, 2, 'nothing but the line break is missing');
    assert.equal(damageText(logOf(whole).damage), undefined);
  });

  it('may have been through an editor of another system', () => {
    assert.equal(logOf(`\uFEFF${whole.replaceAll('\n', '\r\n')}`).events.length, 2);
  });

  it('is refused in words where it is none, or of a newer version', () => {
    assert.equal(reasonOf(''), 'The file is empty.');
    assert.match(reasonOf('hello'), /not the log of a run/);
    assert.match(reasonOf('{"name":"package"}'), /not the log of a run/);
    assert.match(reasonOf(whole.slice(0, 60)), /header.*damaged/);
    assert.match(reasonOf(whole.replace('"key"', '"kye"')), /damaged at workflow\.key/);
    assert.match(reasonOf(whole.replace('"version":1', '"version":2')), /newer version of the extension \(format 2/);
  });

  it('has causes nested without end counted as damage', () => {
    const depth = 100_000;
    const error = `${'{"name":"E","message":"m","cause":'.repeat(depth)}null${'}'.repeat(depth)}`;
    const line = `{"seq":2,"type":"step-failed","time":1,"step":["a"],"error":${error}}\n`;
    assert.equal(logOf(whole + line).damage.corrupt, 1);
  });
});

describe('the drawing in a log', () => {
  it('is drawn as it was recorded, without what is about the source', () => {
    const model = modelOf(everything, everythingKey, []);
    const recorded = logOf(encodeHeader({ ...header, graph: recordGraph(model) })).header.graph;
    assert.ok(recorded !== undefined);
    assert.deepEqual(recorded, recordGraph(model));
    assert.deepEqual(placesOf(recordedModel(recorded)), placesOf(model));
  });

  it('of the first versions, which recorded places and lines, is drawn from what they say', () => {
    const model = modelOf(everything, everythingKey, []);
    const { workflow, width, height, nodes, edges } = layoutGraph(model);
    const text = encodeHeader(header).replace(
      '"startedAt"',
      `"graph":${JSON.stringify({ workflow, width, height, nodes, edges })},"startedAt"`,
    );
    const recorded = logOf(text).header.graph;
    assert.deepEqual(recorded, recordGraph(model));
  });

  it('is left out where it cannot be read', () => {
    const text = encodeHeader(header).replace('"startedAt"', '"graph":{"nodes":3},"startedAt"');
    assert.equal(logOf(text).header.graph, undefined);
  });
});

function placesOf(model: GraphModel) {
  const { nodes, edges } = layoutGraph(model);
  return {
    nodes: nodes.map(({ id, kind, x, y, step }) => ({ id, kind, x, y, step })),
    lines: edges.map(({ points }) => points),
  };
}
