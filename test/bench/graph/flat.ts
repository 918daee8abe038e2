/** A workflow as general layouters take it: boxes that hold nothing, and lines between them. The same boxes as in the drawing. */
import { boxesOf } from '../../../common/graph/boxes.ts';
import type { FlowBox } from '../../../common/graph/boxes.ts';
import { layoutGraph } from '../../../common/graph/view.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';

export interface FlatGraph {
  readonly boxes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly lines: readonly (readonly [from: string, to: string])[];
}

interface Ends {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

export function flatGraph(model: GraphModel): FlatGraph {
  const lines: (readonly [string, string])[] = [];
  const sequence = (boxes: readonly FlowBox[]): Ends => {
    const ends = boxes.map(inside);
    ends.forEach(({ last }, index) => {
      for (const from of last) for (const to of ends[index + 1]?.first ?? []) lines.push([from, to]);
    });
    return { first: ends[0]?.first ?? [], last: ends.at(-1)?.last ?? [] };
  };
  const inside = (box: FlowBox): Ends => {
    switch (box.arrangement) {
      case 'leaf':
        return { first: [box.node.id], last: [box.node.id] };
      case 'sequence':
        return sequence(box.children);
      case 'row':
      case 'loop':
      case 'foreach': {
        const paths = box.children.map(inside);
        return { first: paths.flatMap(({ first }) => first), last: paths.flatMap(({ last }) => last) };
      }
    }
  };
  sequence(boxesOf(model, new Set()));
  const boxes = layoutGraph(model)
    .nodes.filter((node) => !node.container)
    .map(({ id, width, height }) => ({ id, width, height }));
  return { boxes, lines };
}
