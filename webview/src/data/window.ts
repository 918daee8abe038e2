/** A list of rows of one height of which only those in sight are elements, so that a million of them cost no more than forty. */
import { element } from '../dom.ts';

/** Pixels; data.css says the same. */
const valueRowHeight = 20;

/** Rows above and below those in sight: a step of scrolling finds them there. */
const beyond = 6;

/** Before the page has been laid out. */
const assumedHeight = 400;
const assumedColumns = 60;

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

/** A row that is left as it stands while its signature, which is all that is seen of it, stays the same. */
export interface SignedRow {
  readonly signature: string;
  readonly draw: () => HTMLElement;
}

export interface RowWindowOptions {
  readonly class: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly row: (index: number) => HTMLElement | SignedRow;
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
  let columns = assumedColumns;
  /** Rows with a signature that are drawn, by their numbers. */
  let standing: ReadonlyMap<number, { readonly signature: string; readonly element: HTMLElement }> = new Map();

  const place = (always: boolean): void => {
    const room = height === 0 ? assumedHeight : height;
    const top = Math.max(0, Math.floor(scrolled / rowHeight) - beyond);
    const bottom = Math.min(count, Math.ceil((scrolled + room) / rowHeight) + beyond);
    if (!always && top === first && bottom === last) return;
    first = top;
    last = bottom;
    const kept = new Map<number, { readonly signature: string; readonly element: HTMLElement }>();
    for (let index = top; index < bottom; index += 1) {
      const given = row(index);
      let drawn: HTMLElement;
      if ('draw' in given) {
        const before = standing.get(index);
        drawn = before?.signature === given.signature ? before.element : given.draw();
        kept.set(index, { signature: given.signature, element: drawn });
      } else drawn = given;
      const y = `${index * rowHeight}px`;
      if (drawn.style.top !== y) drawn.style.top = y;
      // What is put in again, even in the same place, has to be laid out again.
      const there = space.children[index - top];
      if (there === undefined) space.append(drawn);
      else if (there !== drawn) there.replaceWith(drawn);
    }
    standing = kept;
    while (space.children.length > Math.max(0, bottom - top)) space.lastElementChild?.remove();
  };

  const follow = (): void => {
    scrolled = root.scrollTop;
    place(false);
  };
  root.addEventListener('scroll', follow, { passive: true });
  const sizes = new ResizeObserver(() => {
    const before = { width, height, columns };
    width = root.clientWidth;
    height = root.clientHeight;
    scrolled = root.scrollTop;
    const character = ruler.offsetWidth / 10;
    columns = character === 0 ? assumedColumns : Math.floor(width / character);
    if (width !== before.width || columns !== before.columns) onResize();
    else if (height !== before.height) place(false);
  });
  sizes.observe(root);
  // Another font has other letters.
  sizes.observe(ruler);

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
    columns: () => columns,
  };
}
