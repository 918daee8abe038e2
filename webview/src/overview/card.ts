/** What stands for one workflow. */
import type { OverviewRow } from '../../../common/protocol/overview.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import type { Child } from '../dom.ts';
import { icon } from '../icons.ts';
import type { IconName } from '../icons.ts';
import {
  cardDescription,
  findingCount,
  findingsLabel,
  lastRunLabel,
  placeParts,
  secondLine,
  titleOf,
  worstOf,
} from './words.ts';

export interface CardView {
  readonly row: OverviewRow;
  /** Titles of the workflows that it uses. */
  readonly used: readonly string[];
  readonly usesItself: boolean;
  readonly now: number;
}

/** An empty card; `drawCard` fills it. */
export function createCard(key: string): HTMLElement {
  return element(
    'li',
    { class: 'workflow', attributes: { 'data-key': key } },
    element('button', { class: 'open', attributes: { type: 'button', tabindex: '-1' } }),
    element('span', { class: 'card-actions' }),
  );
}

export function drawCard(card: HTMLElement, { row, used, usesItself, now }: CardView): void {
  const [open, actions] = card.children;
  if (!(open instanceof HTMLElement) || !(actions instanceof HTMLElement)) return;
  const { file, folder } = placeParts(row.place);
  const title = titleOf(row);
  open.title = [title, row.description, row.place].filter((part) => part !== undefined).join('\n');
  setAttributes(open, { 'aria-label': cardDescription(row, used, now) });
  replaceChildren(
    open,
    element(
      'span',
      { class: 'card-head' },
      icon('workflow', 'kind'),
      element('span', { class: 'card-title' }, title),
      ...marks(row, usesItself, now),
    ),
    element('span', { class: 'card-line' }, secondLine(row)),
    element(
      'span',
      { class: 'card-line' },
      element('span', { class: 'card-file' }, file),
      folder !== '' && element('span', { class: 'card-folder' }, folder),
    ),
  );
  replaceChildren(
    actions,
    action('run', 'run', `Run ${title}`),
    action('source', 'source', `Go to the source of ${title} (Alt+Enter)`),
  );
}

function action(name: IconName, does: 'run' | 'source', label: string): HTMLElement {
  return element(
    'button',
    {
      class: 'button icon-button',
      title: label,
      attributes: { type: 'button', 'data-does': does, 'aria-label': label, tabindex: '-1' },
    },
    icon(name),
  );
}

function marks(row: OverviewRow, usesItself: boolean, now: number): readonly Child[] {
  const severity = worstOf(row.findings);
  const { lastRun } = row;
  const status = lastRun?.status === 'interrupted' ? 'canceled' : lastRun?.status;
  return [
    usesItself && element('span', { class: 'mark circle', title: 'This workflow nests itself' }, icon('loop')),
    severity !== undefined &&
      element(
        'span',
        { class: `mark badge ${severity}`, title: findingsLabel(row.findings) },
        icon(severity),
        String(findingCount(row.findings)),
      ),
    lastRun !== undefined &&
      status !== undefined &&
      element('span', { class: `mark status ${status}`, title: lastRunLabel(lastRun, now) }, icon(status)),
  ];
}
