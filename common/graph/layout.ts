/**
 * Places boxes in boxes. Mastra's builder makes series-parallel graphs, so this is exact: one pass up for the sizes, one
 * pass down for the positions, each box touched once per pass (design decision 7). A box's size comes from what it
 * holds alone, so an edit elsewhere moves it but never resizes it.
 */
import { headerWidth, labelWidth, leafSize, sizes } from './geometry.ts';
import type { Size } from './geometry.ts';
import type { FlowBox } from './boxes.ts';

export interface Box extends Size {
  readonly flow: FlowBox;
  readonly children: readonly Box[];
  /** Width of the column a child stands in; wider than the child where its condition is. */
  readonly column: number;
}

export interface PlacedBox {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly children: readonly PlacedBox[];
}

/** The chain of a workflow as placed boxes, top down on one axis, and the size of the whole drawing. */
export function layoutChain(chain: readonly FlowBox[]): Size & { readonly boxes: readonly PlacedBox[] } {
  const boxes = chain.map(measure);
  const size = sequenceSize(boxes);
  const { margin } = sizes;
  const placed = placeSequence(boxes, margin + size.width / 2, margin);
  return { width: size.width + 2 * margin, height: size.height + 2 * margin, boxes: placed };
}

function measure(flow: FlowBox): Box {
  const measured = flow.children.map(measure);
  const children = flow.arrangement === 'row' ? evenColumns(measured) : measured;
  const { width, height } = sizeOf(flow, children);
  const { condition } = flow.node;
  const column = condition === undefined ? width : Math.max(width, labelWidth(condition));
  return { flow, children, width, height, column };
}

function sizeOf(flow: FlowBox, children: readonly Box[]): Size {
  const { padding, header } = sizes;
  switch (flow.arrangement) {
    case 'leaf':
      return leafSize(flow);
    case 'row': {
      const inner = rowSize(children);
      return framed(flow, inner.width + 2 * padding, header + forkHeight(flow) + inner.height + sizes.join);
    }
    case 'loop':
    case 'foreach': {
      const inner = rowSize(children);
      const side = flow.arrangement === 'loop' ? sizes.loopLane : padding;
      return framed(flow, inner.width + 2 * side, header + forkHeight(flow) + inner.height + sizes.join);
    }
    case 'sequence': {
      const inner = sequenceSize(children);
      return framed(flow, inner.width + 2 * padding, header + inner.height + padding);
    }
  }
}

function framed(flow: FlowBox, width: number, height: number): Size {
  return { width: Math.max(width, headerWidth(flow)), height };
}

/** Height between a container's header and its paths. */
export function forkHeight(flow: FlowBox): number {
  return flow.children.some(({ node }) => node.condition !== undefined) ? sizes.forkWithLabels : sizes.fork;
}

/** Paths that are single boxes stand at even distances; a path that is a container takes what it needs. */
function evenColumns(boxes: readonly Box[]): readonly Box[] {
  if (boxes.some((box) => box.flow.arrangement !== 'leaf')) return boxes;
  const column = boxes.reduce((widest, box) => Math.max(widest, box.column), 0);
  return boxes.map((box) => ({ ...box, column }));
}

function rowSize(boxes: readonly Box[]): Size {
  let width = 0;
  let height = 0;
  for (const box of boxes) {
    width += (width === 0 ? 0 : sizes.gapBetweenPaths) + box.column;
    height = Math.max(height, box.height);
  }
  return { width, height };
}

function sequenceSize(boxes: readonly Box[]): Size {
  let width = 0;
  let height = 0;
  for (const box of boxes) {
    width = Math.max(width, box.width);
    height += (height === 0 ? 0 : sizes.gapBetweenSteps) + box.height;
  }
  return { width, height };
}

function placeSequence(boxes: readonly Box[], centre: number, top: number): readonly PlacedBox[] {
  let y = top;
  return boxes.map((box) => {
    const placed = place(box, centre - box.width / 2, y);
    y += box.height + sizes.gapBetweenSteps;
    return placed;
  });
}

function placeRow(boxes: readonly Box[], centre: number, top: number): readonly PlacedBox[] {
  let x = centre - rowSize(boxes).width / 2;
  return boxes.map((box) => {
    const placed = place(box, x + (box.column - box.width) / 2, top);
    x += box.column + sizes.gapBetweenPaths;
    return placed;
  });
}

function place(box: Box, x: number, y: number): PlacedBox {
  const centre = x + box.width / 2;
  const { flow } = box;
  switch (flow.arrangement) {
    case 'leaf':
      return { box, x, y, children: [] };
    case 'row':
    case 'loop':
    case 'foreach':
      return { box, x, y, children: placeRow(box.children, centre, y + sizes.header + forkHeight(flow)) };
    case 'sequence':
      return { box, x, y, children: placeSequence(box.children, centre, y + sizes.header) };
  }
}
