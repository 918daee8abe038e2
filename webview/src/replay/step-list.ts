/** The steps of a run with what each took: a tree that is drawn row by row, however many there are. */
import type { StepGroup } from '../../../common/replay/occurrence.ts';
import { createRowWindow } from '../data/window.ts';
import { element, setAttributes } from '../dom.ts';
import { rowsOf } from './rows.ts';
import type { StepRow } from './rows.ts';
import { describeRow, stepRowElement } from './step-row.ts';
import type { RowLook } from './step-row.ts';

export interface StepListView extends Omit<RowLook, 'id' | 'active' | 'selected'> {
  readonly groups: readonly StepGroup[];
  /** Milliseconds on the line to the moment that is shown. */
  readonly offset: number;
  /** Rises whenever events came. */
  readonly version: number;
  /** Ids of the row that the details pane tells of and of those around it, from the inside out: the first in sight is marked. */
  readonly selected: readonly string[];
}

export interface StepListEvents {
  readonly onSelect: (row: StepRow) => void;
}

export interface StepList {
  readonly root: HTMLElement;
  update(view: StepListView): void;
  /** Opens what is around a row, by ids, and shows it. */
  reveal(id: string, around: readonly string[]): void;
  focus(): void;
}

let instances = 0;

export function createStepList({ onSelect }: StepListEvents): StepList {
  const instance = (instances += 1);
  const opened = new Map<string, boolean>();
  let view: StepListView | undefined;
  let rows: readonly StepRow[] = [];
  let active: string | undefined;
  let selected: string | undefined;

  const list = createRowWindow({
    class: 'step-rows',
    attributes: { role: 'tree', tabindex: '0', 'aria-label': 'Steps of the run' },
    row: (index) => {
      const row = rows[index];
      if (row === undefined || view === undefined) return element('div');
      const look = { ...view, id: rowId(index), active: row.id === active, selected: row.id === selected };
      const description = describeRow(row, look);
      return { signature: JSON.stringify(description), draw: () => stepRowElement(description) };
    },
    onResize: () => list.redraw(),
  });
  const head = element('div', { class: 'playhead', attributes: { 'aria-hidden': 'true' } });
  const headRoom = element('div', { class: 'playhead-room', attributes: { 'aria-hidden': 'true' } }, head);
  const none = element('p', { class: 'steps-none' }, 'No step has begun yet.');
  const root = element('div', { class: 'step-list' }, list.root, headRoom, none);

  const rowId = (index: number): string => `step-row-${instance}-${index}`;
  const indexOf = (id: string | undefined): number => rows.findIndex((row) => row.id === id);

  const rebuild = (): void => {
    rows = view === undefined ? [] : rowsOf(view.groups, opened);
    list.draw(rows.length);
    markActive();
  };

  const select = (): void => {
    const before = selected;
    selected = view?.selected.find((id) => indexOf(id) !== -1);
    if (selected !== before) list.redraw();
  };

  const markActive = (): void => {
    const index = indexOf(active);
    setAttributes(list.root, { 'aria-activedescendant': index === -1 ? undefined : rowId(index) });
  };

  const activate = (index: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (row === undefined) return;
    active = row.id;
    markActive();
    list.reveal(rows.indexOf(row));
    list.redraw();
  };

  const toggle = (row: StepRow): void => {
    if (row.open === undefined) return;
    opened.set(row.id, !row.open);
    rebuild();
    select();
  };

  // While a run goes on rows are drawn anew all the time: a press counts, not a click on what may be gone by then.
  list.root.addEventListener('pointerdown', (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const drawn = target?.closest('.step-row');
    const row = drawn === null || drawn === undefined ? undefined : rows[Number(drawn.id.split('-').at(-1))];
    if (row === undefined || event.button !== 0) return;
    active = row.id;
    if (target?.closest('.twistie') !== null && row.open !== undefined) toggle(row);
    else onSelect(row);
    markActive();
    list.redraw();
  });
  list.root.addEventListener('dblclick', () => {
    const row = rows[indexOf(active)];
    if (row !== undefined) toggle(row);
  });
  list.root.addEventListener('focus', () => {
    if (indexOf(active) === -1) activate(0);
  });
  list.root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  /** True when the key means something here. */
  const press = (key: string): boolean => {
    const index = indexOf(active);
    const row = rows[index];
    if (row === undefined) return false;
    switch (key) {
      case 'ArrowDown':
        activate(index + 1);
        return true;
      case 'ArrowUp':
        activate(index - 1);
        return true;
      case 'PageDown':
        activate(index + list.pageSize());
        return true;
      case 'PageUp':
        activate(index - list.pageSize());
        return true;
      case 'Home':
        activate(0);
        return true;
      case 'End':
        activate(rows.length - 1);
        return true;
      case 'ArrowRight':
        if (row.open === false) toggle(row);
        else if (row.open === true) activate(index + 1);
        return true;
      case 'ArrowLeft':
        if (row.open === true) toggle(row);
        else if (row.parent !== undefined) activate(indexOf(row.parent));
        return true;
      case 'Enter':
      case ' ':
        onSelect(row);
        return true;
      default:
        return false;
    }
  };

  return {
    root,
    update(next) {
      const before = view;
      view = next;
      const isGrown = before?.version !== next.version || before.groups !== next.groups;
      if (isGrown) rows = rowsOf(next.groups, opened);
      selected = next.selected.find((id) => indexOf(id) !== -1);
      if (isGrown) list.draw(rows.length);
      else list.redraw();
      if (isGrown) markActive();
      none.hidden = rows.length > 0;
      list.root.hidden = rows.length === 0;
      head.style.left = `${next.length === 0 ? 100 : Math.min(1, next.offset / next.length) * 100}%`;
    },
    reveal(id, around) {
      for (const each of around) opened.set(each, true);
      active = id;
      rebuild();
      select();
      const index = indexOf(id);
      if (index !== -1) list.reveal(index);
    },
    focus: () => list.root.focus(),
  };
}
