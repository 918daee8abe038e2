/** The cards of the workflows and the lines between them, updated in place. */
import { arrowHead } from '../../../common/graph/paths.ts';
import type { WorkflowKey } from '../../../common/model/workflow.ts';
import { layoutOverview } from '../../../common/overview/layout.ts';
import type { OverviewCard, OverviewLayout, OverviewLine } from '../../../common/overview/layout.ts';
import type { OverviewRow } from '../../../common/protocol/overview.ts';
import { element, keyed, setAttributes, svgElement } from '../dom.ts';
import { place } from '../place.ts';
import { createCard, drawCard } from './card.ts';
import { linePath } from './lines.ts';
import { titleOf } from './words.ts';

export interface OverviewMap {
  readonly root: HTMLElement;
  /** Places and draws the workflows for a page of `width` pixels. */
  update(rows: readonly OverviewRow[], width: number, focused: WorkflowKey | undefined): void;
  /** The cards as they stand: by package, from the left, from the top. */
  cards(): readonly OverviewCard[];
  /** Dims what is not among `keys`. */
  match(keys: ReadonlySet<WorkflowKey>): void;
  /** Tab leads to this card, and to the buttons on it. */
  setFocusable(key: WorkflowKey | undefined): void;
  focus(key: WorkflowKey): void;
  reveal(key: WorkflowKey): void;
}

export function createMap(): OverviewMap {
  const lines = svgElement('svg', { class: 'lines', 'aria-hidden': 'true' });
  const areas = element('div', { class: 'areas' });
  const list = element('ul', { class: 'workflows', attributes: { 'aria-label': 'Workflows' } });
  const root = element('div', { class: 'overview-space' }, areas, lines, list);
  const cardElements = new Map<string, Element>();
  const lineElements = new Map<string, Element>();
  const areaElements = new Map<string, Element>();
  /** What each card shows now: an update that changes nothing leaves it alone. */
  const shown = new WeakMap<Element, string>();
  let layout: OverviewLayout = layoutOverview([], { width: 0, isGrouped: false });

  const openButton = (key: WorkflowKey): HTMLElement | undefined => {
    const button = cardElements.get(key)?.querySelector('.open');
    return button instanceof HTMLElement ? button : undefined;
  };

  const setFocusable = (focused: WorkflowKey | undefined) => {
    for (const [key, card] of cardElements) {
      const tabindex = key === focused ? '0' : '-1';
      for (const button of card.querySelectorAll('button')) setAttributes(button, { tabindex });
    }
  };

  /** Shows what belongs to a card: its lines, and what they lead to. */
  const relate = (key: string | undefined) => {
    const related = new Set(key === undefined ? [] : [key]);
    for (const line of lineElements.values()) {
      const [from, to] = endsOf(line);
      const isOwn = key !== undefined && (from === key || to === key);
      line.classList.toggle('related', isOwn);
      if (isOwn) related.add(from === key ? to : from);
    }
    for (const [other, card] of cardElements) card.classList.toggle('related', related.has(other));
  };

  list.addEventListener('focusin', (event) => relate(keyOf(event)));
  list.addEventListener('focusout', () => relate(undefined));
  list.addEventListener('pointerover', (event) => relate(keyOf(event)));
  list.addEventListener('pointerleave', () => relate(undefined));

  const drawAreas = (names: ReadonlyMap<string, string>) =>
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
        const name = names.get(area.package) ?? '';
        if (head !== null && head.textContent !== name) head.textContent = name;
      },
    );

  const drawLines = () => {
    setAttributes(lines, { width: String(layout.width), height: String(layout.height) });
    keyed(lines, lineElements, layout.lines, ({ from, to }) => `${from}\n${to}`, createLine, drawLine);
  };

  const drawCards = (rows: readonly OverviewRow[]) => {
    const byKey = new Map(rows.map((row) => [row.key, row]));
    const now = Date.now();
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
        const used = row.uses.filter((key) => key !== row.key).flatMap((key) => byKey.get(key) ?? []);
        const view = { row, used: used.map(titleOf), usesItself: row.uses.includes(row.key) };
        const signature = JSON.stringify(view);
        if (shown.get(target) === signature) return;
        shown.set(target, signature);
        const hadFocus = target.contains(document.activeElement);
        drawCard(target, { ...view, now });
        if (hadFocus) openButton(card.key)?.focus({ preventScroll: true });
      },
    );
  };

  return {
    root,
    update(rows, width, focused) {
      const names = new Map(rows.map((row) => [row.package.folder, row.package.name]));
      layout = layoutOverview(
        rows.map(({ key, package: { folder }, uses }) => ({ key, package: folder, uses })),
        { width, isGrouped: names.size > 1 },
      );
      root.style.width = `${layout.width}px`;
      root.style.height = `${layout.height}px`;
      drawAreas(names);
      drawLines();
      drawCards(rows);
      setFocusable(focused ?? layout.cards[0]?.key);
    },
    cards: () => layout.cards,
    match(keys) {
      for (const [key, card] of cardElements) card.classList.toggle('dim', !keys.has(key));
      for (const line of lineElements.values()) {
        line.classList.toggle('dim', !endsOf(line).every((key) => keys.has(key)));
      }
    },
    setFocusable,
    focus(key) {
      setFocusable(key);
      openButton(key)?.focus({ preventScroll: true });
    },
    reveal: (key) => cardElements.get(key)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
  };
}

/** The workflow whose card an event comes from. */
export function keyOf(event: Event): WorkflowKey | undefined {
  const card = event.target instanceof Element ? event.target.closest('[data-key]') : null;
  return card?.getAttribute('data-key') ?? undefined;
}

function endsOf(line: Element): readonly [from: string, to: string] {
  return [line.getAttribute('data-from') ?? '', line.getAttribute('data-to') ?? ''];
}

function createLine({ from, to }: OverviewLine): Element {
  const [path, head] = [svgElement('path', { class: 'line' }), svgElement('path', { class: 'line-head' })];
  return svgElement('g', { 'data-from': from, 'data-to': to }, path, head);
}

function drawLine(target: Element, line: OverviewLine): void {
  const [path, head] = target.children;
  const end = line.points.at(-1) ?? [0, 0];
  setAttributes(target, { class: `use ${line.kind}` });
  if (path !== undefined) setAttributes(path, { d: linePath(line) });
  if (head !== undefined) setAttributes(head, { d: arrowHead([[end[0] - 8, end[1]], end]) });
}
