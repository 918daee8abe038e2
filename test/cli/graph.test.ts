import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Range } from '../../common/model/text.ts';
import { buildCli, correct, root, runCli, temporaryProject } from './cli.ts';

type Entry = Readonly<Record<string, unknown>> & { readonly range: Range };

interface GraphDocument {
  readonly id: string;
  readonly exportName: string;
  readonly file: string;
  readonly range: Range;
  readonly committed: boolean;
  readonly steps: readonly Entry[];
}

async function graphJson(...given: readonly string[]): Promise<readonly GraphDocument[]> {
  const { exitCode, stdout, stderr } = await runCli(['graph', ...given]);
  assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as readonly GraphDocument[];
}

/** The entry without its ranges, which have to be there. */
function structure(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structure);
  if (typeof value !== 'object' || value === null) return value;
  assert.ok('range' in value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'range')
      .map(([key, inner]) => [key, typeof inner === 'object' ? structure(inner) : inner]),
  );
}

const orders = 'test/projects/orders';

describe('graph', function () {
  this.timeout(60_000);
  before(buildCli);

  it('prints every workflow as JSON', async () => {
    const graphs = await graphJson(orders);
    assert.equal(graphs.length, 19);
    for (const { id, file, committed, steps } of graphs) {
      assert.ok(id.length > 0);
      assert.ok(file.startsWith(`${orders}/src/`));
      assert.equal(committed, true, id);
      assert.ok(steps.length > 0, id);
    }
  });

  it('prints one workflow by its id or exported name', async () => {
    const [byId] = await graphJson('--workflow', 'place-order', orders);
    assert.deepEqual(byId, (await graphJson('--workflow=placeOrderWorkflow', orders))[0]);
    assert.equal(byId?.exportName, 'placeOrderWorkflow');
    assert.equal(byId.file, `${orders}/src/mastra/workflows/place-order.ts`);
    assert.deepEqual(structure(byId.steps), [
      { type: 'step', id: 'validate-order' },
      { type: 'mapping', id: 'redeem-coupon' },
      { type: 'step', id: 'apply-discount' },
      { type: 'mapping' },
      { type: 'step', id: 'book-order' },
      { type: 'mapping' },
      { type: 'step', id: 'send-email' },
      { type: 'mapping' },
    ]);
  });

  it('gives ranges that are the code', async () => {
    const [graph] = await graphJson('--workflow', 'deliver-order', orders);
    assert.ok(graph);
    const lines = readFileSync(path.join(root, graph.file), 'utf8').split('\n');
    assert.deepEqual(
      graph.steps
        .slice(0, 4)
        .map(({ range: { start, end } }) => lines[start.line]?.slice(start.character, end.character)),
      ['validateOrder', 'fulfilOrderWorkflow', 'enclosePresent', 'packParcelWorkflow'],
    );
  });

  it('prints nested workflows in their place, with the file they are in', async () => {
    const [graph] = await graphJson('--workflow', 'deliver-order', orders);
    const packParcel = {
      type: 'workflow',
      id: 'pack-parcel',
      file: `${orders}/src/mastra/workflows/pack-parcel.ts`,
      steps: [
        { type: 'step', id: 'weigh-parcel' },
        { type: 'step', id: 'print-label' },
      ],
    };
    assert.deepEqual(structure(graph?.steps.slice(1, 4)), [
      {
        type: 'workflow',
        id: 'fulfil-order',
        file: `${orders}/src/mastra/workflows/fulfil-order.ts`,
        steps: [packParcel, { type: 'step', id: 'hand-to-carrier' }],
      },
      { type: 'step', id: 'enclose-present' },
      packParcel,
    ]);
  });

  it('prints boxes with what is in them', async () => {
    const project = temporaryProject({
      'boxes.ts': correct.replace(
        '.then(price)',
        `.parallel([price])
  .branch([[async () => true, price]])
  .dountil(price, async () => true)
  .dowhile(price, async () => false)
  .foreach(price)
  .sleep(10)
  .sleepUntil(new Date(), { id: 'until' })
  .then(JSON.parse(''))
  .then(quote)`,
      ),
    });
    const [graph] = await graphJson(project.folder);
    project.remove();
    const step = { type: 'step', id: 'price' };
    const steps = structure(graph?.steps) as readonly Record<string, unknown>[];
    assert.deepEqual(steps.slice(0, 7), [
      { type: 'parallel', steps: [step] },
      { type: 'conditional', steps: [step] },
      { type: 'loop', loopType: 'dountil', step },
      { type: 'loop', loopType: 'dowhile', step },
      { type: 'foreach', step },
      { type: 'sleep' },
      { type: 'sleepUntil', id: 'until' },
    ]);
    assert.equal(steps[7]?.['type'], 'opaque');
    assert.deepEqual(steps[8], {
      type: 'workflow',
      id: 'quote',
      steps: [{ type: 'opaque', reason: 'the workflow contains itself' }],
    });
  });

  it('prints Mermaid', async () => {
    const { exitCode, stdout } = await runCli(['graph', '--format', 'mermaid', '--workflow', 'place-order', orders]);
    assert.equal(exitCode, 0);
    assert.match(
      stdout,
      /^%% place-order \(test\/projects\/orders\/src\/mastra\/workflows\/place-order\.ts:\d+\)\nflowchart TD\n/,
    );
    assert.match(stdout, /validate-order/);
    assert.match(stdout, /gives to, text/);
  });

  it('names the workflows that there are, when asked for another one', async () => {
    const { exitCode, stdout, stderr } = await runCli(['graph', '--workflow', 'nope', orders]);
    assert.equal(exitCode, 2);
    assert.equal(stdout, '[]\n');
    assert.match(stderr, /^There is no workflow 'nope'; there are answer-customer, .*screen-order\.\n$/);
  });

  it('prints one workflow as an SVG picture', async () => {
    const { exitCode, stdout, stderr } = await runCli([
      'graph',
      '--format',
      'svg',
      '--workflow',
      'deliver-order',
      orders,
    ]);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    assert.match(stdout, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(stdout, /<title>deliver-order<\/title>/);
    assert.match(stdout, />print-label<\/text>/);
    assert.ok(stdout.endsWith('</svg>\n'));
  });

  it('says what to do for several pictures', async () => {
    const { exitCode, stdout, stderr } = await runCli(['graph', '--format', 'svg', orders]);
    assert.deepEqual({ exitCode, stdout }, { exitCode: 2, stdout: '' });
    assert.match(stderr, /There are 19 workflows \(.+\.\.\.\).*--workflow ID.*--out DIR/);
  });

  it('writes a file for each workflow into a folder that it makes', async () => {
    const project = temporaryProject({
      'quotes.ts': `${correct}
export const other = createWorkflow({ id: 'a/b: "c"', inputSchema: price.inputSchema, outputSchema: price.outputSchema }).then(price).commit();
export const same = createWorkflow({ id: 'Quote', inputSchema: price.inputSchema, outputSchema: price.outputSchema }).then(price).commit();
`,
    });
    try {
      const { exitCode, stdout, stderr } = await runCli(['graph', '--format', 'svg', '--out', 'docs/graphs', '.'], {
        cwd: project.folder,
      });
      assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
      assert.deepEqual(stdout.trimEnd().split('\n'), [
        'docs/graphs/quote.svg',
        'docs/graphs/a-b-c.svg',
        'docs/graphs/Quote-2.svg',
      ]);
      assert.match(
        readFileSync(path.join(project.folder, 'docs/graphs/a-b-c.svg'), 'utf8'),
        /<title>a\/b: &quot;c&quot;<\/title>/,
      );
      const mermaid = await runCli(['graph', '--format', 'mermaid', '--workflow', 'quote', '--out', '.', '.'], {
        cwd: project.folder,
      });
      assert.equal(mermaid.stdout, 'quote.mmd\n');
      const blocked = await runCli(['graph', '--out', 'quotes.ts', '.'], { cwd: project.folder });
      assert.deepEqual({ exitCode: blocked.exitCode, stdout: blocked.stdout }, { exitCode: 2, stdout: '' });
      assert.match(blocked.stderr, /The files could not be written: .*quotes\.ts/);
    } finally {
      project.remove();
    }
  });
});
