/** What exported pictures tell of a run. Pure. */
import type { EntryAddress } from '../model/address.ts';
import { cutText, widthOf, type Font } from './cut-text.ts';
import { sizes } from './geometry.ts';
import { detailFont } from './svg-elements.ts';
import type { NodeStatus } from './svg-style.ts';

/** What a run says about the drawing. */
export interface SvgRun {
  /** `line` stands for the second line of the box: `Succeeded · 1.4 s`. */
  readonly nodes: ReadonlyMap<EntryAddress, { readonly status: NodeStatus; readonly line: string }>;
  /** Ids of the edges that data went over. */
  readonly passed: ReadonlySet<string>;
  /** One line above the drawing: how the run went, and when. */
  readonly caption: string;
}

const captionFont: Font = { size: 13, weight: 'normal' };
const captionTop = 10;
const captionLine = 18;
/** Between the parts of a line about a run. */
const between = ' · ';

/** Figures alone where there is no room for the status as well, which has a mark. */
export function stateText(line: string, room: number): string {
  const figures = figuresOf(line);
  return cutText(figures === '' || widthOf(line, detailFont) <= room ? line : figures, room, detailFont);
}

/** What stands behind the status; empty where nothing was measured. */
export function figuresOf(line: string): string {
  const first = line.indexOf(between);
  return first === -1 ? '' : line.slice(first + between.length);
}

/** A second line for what does not fit into the first. */
export function captionLines(run: SvgRun | undefined, width: number): readonly string[] {
  if (run === undefined) return [];
  const room = width - 2 * sizes.margin;
  const { caption } = run;
  const last = caption.lastIndexOf(between);
  const parts =
    widthOf(caption, captionFont) <= room || last === -1
      ? [caption]
      : [caption.slice(0, last), caption.slice(last + between.length)];
  return parts.map((part) => cutText(part, room, captionFont));
}

/** Pixels above the drawing. */
export function captionHeight(lines: readonly string[]): number {
  return lines.length === 0 ? 0 : captionTop + captionLine * lines.length;
}

/** Each line with the height of its foot. */
export function captionTexts(lines: readonly string[]): readonly (readonly [line: string, y: number])[] {
  return lines.map((line, index) => [line, captionTop + captionLine * (index + 1) - 4]);
}
