import assert from 'node:assert/strict';
import { opaque } from '../../common/model/index.ts';
import { toMermaid } from '../../common/graph/mermaid.ts';
import { modelOf } from './graph-of.ts';
import { branch, keyOf, loop, mapping, nested, parallel, project, step, workflow } from './builder.ts';
import { everything, everythingKey } from './samples.ts';

describe('Mermaid chart', () => {
  it('links a sequence, forks and joins parallels, and writes conditions on the links', () => {
    const model = workflow('orders', [
      step('read'),
      parallel([step('a'), step('b')]),
      branch([
        ['x > 1', step('c')],
        ['x <= 1', step('d')],
      ]),
    ]);
    assert.equal(
      toMermaid(modelOf(project(model), model.key, [])),
      `flowchart TD
  n0(["Start"])
  n1["read"]
  subgraph n2["Parallel<br>2 paths at once"]
    direction TB
    n3["a"]
    n4["b"]
  end
  subgraph n5["Branch<br>runs every path that is true"]
    direction TB
    n6["c"]
    n7["d"]
  end
  n8(["End"])
  n9((" "))
  n0 --> n1
  n1 --> n3
  n1 --> n4
  n3 --> n9
  n4 --> n9
  n9 -->|"x #62; 1"| n6
  n9 -->|"x #60;= 1"| n7
  n6 --> n8
  n7 --> n8
`,
    );
  });

  it('marks the way back of a loop and draws nested workflows as subgraphs', () => {
    const chart = toMermaid(
      modelOf(
        project(
          workflow('outer', [loop('dowhile', 'x', nested('inner'))]),
          workflow('inner', [step('first'), step('second')]),
        ),
        keyOf('outer'),
        [],
      ),
    );
    assert.match(chart, /subgraph n1\["Loop<br>while x"\]\n {4}direction TB\n {4}subgraph n2\["inner"\]/);
    assert.match(chart, /n6 -\. again \.-> n3\n/);
  });

  it('writes what Mermaid would read as syntax as entities, also line breaks and Markdown', () => {
    const model = workflow('w', [
      step('a"b#c;[d]{e}|f`g\nh'),
      step('1. first'),
      step('- second'),
      mapping('({ inputData }) => inputData', { leaves: opaque('no types') }),
    ]);
    const labels = toMermaid(modelOf(project(model), model.key, []))
      .split('\n')
      .flatMap((line) => /^ +n[1-4][[/]*"(.*)"/.exec(line)?.[1] ?? []);
    assert.deepEqual(labels, [
      'a#34;b#35;c#59;#91;d#93;#123;e#125;#124;f#96;g h',
      '1#46; first',
      '#45; second',
      'Map<br>(#123; inputData #125;) =#62; inputData',
    ]);
  });

  it('declares each box once and links only boxes that exist', () => {
    const chart = toMermaid(modelOf(everything, everythingKey, []));
    const declared = [...chart.matchAll(/^ +(?:subgraph )?(n\d+)[[({>]/gm)].map((match) => match[1]);
    assert.equal(new Set(declared).size, declared.length);
    const linked = [...chart.matchAll(/^ {2}(n\d+) .*?(n\d+)$/gm)].flatMap((match) => [match[1], match[2]]);
    assert.ok(linked.length > 40);
    assert.deepEqual(
      linked.filter((name) => !declared.includes(name)),
      [],
    );
  });

  it('leaves no text empty, which Mermaid does not take', () => {
    const model = workflow('w', [branch([['', step('')]])]);
    const chart = toMermaid(modelOf(project(model), model.key, []));
    assert.match(chart, /-->\|" "\| n2/);
    assert.match(chart, /n2\[" "\]/);
  });

  it('writes a folded workflow as a single box that says what it holds', () => {
    const model = modelOf(everything, everythingKey, []);
    const chart = toMermaid(model, { folded: new Set(['fulfil-order']) });
    assert.match(chart, /n\d+\[\["fulfil-order<br>5 steps"\]\]/);
    assert.doesNotMatch(chart, /print-label/);
  });
});
