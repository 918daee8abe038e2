/** A list of rows of one height of which only those in sight are elements, so that a million of them cost no more than forty. */
import { element } from '../dom.ts';

/** Pixels; data.css says the same. */
const valueRowHeight = 20;

/** Rows above and below those in sight: a step of scrolling finds them there. */
const beyond = 6;

/** Before the page has been laid out. */
const assumedHeight = 400;

export interface RowWindow {
  /** Scrolls. */
  readonly root: HTMLElement;
  /** All rows are drawn anew. */
  draw(count: number): void;
  /** Those in sight are drawn anew. */
  redraw(): void;
  /** Scrolls as little as needed to see the row; `middle` shows what is around it as well. */
  reveal(index: number, place?: 'nearest' | 'middle'): void;
  /** Rows that fit into it. */
  pageSize(): number;
  /** Characters of code that fit beside each other. */
  columns(): number;
}

export interface RowWindowOptions {
  readonly class: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly row: (index: number) => HTMLElement;
  /** Pixels, as the style sheet has them; those of a row of a value when it is not given. */
  readonly rowHeight?: number;
  /** The room has another width. */
  readonly onResize: () => void;
}

export function createRowWindow(options: RowWindowOptions): RowWindow {
  const { class: className, attributes, row, onResize, rowHeight = valueRowHeight } = options;
  const space = element('div', { class: 'rows-space', attributes: { role: 'presentation' } });
  const ruler = element('span', { class: 'ruler', attributes: { 'aria-hidden': 'true' } }, '0000000000');
  const root = element('div', { class: `rows ${className}`, attributes }, space, ruler);
  let count = 0;
  let first = 0;
  let last = 0;
  // What the browser would have to lay out the page for to tell.
  let width = 0;
  let height = 0;
  let scrolled = 0;

  const place = (always: boolean): void => {
    const room = height === 0 ? assumedHeight : height;
    const top = Math.max(0, Math.floor(scrolled / rowHeight) - beyond);
    const bottom = Math.min(count, Math.ceil((scrolled + room) / rowHeight) + beyond);
    if (!always && top === first && bottom === last) return;
    first = top;
    last = bottom;
    space.replaceChildren(
      ...Array.from({ length: Math.max(0, bottom - top) }, (_, offset) => {
        const drawn = row(top + offset);
        drawn.style.top = `${(top + offset) * rowHeight}px`;
        return drawn;
      }),
    );
  };

  const follow = (): void => {
    scrolled = root.scrollTop;
    place(false);
  };
  root.addEventListener('scroll', follow, { passive: true });
  new ResizeObserver(() => {
    const changed = root.clientWidth !== width;
    const higher = root.clientHeight !== height;
    width = root.clientWidth;
    height = root.clientHeight;
    scrolled = root.scrollTop;
    if (changed) onResize();
    else if (higher) place(false);
  }).observe(root);

  return {
    root,
    draw(wanted) {
      count = wanted;
      space.style.height = `${count * rowHeight}px`;
      place(true);
    },
    redraw: () => place(true),
    reveal(index, where = 'nearest') {
      const top = index * rowHeight;
      const room = root.clientHeight;
      const above = top < root.scrollTop;
      const below = top + rowHeight > root.scrollTop + room;
      if (where === 'middle' && (above || below)) root.scrollTop = top - (room - rowHeight) / 2;
      else if (above) root.scrollTop = top;
      else if (below) root.scrollTop = top + rowHeight - room;
      follow();
    },
    pageSize: () => Math.max(1, Math.floor(root.clientHeight / rowHeight) - 1),
    columns() {
      const character = ruler.offsetWidth / 10;
      return character === 0 ? 60 : Math.floor(root.clientWidth / character);
    },
  };
}
