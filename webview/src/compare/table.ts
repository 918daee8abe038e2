/** The steps of both runs beside each other: how each ended, how long it took, in what they differ. */
import type { ComparedRow, ComparedRowSide } from '../../../common/protocol/compare.ts';
import { createRowWindow } from '../data/window.ts';
import { element, setAttributes } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import { durationLabel } from '../words.ts';
import { statusIcon } from './heads.ts';
import { deltaText, differencesText, rowText, statusText } from './words.ts';

export interface TableEvents {
  readonly onSelect: (row: string) => void;
  /** Enter, or a double click. */
  readonly onOpen: (row: string) => void;
}

export interface TableView {
  readonly rows: readonly ComparedRow[];
  readonly selected: string | undefined;
  /** The row at which the runs part. */
  readonly parting: string | undefined;
}

export interface Table {
  readonly root: HTMLElement;
  update(view: TableView): void;
  /** Puts the keyboard into it. */
  focus(): void;
  reveal(row: string): void;
}

/** As in compare.css. */
const rowHeight = 28;

export function createTable(events: TableEvents): Table {
  let view: TableView = { rows: [], selected: undefined, parting: undefined };
  let longest = 0;
  const list = createRowWindow({
    class: 'compare-rows',
    attributes: {
      role: 'listbox',
      tabindex: '0',
      'aria-label': 'Steps of both runs',
      'aria-keyshortcuts': 'Enter F7 Shift+F7',
    },
    rowHeight,
    row: (index) => drawRow(index),
    onResize: () => list.redraw(),
  });
  const root = element(
    'div',
    { class: 'compare-table' },
    element(
      'div',
      { class: 'compare-columns', attributes: { 'aria-hidden': 'true' } },
      element('span', { class: 'column-step' }, 'Step'),
      element('span', { class: 'column-differs' }, 'Differs in'),
      element('span', { class: 'column-side' }, element('span', { class: 'run-name left' }, 'A')),
      element('span', { class: 'column-side' }, element('span', { class: 'run-name right' }, 'B')),
      element('span', { class: 'column-bars' }, 'Time'),
    ),
    list.root,
  );

  list.root.addEventListener('click', (event) => {
    const row = view.rows[indexAt(event.target)];
    if (row !== undefined) events.onSelect(row.id);
  });
  list.root.addEventListener('dblclick', (event) => {
    const row = view.rows[indexAt(event.target)];
    if (row !== undefined) events.onOpen(row.id);
  });
  list.root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = selectedIndex();
    const target = targetOf(event, index);
    if (target !== undefined) select(target);
    else if (event.key === 'Enter' && index !== -1) events.onOpen(view.rows[index]?.id ?? '');
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  function targetOf(event: KeyboardEvent, index: number): number | undefined {
    switch (event.key) {
      case 'ArrowDown':
        return index + 1;
      case 'ArrowUp':
        return index - 1;
      case 'PageDown':
        return index + list.pageSize();
      case 'PageUp':
        return index - list.pageSize();
      case 'Home':
        return 0;
      case 'End':
        return view.rows.length - 1;
      case 'F7':
        return differing(index, event.shiftKey ? -1 : 1);
      default:
        return undefined;
    }
  }

  /** The next row that differs, around at the ends. */
  function differing(from: number, direction: 1 | -1): number | undefined {
    const { length } = view.rows;
    for (let step = 1; step <= length; step += 1) {
      const index = (from + direction * step + length * 2) % length;
      if ((view.rows[index]?.differences.length ?? 0) > 0) return index;
    }
    return undefined;
  }

  function select(wanted: number): void {
    const index = Math.min(view.rows.length - 1, Math.max(0, wanted));
    const row = view.rows[index];
    if (row === undefined) return;
    events.onSelect(row.id);
    list.reveal(index);
  }

  function indexAt(target: EventTarget | null): number {
    const drawn = target instanceof Element ? target.closest('.compare-row') : null;
    return drawn === null ? -1 : Number(drawn.id.slice('compare-row-'.length));
  }

  function selectedIndex(): number {
    return view.rows.findIndex(({ id }) => id === view.selected);
  }

  function drawRow(index: number): HTMLElement {
    const row = view.rows[index];
    if (row === undefined) return element('div');
    const selected = row.id === view.selected;
    const step = element(
      'span',
      { class: 'column-step' },
      icon(row.kind, 'kind'),
      element('span', { class: 'step-title', title: row.title }, row.title),
      row.detail !== undefined && element('span', { class: 'step-detail' }, row.detail),
      row.uncertain &&
        element(
          'span',
          { class: 'step-detail', title: 'Several steps have this id: which of them ran cannot be told.' },
          'uncertain',
        ),
      row.id === view.parting &&
        element('span', { class: 'parting-mark', title: 'The runs part here' }, icon('conditional')),
    );
    step.style.paddingLeft = `${8 + Math.max(0, row.level - 1) * 16}px`;
    const differs = row.differences.length > 0;
    return element(
      'div',
      {
        class: [
          'compare-row',
          `kind-${row.kind}`,
          differs && 'differs',
          row.level === 0 && 'whole',
          selected && 'selected',
        ]
          .filter(Boolean)
          .join(' '),
        attributes: {
          id: `compare-row-${index}`,
          role: 'option',
          'aria-selected': String(selected),
          'aria-label': rowText(row, row.id === view.parting),
          'aria-posinset': String(index + 1),
          'aria-setsize': String(view.rows.length),
        },
      },
      step,
      element('span', { class: 'column-differs' }, differencesText(row)),
      sideCell(row.left),
      sideCell(row.right),
      bars(row),
    );
  }

  function bars(row: ComparedRow): HTMLElement {
    const { left, right } = row;
    if (left?.duration === undefined && right?.duration === undefined) return element('span', { class: 'column-bars' });
    const text = deltaText(row);
    const slower = (right?.duration ?? 0) > (left?.duration ?? 0);
    return element(
      'span',
      { class: 'column-bars', title: `A ${durationText(left)}, B ${durationText(right)}` },
      element('span', { class: 'bars' }, bar('left', left?.duration), bar('right', right?.duration)),
      text !== undefined && element('span', { class: slower ? 'delta slower' : 'delta' }, text),
    );
  }

  function bar(side: 'left' | 'right', duration: number | undefined): HTMLElement {
    const drawn = element('span', { class: `bar ${side}` });
    drawn.style.width = duration === undefined || longest === 0 ? '0' : `${Math.max(1, (duration / longest) * 100)}%`;
    return drawn;
  }

  return {
    root,
    update(next) {
      const changed = next.rows !== view.rows;
      view = next;
      if (changed) {
        longest = Math.max(0, ...next.rows.flatMap(({ left, right }) => [left?.duration ?? 0, right?.duration ?? 0]));
        list.draw(view.rows.length);
      } else list.redraw();
      const index = selectedIndex();
      setAttributes(list.root, { 'aria-activedescendant': index === -1 ? undefined : `compare-row-${index}` });
    },
    focus: () => list.root.focus(),
    reveal(id) {
      const index = view.rows.findIndex((row) => row.id === id);
      if (index !== -1) list.reveal(index, 'middle');
    },
  };
}

function sideCell(side: ComparedRowSide | undefined): HTMLElement {
  const content: readonly Child[] =
    side === undefined
      ? [element('span', { class: 'not-run' }, 'not run')]
      : [
          element(
            'span',
            { class: `status ${side.status}`, title: statusText(side.status) },
            icon(statusIcon(side.status)),
          ),
          element('span', { class: 'duration' }, sideText(side)),
        ];
  return element('span', { class: 'column-side' }, ...content);
}

/** The mark says how it ended; when it took no time that is known, only what is not as usual is said in words. */
function sideText({ status, duration }: ComparedRowSide): string {
  if (duration !== undefined) return durationLabel(duration);
  return status === 'success' ? '' : statusText(status);
}

function durationText(side: ComparedRowSide | undefined): string {
  if (side === undefined) return 'did not run';
  return side.duration === undefined ? 'not known' : durationLabel(side.duration);
}
