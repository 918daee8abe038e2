/** The page with all workflows: takes them from the extension host, lays them out, and sends back what is to be opened. */
import './overview.css';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import type { OverviewCard } from '../../../common/overview/layout.ts';
import { overviewProtocolVersion } from '../../../common/protocol/overview.ts';
import type { HostToOverview, OverviewRow, OverviewState, OverviewToHost } from '../../../common/protocol/overview.ts';
import type { Severity } from '../../../common/protocol/rules.ts';
import { element, replaceChildren } from '../dom.ts';
import { icon } from '../icons.ts';
import { countLabel } from '../words.ts';
import { createMap, keyOf } from './map.ts';
import { matches, nextCard } from './search.ts';
import type { Arrow } from './search.ts';
import { findingCount } from './words.ts';

/** What is kept while the page is hidden, and when the window is loaded anew. */
interface SavedState {
  readonly query: string;
  readonly focused: WorkflowKey | undefined;
  readonly scrollX: number;
  readonly scrollY: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: OverviewToHost): void;
  getState(): SavedState | undefined;
  setState(state: SavedState): void;
};

const host = acquireVsCodeApi();
const saved = host.getState();

let state: OverviewState = { kind: 'reading' };
let outdated = false;
let focused: WorkflowKey | undefined = saved?.focused;
let query = saved?.query ?? '';
/** What the search leaves. */
let found: ReadonlySet<WorkflowKey> = new Set();
let restored = saved === undefined;

const map = createMap();
const count = element('span', { class: 'steps' });
const foundText = element('span', { class: 'found', attributes: { role: 'status' } });
const search = element('input', {
  class: 'search-input',
  attributes: {
    type: 'search',
    placeholder: 'Search workflows (/)',
    'aria-label': 'Search workflows',
    spellcheck: 'false',
  },
  on: { input: searched, keydown: searchKey },
});
search.value = query;
const problems = element('button', {
  class: 'button problems',
  title: 'Go to the next workflow with problems',
  attributes: { type: 'button' },
  on: { click: nextProblem },
});
const scroller = element('div', { class: 'overview-scroll', on: { scroll: save } }, map.root);
const empty = element('div', { class: 'empty' });

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
        icon('workflow', 'kind'),
        element('h1', { class: 'name' }, 'Workflows'),
        count,
        problems,
        element('span', { class: 'stretch' }),
        foundText,
        search,
      ),
    ),
    element('main', {}, scroller, empty),
  ),
);

function rows(): readonly OverviewRow[] {
  return state.kind === 'workflows' ? state.workflows : [];
}

function render(): void {
  const all = rows();
  const isEmpty = all.length === 0;
  scroller.hidden = isEmpty;
  empty.hidden = !isEmpty;
  search.disabled = isEmpty;
  count.textContent = isEmpty ? '' : countText(all);
  drawProblems(all);
  if (isEmpty) drawEmpty();
  else map.update(all, scroller.clientWidth, all.some(({ key }) => key === focused) ? focused : undefined);
  drawMatches();
  if (isEmpty || restored) return;
  restored = true;
  scroller.scrollTo({ left: saved?.scrollX ?? 0, top: saved?.scrollY ?? 0, behavior: 'instant' });
}

function countText(all: readonly OverviewRow[]): string {
  const packages = new Set(all.map((row) => row.package.folder)).size;
  const workflows = countLabel(all.length, 'workflow');
  return packages > 1 ? `${workflows} in ${countLabel(packages, 'package')}` : workflows;
}

function drawMatches(): void {
  const all = rows();
  found = new Set(all.filter((row) => query === '' || matches(row, query)).map(({ key }) => key));
  map.match(found);
  const text = found.size === 0 ? 'No workflow matches' : `${found.size} of ${all.length}`;
  foundText.textContent = query === '' || all.length === 0 ? '' : text;
}

/** The cards that the search leaves, as they stand. */
function foundCards(): readonly OverviewCard[] {
  return map.cards().filter(({ key }) => found.has(key));
}

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

function drawProblems(all: readonly OverviewRow[]): void {
  const sum = all.reduce((total, { findings }) => total + findingCount(findings), 0);
  const severity = severities.find((name) => all.some(({ findings }) => findings[name] > 0));
  problems.hidden = severity === undefined;
  if (severity === undefined) return;
  problems.className = `button problems ${severity}`;
  replaceChildren(problems, icon(severity), element('span', {}, countLabel(sum, 'problem')));
}

function drawEmpty(): void {
  if (outdated) {
    const text = 'The extension was updated. Close this page and show it again.';
    replaceChildren(empty, icon('warning'), element('p', {}, text));
  } else if (state.kind === 'none') {
    const { message, action } = state;
    const act = () => host.postMessage({ type: 'action' });
    replaceChildren(
      empty,
      icon('workflow'),
      element('p', {}, message),
      action !== undefined &&
        element(
          'button',
          { class: 'button primary', attributes: { type: 'button' }, on: { click: act } },
          action.title,
        ),
    );
  } else replaceChildren(empty, icon('running', 'turning'), element('p', {}, 'Reading the workflows…'));
}

function nextProblem(): void {
  const faulty = new Set(rows().flatMap(({ key, findings }) => (findingCount(findings) > 0 ? [key] : [])));
  const keys = map.cards().flatMap(({ key }) => (faulty.has(key) ? [key] : []));
  focusCard(keys[(keys.indexOf(focused ?? '') + 1) % Math.max(1, keys.length)]);
}

function focusCard(key: WorkflowKey | undefined): void {
  if (key === undefined) return;
  focused = key;
  map.focus(key);
  map.reveal(key);
  save();
}

function searched(): void {
  query = search.value.trim();
  drawMatches();
  const [first] = foundCards();
  if (query !== '' && first !== undefined) map.reveal(first.key);
  save();
}

function searchKey(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === 'ArrowDown') focusCard(foundCards()[0]?.key);
  else if (event.key === 'Escape' && search.value !== '') clearSearch();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function clearSearch(): void {
  search.value = '';
  searched();
}

function save(): void {
  if (state.kind !== 'workflows') return;
  host.setState({ query, focused, scrollX: scroller.scrollLeft, scrollY: scroller.scrollTop });
}

map.root.addEventListener('click', (event) => {
  const key = keyOf(event);
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (key === undefined || button === null) return;
  const does = button.getAttribute('data-does');
  const target = does === 'source' || event.altKey ? 'source' : does === 'run' ? 'run' : 'graph';
  host.postMessage({ type: 'open', key, target });
});
map.root.addEventListener('focusin', (event) => {
  const key = keyOf(event);
  if (key === undefined || key === focused) return;
  focused = key;
  map.setFocusable(key);
  save();
});

const arrows: Readonly<Record<string, Arrow | undefined>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

map.root.addEventListener('keydown', (event) => {
  const key = keyOf(event);
  if (key === undefined || event.ctrlKey || event.metaKey) return;
  const cards = foundCards();
  const arrow = arrows[event.key];
  if (arrow !== undefined) focusCard(nextCard(cards, key, arrow));
  else if (event.key === 'Home') focusCard(cards[0]?.key);
  else if (event.key === 'End') focusCard(cards.at(-1)?.key);
  else if (event.key === 'Enter' && event.altKey) host.postMessage({ type: 'open', key, target: 'source' });
  else return;
  event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  const isFind = event.key === 'f' && (event.ctrlKey || event.metaKey);
  if (isFind || (event.key === '/' && document.activeElement !== search)) {
    search.focus();
    search.select();
  } else if (event.key === 'Escape' && query !== '') clearSearch();
  else return;
  event.preventDefault();
});

window.addEventListener('message', (event: MessageEvent<HostToOverview>) => {
  outdated = event.data.protocol !== overviewProtocolVersion;
  state = outdated ? { kind: 'reading' } : event.data.state;
  render();
});

new ResizeObserver(() => render()).observe(scroller);
render();
host.postMessage({ type: 'ready', protocol: overviewProtocolVersion });
