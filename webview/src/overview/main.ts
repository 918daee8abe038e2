/** The page with all workflows: takes them from the extension host, lays them out, and sends back what is to be opened. */
import './overview.css';
import { arrowHead } from '../../../common/graph/paths.ts';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import { layoutOverview } from '../../../common/overview/layout.ts';
import type { OverviewCard, OverviewLayout } from '../../../common/overview/layout.ts';
import { overviewProtocolVersion } from '../../../common/protocol/overview.ts';
import type { HostToOverview, OverviewRow, OverviewState, OverviewToHost } from '../../../common/protocol/overview.ts';
import { element, keyed, replaceChildren, setAttributes, svgElement } from '../dom.ts';
import { icon } from '../icons.ts';
import { place } from '../place.ts';
import { countLabel } from '../words.ts';
import { createCard, drawCard } from './card.ts';
import { linePath } from './lines.ts';
import { matches, nextCard } from './search.ts';
import type { Arrow } from './search.ts';
import { findingCount, titleOf } from './words.ts';

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
let layout: OverviewLayout = layoutOverview([], { width: 0, isGrouped: false });
let focused: WorkflowKey | undefined = saved?.focused;
let query = saved?.query ?? '';
let restored = saved === undefined;

const heading = element('h1', { class: 'name' }, 'Workflows');
const count = element('span', { class: 'steps' });
const found = element('span', { class: 'found', attributes: { role: 'status' } });
const search = element('input', {
  class: 'search-input',
  attributes: {
    type: 'search',
    placeholder: 'Search workflows (/)',
    'aria-label': 'Search workflows',
    spellcheck: 'false',
  },
  on: {
    input: () => {
      query = search.value.trim();
      drawMatches();
      save();
    },
    keydown: (event) => {
      if (event.key === 'Enter' || event.key === 'ArrowDown') focusCard(shownCards()[0]?.key);
      else if (event.key === 'Escape' && search.value !== '') clearSearch();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
  },
});
search.value = query;
const problems = element('button', {
  class: 'button problems',
  attributes: { type: 'button' },
  on: { click: nextProblem },
});
const lines = svgElement('svg', { class: 'lines', 'aria-hidden': 'true' });
const areas = element('div', { class: 'areas' });
const list = element('ul', { class: 'workflows', attributes: { 'aria-label': 'Workflows' } });
const space = element('div', { class: 'overview-space' }, areas, lines, list);
const scroller = element('div', { class: 'overview-scroll', on: { scroll: save } }, space);
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
        heading,
        count,
        problems,
        element('span', { class: 'stretch' }),
        found,
        search,
      ),
    ),
    element('main', {}, scroller, empty),
  ),
);

const cardElements = new Map<string, Element>();
const lineElements = new Map<string, Element>();
const areaElements = new Map<string, Element>();
const shown = new WeakMap<Element, string>();

function rows(): readonly OverviewRow[] {
  return state.kind === 'workflows' ? state.workflows : [];
}

function render(): void {
  const all = rows();
  const packages = new Map(all.map((row) => [row.package.folder, row.package.name]));
  const isEmpty = all.length === 0;
  scroller.hidden = isEmpty;
  empty.hidden = !isEmpty;
  search.disabled = isEmpty;
  count.textContent = isEmpty
    ? ''
    : countLabel(all.length, 'workflow') + (packages.size > 1 ? ` in ${countLabel(packages.size, 'package')}` : '');
  drawProblems(all);
  if (isEmpty) {
    drawEmpty();
    found.textContent = '';
    return;
  }
  layout = layoutOverview(
    all.map(({ key, package: { folder }, uses }) => ({ key, package: folder, uses })),
    { width: scroller.clientWidth, isGrouped: packages.size > 1 },
  );
  space.style.width = `${layout.width}px`;
  space.style.height = `${layout.height}px`;
  drawAreas(packages);
  drawLines();
  drawCards(all);
  drawMatches();
  if (!restored) {
    restored = true;
    scroller.scrollTo({ left: saved?.scrollX ?? 0, top: saved?.scrollY ?? 0, behavior: 'instant' });
  }
}

function drawAreas(packages: ReadonlyMap<string, string>): void {
  keyed(
    areas,
    areaElements,
    layout.packages,
    (area) => area.package,
    () => element('section', { class: 'area' }, element('h2', {})),
    (target, area) => {
      if (!(target instanceof HTMLElement)) return;
      place(target, area);
      const head = target.firstElementChild;
      const name = packages.get(area.package) ?? '';
      if (head !== null && head.textContent !== name) head.textContent = name;
    },
  );
}

function drawLines(): void {
  setAttributes(lines, { width: String(layout.width), height: String(layout.height) });
  keyed(
    lines,
    lineElements,
    layout.lines,
    ({ from, to }) => `${from}\n${to}`,
    ({ from, to }) =>
      svgElement(
        'g',
        { 'data-from': from, 'data-to': to },
        svgElement('path', { class: 'line' }),
        svgElement('path', { class: 'line-head' }),
      ),
    (target, line) => {
      const [path, head] = target.children;
      const last = line.points.at(-1) ?? [0, 0];
      setAttributes(target, { class: `use ${line.kind}` });
      if (path !== undefined) setAttributes(path, { d: linePath(line) });
      if (head !== undefined) setAttributes(head, { d: arrowHead([[last[0] - 8, last[1]], last]) });
    },
  );
}

function drawCards(all: readonly OverviewRow[]): void {
  const byKey = new Map(all.map((row) => [row.key, row]));
  const now = Date.now();
  if (focused === undefined || !byKey.has(focused)) focused = layout.cards[0]?.key;
  keyed(
    list,
    cardElements,
    layout.cards,
    (card) => card.key,
    (card) => createCard(card.key),
    (target, card) => {
      const row = byKey.get(card.key);
      if (row === undefined || !(target instanceof HTMLElement)) return;
      place(target, card);
      const used = row.uses.filter((key) => key !== row.key).map((key) => titleOf(byKey.get(key) ?? row));
      const signature = JSON.stringify([row, used]);
      if (shown.get(target) !== signature) {
        shown.set(target, signature);
        const hadFocus = target.contains(document.activeElement);
        drawCard(target, { row, used, usesItself: row.uses.includes(row.key), now });
        if (hadFocus) openButton(card.key)?.focus({ preventScroll: true });
      }
    },
  );
  drawFocus();
}

/** Tab leads to one card, and to the buttons on it; the arrow keys lead to the others. */
function drawFocus(): void {
  for (const [key, card] of cardElements) {
    for (const button of card.querySelectorAll('button'))
      setAttributes(button, { tabindex: key === focused ? '0' : '-1' });
  }
}

function drawMatches(): void {
  const all = rows();
  const keys = new Set(all.filter((row) => query === '' || matches(row, query)).map(({ key }) => key));
  for (const [key, card] of cardElements) card.classList.toggle('dim', !keys.has(key));
  for (const line of lineElements.values()) {
    const ends = [line.getAttribute('data-from'), line.getAttribute('data-to')];
    line.classList.toggle('dim', !ends.every((key) => key !== null && keys.has(key)));
  }
  found.textContent = query === '' ? '' : keys.size === 0 ? 'No workflow matches' : `${keys.size} of ${all.length}`;
  const first = layout.cards.find(({ key }) => keys.has(key));
  if (query !== '' && first !== undefined && document.activeElement === search) reveal(first.key);
}

/** The cards that the search leaves, as they stand. */
function shownCards(): readonly OverviewCard[] {
  return layout.cards.filter(({ key }) => cardElements.get(key)?.classList.contains('dim') === false);
}

function drawProblems(all: readonly OverviewRow[]): void {
  const sum = all.reduce((total, { findings }) => total + findingCount(findings), 0);
  problems.hidden = sum === 0;
  if (sum === 0) return;
  const severity = (['error', 'warning', 'info', 'hint'] as const).find((name) =>
    all.some(({ findings }) => findings[name] > 0),
  );
  problems.className = `button problems ${severity ?? ''}`;
  problems.title = 'Go to the next workflow with problems';
  replaceChildren(problems, icon(severity ?? 'info'), element('span', {}, countLabel(sum, 'problem')));
}

function drawEmpty(): void {
  if (outdated) {
    replaceChildren(
      empty,
      icon('warning'),
      element('p', {}, 'The extension was updated. Close this page and show it again.'),
    );
  } else if (state.kind === 'none') {
    const { message, action } = state;
    replaceChildren(
      empty,
      icon('workflow'),
      element('p', {}, message),
      action !== undefined &&
        element(
          'button',
          {
            class: 'button primary',
            attributes: { type: 'button' },
            on: { click: () => host.postMessage({ type: 'action' }) },
          },
          action.title,
        ),
    );
  } else replaceChildren(empty, icon('running', 'turning'), element('p', {}, 'Reading the workflows…'));
}

function nextProblem(): void {
  const faulty = new Set(
    rows()
      .filter(({ findings }) => findingCount(findings) > 0)
      .map(({ key }) => key),
  );
  const keys = layout.cards.map(({ key }) => key).filter((key) => faulty.has(key));
  const current = keys.indexOf(focused ?? '');
  focusCard(keys[(current + 1) % Math.max(1, keys.length)]);
}

function openButton(key: WorkflowKey): HTMLElement | undefined {
  const button = cardElements.get(key)?.querySelector('.open');
  return button instanceof HTMLElement ? button : undefined;
}

function focusCard(key: WorkflowKey | undefined): void {
  if (key === undefined) return;
  focused = key;
  drawFocus();
  openButton(key)?.focus({ preventScroll: true });
  reveal(key);
  save();
}

function reveal(key: WorkflowKey): void {
  cardElements.get(key)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function clearSearch(): void {
  search.value = '';
  query = '';
  drawMatches();
  save();
}

/** Shows what belongs to a card: its lines, and what they lead to. */
function relate(key: string | undefined): void {
  const related = new Set(key === undefined ? [] : [key]);
  for (const line of lineElements.values()) {
    const [from, to] = [line.getAttribute('data-from') ?? '', line.getAttribute('data-to') ?? ''];
    const isOwn = key !== undefined && (from === key || to === key);
    line.classList.toggle('related', isOwn);
    if (isOwn) related.add(from === key ? to : from);
  }
  for (const [other, card] of cardElements) card.classList.toggle('related', key !== undefined && related.has(other));
}

function save(): void {
  if (state.kind !== 'workflows') return;
  host.setState({ query, focused, scrollX: scroller.scrollLeft, scrollY: scroller.scrollTop });
}

function keyOf(event: Event): WorkflowKey | undefined {
  const card = event.target instanceof Element ? event.target.closest('[data-key]') : null;
  return card?.getAttribute('data-key') ?? undefined;
}

list.addEventListener('click', (event) => {
  const key = keyOf(event);
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (key === undefined || button === null) return;
  const does = button.getAttribute('data-does');
  const target = does === 'source' || event.altKey ? 'source' : does === 'run' ? 'run' : 'graph';
  host.postMessage({ type: 'open', key, target });
});
list.addEventListener('focusin', (event) => {
  const key = keyOf(event);
  if (key === undefined) return;
  relate(key);
  if (key === focused) return;
  focused = key;
  drawFocus();
  save();
});
list.addEventListener('focusout', () => relate(undefined));
list.addEventListener('pointerover', (event) => relate(keyOf(event)));
list.addEventListener('pointerleave', () => relate(undefined));

const arrows: Readonly<Record<string, Arrow | undefined>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

list.addEventListener('keydown', (event) => {
  const key = keyOf(event);
  if (key === undefined || event.ctrlKey || event.metaKey) return;
  const cards = shownCards();
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
