/** The difference between two values: below each other or side by side, all of it or only what differs. */
import type { Difference } from '../../../common/replay/diff.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { pathText } from '../../../common/runlog/path.ts';
import { element, setAttributes } from '../dom.ts';
import { iconButton } from '../toolbar.ts';
import { diffLineElement } from './diff-row.ts';
import type { DiffLine, LineSide } from './diff-row.ts';
import { diffRows, differenceBetween, differencesText, sameText } from './diff-rows.ts';
import type { DiffSide } from './diff-rows.ts';
import { actionOf, parentOf, siblingsOf } from './keys.ts';
import { titleHeading } from './tree-head.ts';
import type { HeadingOptions } from './tree-head.ts';
import { createRowWindow } from './window.ts';

export interface DiffViewEvents {
  /** `what` names it in a sentence: `value of items[0].sku`. */
  readonly onCopy: (text: string, what: string) => void;
}

/** Undefined where there is no such value: that step gave nothing, or did not run. */
export interface ComparedValues {
  readonly title: string;
  readonly before: { readonly label: string; readonly value: Json | undefined };
  readonly after: { readonly label: string; readonly value: Json | undefined };
}

export interface DiffView {
  readonly root: HTMLElement;
  /** Nothing happens when the same two values are shown already. */
  update(values: ComparedValues): void;
}

export interface DiffViewOptions extends HeadingOptions {
  /** Pixels from which there is room for two columns, until someone chooses. */
  readonly roomForTwo?: number;
}

let instances = 0;

export function createDiffView(events: DiffViewEvents, options: DiffViewOptions = {}): DiffView {
  const instance = (instances += 1);
  let values: ComparedValues | undefined;
  let difference: Difference | undefined;
  let chosenLayout: 'unified' | 'side-by-side' | undefined;
  let onlyChanges = true;
  const chosen = new Map<string, boolean>();
  let lines: readonly (DiffLine & { level: number; expandable: boolean; open: boolean })[] = [];
  /** -1 until the keyboard or the mouse has been here. */
  let active = -1;

  const heading = titleHeading(options);
  const summary = element('span', { class: 'value-summary', attributes: { role: 'status' } });
  const filter = element(
    'button',
    {
      class: 'button toggle only-changes',
      title: 'Show only what is different',
      attributes: { 'aria-pressed': 'true' },
      on: {
        click() {
          onlyChanges = !onlyChanges;
          rebuild();
        },
      },
    },
    'Only changes',
  );
  const previous = iconButton('moveUp', 'Previous difference (Shift+F7)', () => move(-1));
  const next = iconButton('moveDown', 'Next difference (F7)', () => move(1));
  const layoutButton = iconButton('sideBySide', 'Show side by side', () => {
    chosenLayout = layout() === 'unified' ? 'side-by-side' : 'unified';
    rebuild();
  });
  const labels = {
    before: element('span', { class: 'diff-label before' }),
    after: element('span', { class: 'diff-label after' }),
  };
  const legend = element('div', { class: 'diff-labels' }, labels.before, labels.after);
  const equal = element('p', { class: 'diff-equal' }, '');
  const list = createRowWindow({
    class: 'value-tree diff-tree',
    attributes: { role: 'tree', tabindex: '0', 'aria-keyshortcuts': 'C P F7 Shift+F7' },
    row: drawLine,
    onResize: rebuild,
  });
  const root = element(
    'section',
    { class: 'value-block diff-block' },
    element(
      'div',
      { class: 'value-head' },
      heading,
      summary,
      element('span', { class: 'stretch' }),
      filter,
      previous,
      next,
      layoutButton,
    ),
    legend,
    list.root,
    equal,
  );

  list.root.addEventListener('click', (event) => {
    const drawn = event.target instanceof Element ? event.target.closest('.value-row') : null;
    if (drawn === null || getSelection()?.isCollapsed === false) return;
    active = Number(drawn.id.slice(drawn.id.lastIndexOf('-') + 1));
    const line = lines[active];
    if (line?.expandable === true) toggle(line);
    else list.redraw();
  });
  list.root.addEventListener('focus', () => {
    // The mouse takes the row under it, which must not be drawn anew before the button is let go.
    if (active === -1 && list.root.matches(':focus-visible')) activate(0);
  });
  root.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'F7') move(event.shiftKey ? -1 : 1);
    else if (event.target !== list.root || !press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function layout(): 'unified' | 'side-by-side' {
    return chosenLayout ?? (list.root.clientWidth >= (options.roomForTwo ?? 640) ? 'side-by-side' : 'unified');
  }

  function columns(): number {
    return layout() === 'side-by-side' ? Math.floor(list.columns() / 2) - 4 : list.columns() - 4;
  }

  function rebuild(): void {
    const activeId = lines[active]?.row.id;
    const rows =
      difference === undefined || difference.kind === 'same'
        ? []
        : diffRows(difference, { isOpen: (id) => chosen.get(id), onlyChanges, columns: columns() });
    lines = rows.flatMap((row) => {
      // Below each other a row that changed is two lines, unless it is open: then what is in it says so.
      const two = layout() === 'unified' && row.mark === 'changed' && !row.open;
      const sides: readonly LineSide[] = two ? ['before', 'after'] : ['both'];
      return sides.map((side) => ({ row, side, level: row.level, expandable: row.expandable, open: row.open }));
    });
    active = activeId === undefined ? -1 : lines.findIndex(({ row }) => row.id === activeId);
    root.classList.toggle('side-by-side', layout() === 'side-by-side');
    setAttributes(filter, { 'aria-pressed': String(onlyChanges) });
    const other = layout() === 'unified' ? 'Show side by side' : 'Show below each other';
    setAttributes(layoutButton, { title: other, 'aria-label': other });
    list.draw(lines.length);
    markActive();
  }

  function drawLine(index: number): HTMLElement {
    const line = lines[index];
    if (line === undefined) return element('div');
    const look = { id: lineId(index), active: index === active, layout: layout(), columns: columns() };
    return diffLineElement(line, look, { onCopyValue: copyValue, onCopyPath: copyPath });
  }

  function lineId(index: number): string {
    return `diff-${instance}-${index}`;
  }

  function markActive(): void {
    setAttributes(list.root, { 'aria-activedescendant': active === -1 ? undefined : lineId(active) });
  }

  function activate(index: number, where: 'nearest' | 'middle' = 'nearest'): void {
    if (lines.length === 0) return;
    active = Math.min(lines.length - 1, Math.max(0, index));
    markActive();
    list.reveal(active, where);
    list.redraw();
  }

  function toggle({ row }: DiffLine): void {
    chosen.set(row.id, !row.open);
    rebuild();
  }

  /** To the next row that differs by itself; around at the ends. */
  function move(direction: 1 | -1): void {
    const differs = (index: number): boolean => {
      const line = lines[index];
      return line !== undefined && ['changed', 'added', 'removed'].includes(line.row.mark) && line.side !== 'after';
    };
    for (let step = 1; step <= lines.length; step += 1) {
      const index = (active + direction * step + lines.length * 2) % lines.length;
      if (!differs(index)) continue;
      activate(index, 'middle');
      return;
    }
  }

  /** True when the key means something here. */
  function press(key: string): boolean {
    const line = lines[active];
    const action = line === undefined ? undefined : actionOf(key, line);
    if (line === undefined || action === undefined) return false;
    const side = line.side === 'before' ? line.row.before : (line.row.after ?? line.row.before);
    switch (action) {
      case 'next':
        activate(active + 1);
        break;
      case 'previous':
        activate(active - 1);
        break;
      case 'page-down':
        activate(active + list.pageSize());
        break;
      case 'page-up':
        activate(active - list.pageSize());
        break;
      case 'first':
        activate(0);
        break;
      case 'last':
        activate(lines.length - 1);
        break;
      case 'parent':
        activate(parentOf(lines, active));
        break;
      case 'toggle':
        toggle(line);
        break;
      case 'open-siblings':
        for (const sibling of siblingsOf(lines, active)) if (sibling.expandable) chosen.set(sibling.row.id, true);
        rebuild();
        break;
      case 'copy-value':
        if (side !== undefined) copyValue(side);
        break;
      case 'copy-path':
        if (side !== undefined) copyPath(side);
        break;
      case 'search':
      case 'escape':
        return false;
      case 'nothing':
        break;
    }
    return true;
  }

  function copyValue({ value, path }: DiffSide): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    events.onCopy(text, path.length === 0 ? 'value' : `value of ${pathText(path)}`);
  }

  function copyPath({ path }: DiffSide): void {
    if (path.length > 0) events.onCopy(pathText(path), `path ${pathText(path)}`);
  }

  return {
    root,
    update(shown) {
      const same =
        values?.title === shown.title &&
        values.before.value === shown.before.value &&
        values.after.value === shown.after.value &&
        values.before.label === shown.before.label &&
        values.after.label === shown.after.label;
      if (same) return;
      values = shown;
      const { title, before, after } = shown;
      difference = differenceBetween(before.value, after.value);
      heading.textContent = title;
      setAttributes(root, { 'aria-label': title });
      setAttributes(list.root, { 'aria-label': `${title}: ${before.label} and ${after.label}` });
      labels.before.textContent = before.label;
      labels.after.textContent = after.label;
      const isSame = difference === undefined || difference.kind === 'same';
      summary.textContent = difference === undefined || isSame ? '' : differencesText(difference);
      equal.textContent = isSame ? sameText(before.value) : '';
      equal.hidden = !isSame;
      list.root.hidden = isSame;
      legend.hidden = isSame;
      for (const control of [filter, previous, next, layoutButton]) control.hidden = isSame;
      // One value alone has no parts that are the same.
      const inParts = difference?.kind === 'inside';
      filter.hidden = !inParts;
      if (!inParts) for (const control of [previous, next]) control.hidden = true;
      rebuild();
    },
  };
}
