import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FlowEntry, WorkflowModel } from '../../common/model/index.ts';
import type { GraphNode, GraphView } from '../../common/protocol/graph.ts';
import {
  agent,
  branch,
  foreach,
  keyOf,
  loop,
  mapping,
  nested,
  parallel,
  project,
  sleep,
  step,
  unreadable,
  workflow,
} from './builder.ts';
import { anchorOf } from '../../webview/src/anchor.ts';
import { touches } from '../../webview/src/rectangle.ts';
import { graphOf, nodeOf } from './graph-of.ts';

const id = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyzWMÄ漢-_0')),
  minLength: 1,
  maxLength: 60,
});
const text = fc.string({ minLength: 0, maxLength: 120 });

const { entry } = fc.letrec<{ entry: FlowEntry; leaf: FlowEntry }>((tie) => ({
  leaf: fc.oneof(
    fc
      .record({ id, description: fc.option(text, { nil: undefined }), canSuspend: fc.boolean() })
      .map((parts) => step(parts.id, { description: parts.description, canSuspend: parts.canSuspend })),
    text.map((source) => mapping(source)),
    fc.nat(100_000_000).map((duration) => sleep(duration)),
    id.map((name) => agent(name)),
    text.map((reason) => unreadable(reason)),
    fc.constant(nested('inner')),
    fc.constant(nested('outer')),
  ),
  entry: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('entry'), { maxLength: 4 }).map((entries) => parallel(entries)),
    fc.array(fc.tuple(text, tie('entry')), { maxLength: 4 }).map((paths) => branch(paths)),
    fc.tuple(text, tie('entry')).map(([condition, body]) => loop('dountil', condition, body)),
    fc.tuple(tie('entry'), fc.nat(9)).map(([body, concurrency]) => foreach(body, concurrency)),
  ),
}));

const chain = fc.array(entry, { maxLength: 6 });
const chains = fc.record({ outer: chain, inner: chain });

function draw(outer: readonly FlowEntry[], inner: readonly FlowEntry[] = []): GraphView {
  return graphOf(project(workflow('outer', outer), workflow('inner', inner)), keyOf('outer'), []);
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function siblings(graph: GraphView): ReadonlyMap<string, readonly GraphNode[]> {
  const groups = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const parent = node.parent ?? '';
    groups.set(parent, [...(groups.get(parent) ?? []), node]);
  }
  return groups;
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
}

describe('layout', () => {
  it('keeps siblings apart', () => {
    fc.assert(
      fc.property(chains, ({ outer, inner }) => {
        for (const group of siblings(draw(outer, inner)).values()) {
          for (const [a, b] of pairs(group)) assert.ok(!overlaps(a, b), `${a.id} and ${b.id}`);
        }
      }),
    );
  });

  it('keeps every box inside its container, below the header, and inside the drawing', () => {
    fc.assert(
      fc.property(chains, ({ outer, inner }) => {
        const graph = draw(outer, inner);
        const whole = { x: 0, y: 0, width: graph.width, height: graph.height };
        for (const node of graph.nodes) {
          const around = node.parent === undefined ? whole : nodeOf(graph, node.parent);
          const body = node.parent === undefined ? around : { ...around, y: around.y + 36, height: around.height - 36 };
          assert.ok(contains(body, node), node.id);
        }
      }),
    );
  });

  it('draws a sequence from top to bottom on one axis, and paths from left to right on one line', () => {
    fc.assert(
      fc.property(chains, ({ outer, inner }) => {
        const graph = draw(outer, inner);
        for (const [parent, group] of siblings(graph)) {
          const kind = parent === '' ? 'workflow' : nodeOf(graph, parent).kind;
          for (const [a, b] of pairs(group)) {
            if (kind === 'parallel' || kind === 'conditional') {
              assert.ok(a.x + a.width < b.x && a.y === b.y, `${a.id} and ${b.id}`);
            } else {
              assert.ok(a.y + a.height < b.y, `${a.id} and ${b.id}`);
              assert.equal(a.x + a.width / 2, b.x + b.width / 2);
            }
          }
        }
      }),
    );
  });

  it('is drawn on whole pixels, lines as well', () => {
    fc.assert(
      fc.property(chains, ({ outer, inner }) => {
        const graph = draw(outer, inner);
        const numbers = [
          ...graph.nodes.flatMap(({ x, y, width, height }) => [x, y, width, height, x + width / 2]),
          ...graph.edges.flatMap((edge) => edge.points.flat()),
          ...graph.edges.flatMap(({ label }) => (label === undefined ? [] : [label.x, label.y, label.width])),
        ];
        assert.ok(numbers.every((number) => Number.isInteger(number)));
      }),
    );
  });

  it('draws lines straight across or down, between boxes and never through one that they do not enter', () => {
    fc.assert(
      fc.property(chains, ({ outer, inner }) => {
        const graph = draw(outer, inner);
        const leaves = graph.nodes.filter((node) => !node.container);
        for (const edge of graph.edges) {
          for (const [index, [x, y]] of edge.points.entries()) {
            const next = edge.points[index + 1];
            if (next === undefined) continue;
            assert.ok(x === next[0] || y === next[1], edge.id);
            const line = {
              x: Math.min(x, next[0]),
              y: Math.min(y, next[1]),
              width: Math.abs(x - next[0]),
              height: Math.abs(y - next[1]),
            };
            for (const leaf of leaves) assert.ok(!overlaps(leaf, line), `${edge.id} through ${leaf.id}`);
          }
        }
      }),
    );
  });

  it('gives conditions and what flows room: no two texts overlap, and none covers a box', () => {
    fc.assert(
      fc.property(chains, ({ outer, inner }) => {
        const graph = draw(outer, inner);
        const labels = graph.edges.flatMap(({ label, data }) => [label ?? [], data ?? []].flat());
        for (const [a, b] of pairs(labels)) assert.ok(!overlaps(a, b), `${a.text} and ${b.text}`);
        for (const label of labels) {
          for (const node of graph.nodes) assert.ok(node.container || !overlaps(label, node), node.id);
        }
      }),
    );
  });

  it('is the same for the same model', () => {
    fc.assert(
      fc.property(chains, ({ outer, inner }) => {
        assert.deepEqual(draw(structuredClone(outer), structuredClone(inner)), draw(outer, inner));
      }),
    );
  });

  it('does not change the size of any other box when an entry is inserted', () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.constant('inserted'), ({ outer, inner }, position, name) => {
        const before = draw(outer, inner);
        const at = position % (outer.length + 1);
        const model = workflow('outer', outer);
        const after = graphOf(
          project(
            { ...model, entries: [...model.entries.slice(0, at), step(name), ...model.entries.slice(at)] },
            workflow('inner', inner),
          ),
          keyOf('outer'),
          [],
        );
        const sizes = (graph: GraphView): Record<string, readonly number[]> =>
          Object.fromEntries(
            graph.nodes.filter((node) => node.id !== name).map((node) => [node.id, [node.width, node.height]]),
          );
        assert.deepEqual(sizes(after), sizes(before));
      }),
    );
  });

  it('moves nothing that stands in front of what is inserted, and what stands behind it only along the flow', () => {
    fc.assert(
      fc.property(chains, fc.nat(), ({ outer, inner }, position) => {
        const at = position % (outer.length + 1);
        const { before, after } = inserted(outer, inner, at);
        const places = (graph: GraphView) => {
          const axis = middle(nodeOf(graph, '$start'));
          return new Map(graph.nodes.map((node) => [node.id, { x: node.x - axis, y: node.y }]));
        };
        const [old, now] = [places(before), places(after)];
        const front = new Set([
          '$start',
          ...before.nodes
            .filter(({ parent }) => parent === undefined)
            .slice(1, at + 1)
            .map(({ id }) => id),
        ]);
        const down = (now.get('$end')?.y ?? 0) - (old.get('$end')?.y ?? 0);
        for (const [id, place] of old) {
          const isInFront = front.has(id.split('/')[0] ?? '');
          assert.deepEqual(now.get(id), isInFront ? place : { x: place.x, y: place.y + down }, id);
        }
      }),
    );
  });

  it('leaves what one looks at where it is on screen, whatever is inserted', () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.nat(), fc.boolean(), ({ outer, inner }, position, looked, isSelected) => {
        const { before, after } = inserted(outer, inner, position % (outer.length + 1));
        const node = before.nodes[looked % before.nodes.length];
        assert.ok(node);
        const sight = { x: node.x - 200, y: node.y - 10, width: 600, height: 400 };
        const anchor = anchorOf(before, after, sight, isSelected ? node.id : undefined);
        assert.ok(anchor);
        const old = nodeOf(before, anchor.node.id);
        // The viewport moves with the anchor: then it is at the same place of the screen.
        assert.deepEqual([middle(anchor.node) - anchor.dx, anchor.node.y - anchor.dy], [middle(old), old.y]);
        assert.ok(touches(old, sight), 'it was in sight');
        if (isSelected) assert.equal(anchor.node.id, node.id);
      }),
    );
  });

  it('looks at each entry equally often, however many there are', () => {
    const looks = (entries: number): number => {
      let count = 0;
      const counted = (entry: FlowEntry): FlowEntry =>
        new Proxy(entry, {
          get(target, property, receiver) {
            if (property === 'type') count += 1;
            return Reflect.get(target, property, receiver) as unknown;
          },
        });
      const model: WorkflowModel = {
        ...workflow('outer', []),
        entries: Array.from({ length: entries / 10 }, (_, index) => ({
          ...parallel(Array.from({ length: 9 }, (_unused, path) => counted(step(`step-${index}-${path}`)))),
          node: `parallel-${index}`,
        })),
      };
      assert.equal(graphOf(project(model), model.key, []).nodes.length, entries + 2);
      return count;
    };
    assert.equal(looks(10_000), 10 * looks(1_000));
  });
});

function middle({ x, width }: GraphNode): number {
  return x + width / 2;
}

/** The drawings before and after a step is inserted at a place of the outer chain. */
function inserted(outer: readonly FlowEntry[], inner: readonly FlowEntry[], at: number) {
  const model = workflow('outer', outer);
  const longer = { ...model, entries: [...model.entries.slice(0, at), step('inserted'), ...model.entries.slice(at)] };
  return {
    before: draw(outer, inner),
    after: graphOf(project(longer, workflow('inner', inner)), keyOf('outer'), []),
  };
}
