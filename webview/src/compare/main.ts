/** The page that shows two runs of a workflow beside each other: takes states from the extension host, and asks back. */
import './compare.css';
import { compareProtocolVersion } from '../../../common/protocol/compare.ts';
import type {
  ComparedRow,
  ComparedRuns,
  CompareSavedState,
  CompareState,
  CompareToHost,
  HostToCompare,
  RowValues,
  RunSide,
} from '../../../common/protocol/compare.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import { icon } from '../icons.ts';
import { createDetail } from './detail.ts';
import { createHeads } from './heads.ts';
import { createTable } from './table.ts';
import { countText } from './words.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: CompareToHost): void;
  getState(): CompareSavedState | undefined;
  setState(state: CompareSavedState): void;
};

const host = acquireVsCodeApi();
const saved = host.getState();

let state: CompareState = { kind: 'reading' };
let runs: ComparedRuns | undefined;
let outdated = false;
let selected = saved?.selected;
let onlyDifferences = saved?.onlyDifferences ?? false;
let rows: readonly ComparedRow[] = [];
let shown: readonly ComparedRow[] = [];
/** Of the comparison on screen. */
const values = new Map<string, { readonly left: RowValues; readonly right: RowValues }>();

const title = element('h1', { class: 'name' }, 'Compare runs');
const count = element('span', { class: 'steps' });
const filter = element(
  'button',
  { class: 'button toggle', title: 'Show only the steps that are not the same', on: { click: toggleFilter } },
  'Only differences',
);
const heads = createHeads({
  onGraph: (side) => showOnGraph(side),
  onChoose: (side) => host.postMessage({ type: 'choose', side }),
  onSwap: () => host.postMessage({ type: 'swap' }),
});
const parting = element('div', { class: 'parting', attributes: { role: 'status' } });
const remarks = element('div', { class: 'remarks' });
const table = createTable({ onSelect: select, onOpen: goToSource });
const detail = createDetail({
  onSource: goToSource,
  onGraph: showOnGraph,
  onCopy(text, what) {
    host.postMessage({ type: 'copy', text });
    live.textContent = `Copied ${what}`;
  },
});
const empty = element('div', { class: 'empty' });
const live = element('div', { class: 'visually-hidden', attributes: { role: 'status', 'aria-live': 'polite' } });
const body = element('div', { class: 'compare-body' }, table.root, detail.root);
const above = element('div', { class: 'compare-above' }, heads.root, parting, remarks);

document.body.append(
  element(
    'div',
    { class: 'panel' },
    element(
      'header',
      {},
      element(
        'div',
        { class: 'toolbar' },
        icon('compare', 'kind'),
        title,
        count,
        element('span', { class: 'stretch' }),
        filter,
      ),
      above,
    ),
    element('main', {}, body, empty),
    live,
  ),
);

function render(): void {
  const comparison = state.kind === 'comparison' && !outdated ? state.comparison : undefined;
  const has = comparison !== undefined;
  for (const part of [above, body, filter]) part.hidden = !has;
  empty.hidden = has;
  setAttributes(filter, { 'aria-pressed': String(onlyDifferences) });
  if (comparison === undefined) {
    count.textContent = '';
    drawEmpty();
    return;
  }
  title.textContent = `${comparison.title}: two runs`;
  count.textContent = countText(comparison.rows);
  heads.update(comparison);
  drawParting(comparison.parting);
  replaceChildren(
    remarks,
    ...comparison.remarks.map((text) => element('p', { class: 'remark' }, icon('info'), element('span', {}, text))),
  );
  remarks.hidden = comparison.remarks.length === 0;
  drawRows();
}

function drawRows(): void {
  if (state.kind !== 'comparison') return;
  const { comparison } = state;
  const filtered = onlyDifferences ? withParents(comparison.rows) : comparison.rows;
  // The same list as before is not drawn anew.
  if (filtered.length !== shown.length || filtered.some((row, index) => row !== shown[index])) shown = filtered;
  table.update({ rows: shown, selected, parting: comparison.parting.row });
  const row = rows.find(({ id }) => id === selected);
  detail.update(row === undefined ? undefined : { row, values: values.get(row.id) });
  save();
}

/** The rows that differ, with the steps around them. */
function withParents(all: readonly ComparedRow[]): readonly ComparedRow[] {
  const kept = new Set<ComparedRow>();
  const around: ComparedRow[] = [];
  for (const row of all) {
    around.length = Math.max(0, Math.min(around.length, row.level));
    around[row.level] = row;
    if (row.differences.length > 0) for (const outer of around.slice(1)) kept.add(outer);
    if (row.level === 0) kept.add(row);
  }
  return all.filter((row) => kept.has(row));
}

function drawParting({ row, text }: { readonly row: string | undefined; readonly text: string }): void {
  const button = (label: string, onClick: () => void): HTMLElement =>
    element('button', { class: 'button link', on: { click: onClick } }, label);
  parting.className = row === undefined ? 'parting none' : 'parting';
  replaceChildren(
    parting,
    icon(row === undefined ? 'success' : 'conditional'),
    element(
      'div',
      { class: 'parting-texts' },
      element('p', {}, ...text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part))),
      row !== undefined &&
        element(
          'span',
          { class: 'parting-actions' },
          button('Show this step', () => reveal(row)),
          button('Go to source', () => goToSource(row)),
        ),
    ),
  );
}

function drawEmpty(): void {
  if (outdated) {
    const text = 'The extension was updated. Close this page and compare the runs again.';
    replaceChildren(empty, icon('warning'), element('p', {}, text));
  } else if (state.kind === 'refused') {
    const choose = (side: 'left' | 'right', label: string): HTMLElement =>
      element(
        'button',
        { class: 'button secondary', on: { click: () => host.postMessage({ type: 'choose', side }) } },
        label,
      );
    replaceChildren(
      empty,
      icon('compare'),
      element('p', {}, state.message),
      element('div', { class: 'empty-actions' }, choose('left', 'Choose run A…'), choose('right', 'Choose run B…')),
    );
  } else replaceChildren(empty, icon('running', 'turning'), element('p', {}, 'Reading the two runs…'));
}

function select(row: string): void {
  selected = row;
  if (!values.has(row)) host.postMessage({ type: 'values', row });
  drawRows();
}

/** Also of a row that the filter hides. */
function reveal(row: string): void {
  if (!shown.some(({ id }) => id === row)) onlyDifferences = false;
  select(row);
  table.reveal(row);
  table.focus();
  setAttributes(filter, { 'aria-pressed': String(onlyDifferences) });
}

function goToSource(row: string): void {
  if (row !== '$run') host.postMessage({ type: 'source', row });
}

function showOnGraph(side: RunSide, row?: string): void {
  host.postMessage({ type: 'graph', side, row });
}

function toggleFilter(): void {
  onlyDifferences = !onlyDifferences;
  setAttributes(filter, { 'aria-pressed': String(onlyDifferences) });
  drawRows();
  if (selected !== undefined) table.reveal(selected);
}

function save(): void {
  if (runs !== undefined) host.setState({ ...runs, selected, onlyDifferences });
}

function take(next: CompareState, of: ComparedRuns): void {
  const isOther = runs !== undefined && (runs.left !== of.left || runs.right !== of.right);
  state = next;
  runs = of;
  values.clear();
  if (state.kind === 'comparison') {
    ({ rows } = state.comparison);
    const first = state.comparison.parting.row ?? rows[0]?.id;
    if (isOther || !rows.some(({ id }) => id === selected)) selected = first;
    if (selected !== undefined) host.postMessage({ type: 'values', row: selected });
  }
  render();
  save();
  if (selected !== undefined) table.reveal(selected);
}

window.addEventListener('message', (event: MessageEvent<HostToCompare>) => {
  const message = event.data;
  if (message.type === 'values') {
    values.set(message.row, { left: message.left, right: message.right });
    if (message.row === selected) drawRows();
    return;
  }
  outdated = message.protocol !== compareProtocolVersion;
  take(message.state, message.runs);
});

render();
host.postMessage({ type: 'ready', protocol: compareProtocolVersion });
