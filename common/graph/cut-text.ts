/** Texts that must fit into a box where no browser cuts them. Pure. */
import { textWidth } from './text-width.ts';

export interface Font {
  /** Pixels. */
  readonly size: number;
  readonly weight: 'normal' | 'bold';
}

/** Pixels. */
export function widthOf(text: string, { size, weight }: Font): number {
  return textWidth(text, size, weight);
}

const ellipsis = '…';

/** `text` on one line; the longest beginning of it with an ellipsis where the whole takes more than `room` pixels. */
export function cutText(text: string, room: number, font: Font): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const width = (part: string): number => widthOf(part, font);
  if (width(line) <= room) return line;
  const letters = Array.from(line);
  let [fits, tooLong] = [0, letters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (width(letters.slice(0, middle).join('') + ellipsis) <= room) fits = middle;
    else tooLong = middle;
  }
  return fits === 0 ? '' : letters.slice(0, fits).join('').trimEnd() + ellipsis;
}
