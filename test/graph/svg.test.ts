/** Exported pictures, as far as they can be judged without a browser; test/webview/svg.test.ts looks at them. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutText } from '../../common/graph/cut-text.ts';
import { distinctFileNames, fileNameOf } from '../../common/graph/file-name.ts';
import { toSvg } from '../../common/graph/svg.ts';
import { textWidth } from '../../common/graph/text-width.ts';
import { escapeXml } from '../../common/graph/xml.ts';
import { foreach, keyOf, project, step, workflow } from './builder.ts';
import { graphOf } from './graph-of.ts';
import { everything, everythingKey, faulty, faultyKey, findings } from './samples.ts';

const graph = graphOf(everything, everythingKey, []);

describe('a drawing as SVG', () => {
  it('needs nothing from elsewhere: no scripts, no other files, no fonts', () => {
    const svg = toSvg(graphOf(faulty, faultyKey, findings));
    const references = [...svg.matchAll(/(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)].map(([, href, url]) => href ?? url);
    assert.ok(references.length > 0);
    assert.deepEqual(
      references.filter((reference) => reference?.startsWith('#mg-') !== true),
      [],
    );
    for (const forbidden of ['<script', '@import', '@font-face', 'foreignObject', 'var(']) {
      assert.ok(!svg.includes(forbidden), forbidden);
    }
  });

  it('names the workflow and its steps for those who do not see it', () => {
    const svg = toSvg(graph);
    assert.match(svg, /<title>handle-order<\/title>/);
    assert.match(
      svg,
      /<desc>Takes an order from validation to delivery\nSteps: validate-order, add-tax-rate, check-stock/,
    );
    const empty = toSvg(graphOf(project(workflow('empty', [])), keyOf('empty'), []));
    assert.match(empty, /<desc>A workflow without steps\.<\/desc>/);
  });

  it('cuts long texts, and tells them in full in the tooltip of their box', () => {
    const id = 'send-a-confirmation-mail-to-the-customer-and-to-the-sales-department-of-the-region';
    const svg = toSvg(graph);
    assert.match(svg, new RegExp(`<title>${id}\nStep`));
    const shown = /<text class="mg-title"[^>]*>(send-a-[^<]*)<\/text>/.exec(svg)?.[1] ?? '';
    assert.ok(shown.endsWith('…') && shown.length < id.length, shown);
  });

  it('says beside the lines what flows, and what does not fit', () => {
    assert.match(toSvg(graph), /<text class="mg-detail"[^>]*>orderId, items, note\?<\/text>/);
    const wrong = graphOf(faulty, faultyKey, findings);
    const told = wrong.edges.filter(({ data, finding }) => data !== undefined && finding !== undefined);
    assert.ok(told.length > 0);
    assert.equal([...toSvg(wrong).matchAll(/<text class="mg-detail mg-tells-error"/g)].length, told.length);
  });

  it('shows where paths come together: a bar where all are waited for, a dot where those that ran are', () => {
    const joins = [...toSvg(graph).matchAll(/<rect class="mg-join"[^>]*width="(\d+)" height="(\d+)"/g)];
    const sizes = joins.map(([, width, height]) => `${width} x ${height}`).sort();
    const holders = graph.nodes.map(({ kind }) => kind).filter((kind) => kind === 'parallel' || kind === 'conditional');
    assert.deepEqual(sizes, holders.map((kind) => (kind === 'parallel' ? '28 x 4' : '8 x 8')).sort());
    assert.ok(new Set(sizes).size === 2);
  });

  it('counts the problems of a step beside their mark', () => {
    const [finding] = findings;
    assert.ok(finding);
    const svg = toSvg(graphOf(faulty, faultyKey, [...findings, { ...finding, message: 'Another one' }]));
    assert.match(svg, /<text class="mg-detail mg-tells-error"[^>]*text-anchor="end">2<\/text>/);
  });

  it('draws only the glyphs that it uses', () => {
    const svg = toSvg(graphOf(project(workflow('small', [step('a')])), keyOf('small'), []));
    const defined = [...svg.matchAll(/<symbol id="mg-(\w+)"/g)].map(([, name]) => name);
    assert.deepEqual(defined.sort(), ['end', 'start', 'step']);
  });

  it('follows the colours of whoever looks, or keeps to light or dark ones', () => {
    assert.match(toSvg(graph), /prefers-color-scheme: dark/);
    const [light, dark] = [toSvg(graph, { colours: 'light' }), toSvg(graph, { colours: 'dark' })];
    for (const svg of [light, dark]) assert.doesNotMatch(svg, /prefers-color-scheme/);
    assert.notEqual(light, dark);
  });

  it('gives the figures of a run the room, the status has a mark, and the caption a second line', () => {
    const small = graphOf(project(workflow('small', [foreach(step('a'))])), keyOf('small'), []);
    const line = 'Succeeded · 128 of 128 · 2 min 5 s';
    const nodes = new Map(['foreach', 'foreach/a'].map((id) => [id, { status: 'success', line } as const]));
    const caption = 'small · Succeeded in 2 min 6 s · started Nov 21, 2026, 5:57:24 AM';
    const svg = toSvg(small, { run: { nodes, passed: new Set(), caption } });
    assert.equal([...svg.matchAll(/>128 of 128 · 2 min 5 s</g)].length, 2);
    assert.match(svg, />small · Succeeded in 2 min 6 s<[^]*>started Nov 21, 2026, 5:57:24 AM</);
  });

  it('shows how a run went, with a line above that says so', () => {
    const svg = toSvg(graph, {
      run: {
        nodes: new Map([['validate-order', { status: 'success', line: 'Succeeded · 120 ms' }]]),
        passed: new Set(['$start->validate-order']),
        caption: 'handle-order · Failed after 2.4 s',
      },
    });
    assert.match(svg, /handle-order · Failed after 2\.4 s<\/text>/);
    assert.match(svg, /Succeeded · 120 ms<\/text>/);
    assert.match(svg, /validate-order \(Succeeded · 120 ms\)/);
    assert.equal([...svg.matchAll(/class="mg-edge mg-went"/g)].length, 1);
    const height = (text: string) => Number(/ height="(\d+)" viewBox/.exec(text)?.[1]);
    assert.ok(height(svg) > height(toSvg(graph)));
  });

  it('is the same for the same drawing', () => assert.equal(toSvg(graph), toSvg(structuredClone(graph))));
});

describe('text in XML', () => {
  it('can hold anything', () => {
    assert.equal(escapeXml(`<script>&amp;"'`), '&lt;script&gt;&amp;amp;&quot;&#39;');
    assert.equal(escapeXml(']]>'), ']]&gt;');
    assert.equal(escapeXml('a\u0000b\u001bc\ud800d\uffffe'), 'a\ufffdb\ufffdc\ufffdd\ufffde');
    assert.equal(escapeXml('漢字 🙂\n\ttab'), '漢字 🙂\n\ttab');
  });

  it('never leaves a character that XML cannot write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.doesNotMatch(escapeXml(text), /[<>"']|[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
      }),
    );
  });
});

describe('cutting a text', () => {
  const font = { size: 11, weight: 'normal' } as const;

  it('keeps what fits and never takes more room than there is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 0, max: 400 }), (text, room) => {
        const line = text.replace(/\s+/g, ' ').trim();
        const cut = cutText(text, room, font);
        assert.ok(textWidth(cut, font.size) <= Math.max(0, room));
        if (textWidth(line, font.size) <= room) assert.equal(cut, line);
        else if (cut !== '') assert.ok(cut.endsWith('…') && line.startsWith(cut.slice(0, -1)));
      }),
    );
  });

  it('never cuts a character in two', () => {
    for (let room = 0; room < 200; room += 1)
      assert.doesNotMatch(cutText('🙂🙂🙂🙂🙂🙂🙂🙂', room, font), /\p{Surrogate}/u);
  });
});

describe('file names for workflows', () => {
  it('are the ids, as far as every system takes them', () => {
    for (const [title, name] of [
      ['place-order', 'place-order'],
      ['place order/../x', 'place-order-..-x'],
      ['../../etc/passwd', 'etc-passwd'],
      ['Bestellung prüfen', 'Bestellung-prüfen'],
      ['注文', '注文'],
      ['<>:"|?*', 'workflow'],
      ['', 'workflow'],
      ['.hidden.', 'hidden'],
      ['con', 'workflow-con'],
      ['a'.repeat(300), 'a'.repeat(100)],
    ] as const) {
      assert.equal(fileNameOf(title), name, title);
    }
  });

  it('differ for workflows that differ, also where upper and lower case are the same', () => {
    assert.deepEqual(distinctFileNames(['order', 'Order', 'order', 'order-2']), [
      'order',
      'Order-2',
      'order-3',
      'order-2-2',
    ]);
  });
});
