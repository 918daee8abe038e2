/** A JSON value as a tree: opened piece by piece, searched, copied; also one of 50 MB. */
import type { Json } from '../../../common/runlog/events.ts';
import { pathKey, pathText } from '../../../common/runlog/path.ts';
import { element } from '../dom.ts';
import { createFinder } from './finder.ts';
import { copyText, nodesTo, openAtFirst, roomAt, rowsOf } from './nodes.ts';
import type { Row, ValueNode } from './nodes.ts';
import { pressTreeKey } from './keys.ts';
import { rowElement } from './row.ts';
import { createSearchBar } from './search-bar.ts';
import { createSizes } from './size.ts';
import { inSlices } from './slices.ts';
import type { Slices } from './slices.ts';
import { createTreeHead } from './tree-head.ts';
import type { HeadingOptions } from './tree-head.ts';
import { createRowWindow } from './window.ts';

export interface ValueTreeEvents {
  /** `what` names it in a sentence: `value of items[0].sku`. */
  readonly onCopy: (text: string, what: string) => void;
}

export interface ValueTree {
  readonly root: HTMLElement;
  /**
   * Shows a value under a title. Nothing happens when it is the one shown already; of another one what was opened by hand stays open.
   * Undefined for a value that there is none of: says so.
   */
  update(value: Json | undefined, title: string): void;
}

/** Rows that are open before anyone has opened any. */
const rowsAtFirst = 12;

let instances = 0;

export function createValueTree(events: ValueTreeEvents, options: HeadingOptions = {}): ValueTree {
  const instance = (instances += 1);
  const sizes = createSizes();
  let value: Json | undefined;
  let title = '';
  let counting: Slices | undefined;
  /** What was opened or closed by hand, also of values before. */
  const chosen = new Map<string, boolean>();
  let atFirst: ReadonlySet<string> = new Set();
  let rows: readonly Row[] = [];
  let active: string | undefined;

  const head = createTreeHead({ onSearch: () => search.open(), onCopy: copyAll }, options);
  const none = element('p', { class: 'unknown value-none' }, 'No value');
  const search = createSearchBar({
    onQuery: (query) => finder.look(value, query),
    onMove: (direction) => finder.move(direction),
    onClose: closeSearch,
  });
  const list = createRowWindow({
    class: 'value-tree',
    attributes: { role: 'tree', tabindex: '0', 'aria-keyshortcuts': 'C P / *' },
    row: drawRow,
    onResize: rebuild,
  });
  const finder = createFinder((first) => {
    search.show(finder.count());
    if (first && finder.current !== undefined) showMatch(finder.current.path, finder.current.offset);
    else list.redraw();
  });
  const root = element('section', { class: 'value-block' }, head.root, search.root, list.root, none);

  list.root.addEventListener('click', (event) => {
    const row = rowAt(event.target);
    // Marking text is no click.
    if (row === undefined || getSelection()?.isCollapsed === false) return;
    active = row.node.id;
    if (row.expandable) toggle(row);
    else list.redraw();
  });
  list.root.addEventListener('keydown', (event) => {
    if (event.altKey || !press(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.root.addEventListener('focus', () => {
    // The mouse takes the row under it, which must not be drawn anew before the button is let go.
    if (activeIndex() === -1 && list.root.matches(':focus-visible')) activate(0);
  });
  list.root.addEventListener('copy', (event) => {
    const row = rows[activeIndex()];
    // What is marked as text is copied as text.
    if (row === undefined || getSelection()?.isCollapsed === false) return;
    copyValue(row.node);
    event.preventDefault();
  });
  root.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || value === undefined) return;
    search.open();
    event.preventDefault();
    event.stopPropagation();
  });

  function rebuild(): void {
    if (value === undefined) rows = [];
    else rows = rowsOf(value, (id) => chosen.get(id) ?? atFirst.has(id), list.columns());
    list.draw(rows.length);
    markActive();
  }

  function drawRow(index: number): HTMLElement {
    const row = rows[index];
    if (row === undefined) return element('div');
    const { node } = row;
    const { current } = finder;
    return rowElement(
      row,
      {
        id: rowId(index),
        active: node.id === active,
        pattern: finder.pattern,
        current: current !== undefined && node.kind === 'value' && pathKey(current.path) === node.id,
        bytes: node.kind === 'value' ? sizes.of(node.value) : undefined,
        columns: roomAt(node.level, list.columns()),
      },
      { onCopyValue: copyValue, onCopyPath: copyPath },
    );
  }

  function rowId(index: number): string {
    return `value-${instance}-${index}`;
  }

  function rowAt(target: EventTarget | null): Row | undefined {
    const drawn = target instanceof Element ? target.closest('.value-row') : null;
    return drawn === null ? undefined : rows[Number(drawn.id.slice(drawn.id.lastIndexOf('-') + 1))];
  }

  function activeIndex(): number {
    return rows.findIndex(({ node }) => node.id === active);
  }

  function markActive(): void {
    const index = activeIndex();
    if (index === -1) list.root.removeAttribute('aria-activedescendant');
    else list.root.setAttribute('aria-activedescendant', rowId(index));
  }

  function activate(index: number): void {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    active = row.node.id;
    markActive();
    list.reveal(rows.indexOf(row));
    list.redraw();
  }

  function toggle({ node, open }: Row): void {
    chosen.set(node.id, !open);
    rebuild();
  }

  /** True when the key means something here. */
  function press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) return false;
    return pressTreeKey(event.key, {
      rows,
      active: activeIndex(),
      pageSize: () => list.pageSize(),
      activate,
      toggle,
      openAll,
      copyValue: ({ node }) => copyValue(node),
      copyPath: ({ node }) => copyPath(node),
      openSearch: () => search.open(),
      closeSearch: search.isOpen() ? closeSearch : undefined,
    });
  }

  function openAll(wanted: readonly Row[]): void {
    for (const { node } of wanted) chosen.set(node.id, true);
    rebuild();
    activate(activeIndex());
  }

  function showMatch(path: readonly (string | number)[], offset: number | undefined): void {
    if (value === undefined) return;
    const way = nodesTo(value, path, list.columns(), offset);
    const target = way.findLast((node) => node.kind === 'value');
    for (const node of way) {
      if (node === target) break;
      chosen.set(node.id, true);
    }
    // Of a text that is open the line is shown, else the beginning of the text around the match.
    const isOpen = target !== undefined && (chosen.get(target.id) ?? atFirst.has(target.id));
    active = (isOpen && typeof target.value === 'string' ? way.at(-1) : target)?.id;
    if (isOpen) for (const node of way) if (node.kind === 'part') chosen.set(node.id, true);
    rebuild();
    const index = activeIndex();
    if (index !== -1) list.reveal(index, 'middle');
  }

  function closeSearch(): void {
    search.close();
    finder.look(undefined, '');
    list.root.focus();
  }

  function copyValue(node: ValueNode): void {
    const path = pathText(node.path);
    events.onCopy(copyText(node), path === '' ? title.toLowerCase() : `value of ${path}`);
  }

  function copyPath(node: ValueNode): void {
    const path = pathText(node.path);
    if (path !== '') events.onCopy(path, `path ${path}`);
  }

  function copyAll(): void {
    if (value === undefined) return;
    events.onCopy(typeof value === 'string' ? value : JSON.stringify(value, null, 2), title.toLowerCase());
  }

  return {
    root,
    update(next, nextTitle) {
      const same = next === value && nextTitle === title && title !== '';
      if (same) return;
      value = next;
      title = nextTitle;
      counting?.stop();
      finder.stop();
      const isEmpty = value === undefined;
      none.hidden = !isEmpty;
      list.root.hidden = isEmpty;
      if (isEmpty) search.close();
      atFirst = value === undefined ? new Set() : openAtFirst(value, rowsAtFirst);
      if (value !== undefined) {
        counting = inSlices(sizes.count(value), () => {
          head.showSize(value, value === undefined ? undefined : sizes.of(value));
          list.redraw();
        });
      }
      head.update(value, title);
      head.showSize(value, value === undefined ? undefined : sizes.of(value));
      for (const named of [root, list.root]) named.setAttribute('aria-label', title);
      search.name(title);
      rebuild();
      if (search.isOpen()) finder.look(value, search.query());
    },
  };
}
