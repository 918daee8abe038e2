/** Sizes of the drawing in CSS pixels. webview/src/graph.css draws text and icons at these sizes. */
import { textWidth } from './text-width.ts';
import type { FlowBox } from './boxes.ts';

/** Even numbers only: centres then lie on whole pixels and lines stay sharp. */
export const sizes = {
  /** Around the whole drawing. */
  margin: 24,
  leafHeight: 48,
  leafMinimumWidth: 216,
  leafMaximumWidth: 360,
  /** Boxes grow in these steps, so that most of a column has the same width. */
  widthStep: 48,
  /** Start and end of the workflow, and the dots that stand for them in a nested one. */
  endWidth: 72,
  endHeight: 28,
  dot: 12,
  header: 36,
  headerMaximumWidth: 480,
  padding: 16,
  gapBetweenSteps: 32,
  gapBetweenPaths: 24,
  /** From the header to the paths: room for the arrow; with a condition box in it. */
  fork: 32,
  forkWithLabels: 64,
  join: 28,
  /** Where the line turns sideways in a fork or a join. */
  turn: 14,
  /** Between a line and the text about what flows on it. */
  dataInset: 10,
  /** The same where a mark is on the line. */
  dataInsetOfMark: 16,
  dataHeight: 16,
  dataMinimumWidth: 48,
  /** For what is wrong with a line, where nothing is beside it. */
  mismatchMaximumWidth: 296,
  labelHeight: 22,
  labelMaximumWidth: 280,
  /** On both sides of a loop's body, so that the body stays in the middle. */
  loopLane: 40,
  loopLaneInset: 20,
} as const;

const titleSize = 13;
const detailSize = 11;
/** Padding, icon and its gap. */
const iconRoom = 12 + 16 + 8 + 12;
/** The place of a badge or of a run's status. */
const markRoom = 24;
/** The button that folds a nested workflow. */
const foldButtonRoom = 20;
/** Room for status and duration of a run in a header. */
const headerRunRoom = 96;
/** A long second line widens a box no further than this: it is cut, the panel tells the rest. */
const detailMaximumWidth = 264;
/** The kind before the detail: `Classifier · `. */
const kindRoom = 60;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function leafSize({ node, detail: text, folding }: FlowBox): Size {
  if (node.kind === 'start' || node.kind === 'end') {
    return node.parent === undefined
      ? { width: sizes.endWidth, height: sizes.endHeight }
      : { width: sizes.dot, height: sizes.dot };
  }
  const title = textWidth(node.title, titleSize, 'bold') + markRoom + (node.canSuspend ? markRoom : 0);
  const wanted = iconRoom + foldRoom(folding) + Math.max(title, detailWidth(text));
  const stepped = sizes.leafMinimumWidth + upTo(wanted - sizes.leafMinimumWidth, sizes.widthStep);
  return {
    width: Math.min(Math.max(stepped, sizes.leafMinimumWidth), sizes.leafMaximumWidth),
    height: sizes.leafHeight,
  };
}

/** Width that a container's header asks for. */
export function headerWidth({ node, detail: text, folding }: FlowBox): number {
  const title = textWidth(node.title, titleSize, 'bold');
  const detail = detailWidth(text) + 8;
  const room = iconRoom + foldRoom(folding) + title + detail + markRoom + headerRunRoom;
  return Math.min(even(room), sizes.headerMaximumWidth);
}

function foldRoom(folding: FlowBox['folding']): number {
  return folding === undefined ? 0 : foldButtonRoom;
}

function detailWidth(detail: string | undefined): number {
  return Math.min(kindRoom + (detail === undefined ? 0 : textWidth(detail, detailSize)), detailMaximumWidth);
}

/** Width of the text beside a line; the panel draws it without padding. */
export function dataWidth(text: string): number {
  return even(textWidth(text, detailSize) + 2);
}

export function labelWidth(condition: string): number {
  return Math.min(even(textWidth(condition, detailSize) + 16), sizes.labelMaximumWidth);
}

function even(value: number): number {
  return upTo(value, 2);
}

function upTo(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}
