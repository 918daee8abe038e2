/** The difference between two values: below each other or side by side, all of it or only what differs. */
import type { Difference } from '../../../common/replay/diff.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { pathText } from '../../../common/runlog/path.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { iconButton } from '../toolbar.ts';
import { diffLines, nextDifference } from './diff-lines.ts';
import type { DiffLayout, ShownLine } from './diff-lines.ts';
import { diffLineElement } from './diff-row.ts';
import type { DiffLine } from './diff-row.ts';
import { differenceBetween, differencesText, sameText } from './diff-rows.ts';
import type { DiffSide } from './diff-rows.ts';
import { pressTreeKey } from './keys.ts';
import type { KeyedTree } from './keys.ts';
import { inSlices } from './slices.ts';
import type { Slices } from './slices.ts';
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
  /**
   * Compares two values and shows what is different. Large ones take a while: the page goes on meanwhile, and other values take their
   * place at once. Nothing happens when the same two are shown already.
   */
  update(values: ComparedValues): void;
  /** Shows nothing any more, and stops what is being compared. */
  clear(): void;
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
  let comparing: Slices | undefined;
  let building: Slices | undefined;
  let chosenLayout: DiffLayout | undefined;
  let onlyChanges = true;
  const chosen = new Map<string, boolean>();
  let lines: readonly ShownLine[] = [];
  /** How those lines are laid out. */
  let drawn: { readonly layout: DiffLayout; readonly columns: number } = { layout: 'unified', columns: 0 };
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
  /** What there is to say in place of the lines. */
  const note = element('div', { attributes: { role: 'status' } });
  const list = createRowWindow({
    class: 'value-tree diff-tree',
    attributes: { role: 'tree', tabindex: '0', 'aria-keyshortcuts': 'C P F7 Shift+F7' },
    row: drawLine,
    onResize: () => list.root.hidden || rebuild(),
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
    note,
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
    else if (event.target !== list.root || !pressTreeKey(event.key, keyed())) return;
    event.preventDefault();
    event.stopPropagation();
  });

  function layout(): DiffLayout {
    return chosenLayout ?? (list.root.clientWidth >= (options.roomForTwo ?? 640) ? 'side-by-side' : 'unified');
  }

  function columns(): number {
    return layout() === 'side-by-side' ? Math.floor(list.columns() / 2) - 4 : list.columns() - 4;
  }

  /** What is drawn stays until the new lines are there. */
  function rebuild(): void {
    building?.stop();
    const look = { layout: layout(), columns: columns() };
    setAttributes(filter, { 'aria-pressed': String(onlyChanges) });
    const other = look.layout === 'unified' ? 'Show side by side' : 'Show below each other';
    setAttributes(layoutButton, { title: other, 'aria-label': other });
    const isOpen = (id: string): boolean | undefined => chosen.get(id);
    building = inSlices(diffLines(difference, { isOpen, onlyChanges, ...look }), (made) => {
      const activeId = lines[active]?.row.id;
      lines = made;
      drawn = look;
      active = activeId === undefined ? -1 : lines.findIndex(({ row }) => row.id === activeId);
      root.classList.toggle('side-by-side', look.layout === 'side-by-side');
      list.draw(lines.length);
      markActive();
    });
  }

  function drawLine(index: number): HTMLElement {
    const line = lines[index];
    if (line === undefined) return element('div');
    const look = { id: lineId(index), active: index === active, ...drawn };
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

  function move(direction: 1 | -1): void {
    const index = nextDifference(lines, active, direction);
    if (index !== undefined) activate(index, 'middle');
  }

  function keyed(): KeyedTree<ShownLine> {
    const act = (line: ShownLine, copy: (side: DiffSide) => void): void => {
      const side = line.side === 'before' ? line.row.before : (line.row.after ?? line.row.before);
      if (side !== undefined) copy(side);
    };
    return {
      rows: lines,
      active,
      pageSize: () => list.pageSize(),
      activate,
      toggle,
      openAll(wanted) {
        for (const { row } of wanted) chosen.set(row.id, true);
        rebuild();
      },
      copyValue: (line) => act(line, copyValue),
      copyPath: (line) => act(line, copyPath),
    };
  }

  function copyValue({ value, path }: DiffSide): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    events.onCopy(text, path.length === 0 ? 'value' : `value of ${pathText(path)}`);
  }

  function copyPath({ path }: DiffSide): void {
    if (path.length > 0) events.onCopy(pathText(path), `path ${pathText(path)}`);
  }

  function say(...children: readonly Child[]): void {
    replaceChildren(note, ...children);
  }

  function hideLines(): void {
    difference = undefined;
    building?.stop();
    lines = [];
    active = -1;
    list.draw(0);
    markActive();
    summary.textContent = '';
    for (const part of [list.root, filter, previous, next, layoutButton]) part.hidden = true;
  }

  function show(compared: Difference | undefined): void {
    difference = compared;
    setAttributes(root, { 'aria-busy': undefined });
    const isSame = difference === undefined || difference.kind === 'same';
    // One value alone has no parts that are the same.
    const inParts = difference?.kind === 'inside';
    summary.textContent = difference === undefined || isSame ? '' : differencesText(difference);
    say(isSame && element('p', { class: 'diff-equal' }, sameText(values?.before.value)));
    for (const part of [list.root, legend, layoutButton]) part.hidden = isSame;
    for (const control of [filter, previous, next]) control.hidden = !inParts;
    rebuild();
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
      comparing?.stop();
      values = shown;
      const { title, before, after } = shown;
      heading.textContent = title;
      const label = `${title}: ${before.label} and ${after.label}`;
      for (const named of [root, list.root]) setAttributes(named, { 'aria-label': label });
      labels.before.textContent = before.label;
      labels.after.textContent = after.label;
      let isWaiting = false;
      comparing = inSlices(differenceBetween(before.value, after.value), show, () => {
        if (isWaiting) return;
        isWaiting = true;
        hideLines();
        legend.hidden = false;
        setAttributes(root, { 'aria-busy': 'true' });
        say(element('p', { class: 'diff-waiting' }, icon('running', 'turning'), 'Comparing the two values…'));
      });
    },
    clear() {
      if (values === undefined) return;
      values = undefined;
      comparing?.stop();
      hideLines();
      legend.hidden = true;
      setAttributes(root, { 'aria-busy': undefined });
      say();
    },
  };
}
