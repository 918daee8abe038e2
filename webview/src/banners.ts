/** Slim bars under the toolbar: why the drawing may be old, and how the run is doing. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { PanelNotice } from '../../common/protocol/panel.ts';
import type { Moment } from '../../common/replay/moment.ts';
import { element, replaceChildren, setAttributes } from './dom.ts';
import type { Child } from './dom.ts';
import { icon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { RunView } from './run-view.ts';
import { iconButton } from './toolbar.ts';
import { countLabel, runSentence } from './words.ts';

const noticeIcons: Readonly<Record<PanelNotice['kind'], IconName>> = {
  stale: 'warning',
  starting: 'running',
  'structure-only': 'info',
  failed: 'error',
  unpinned: 'info',
};

export interface NoticeBar {
  readonly root: HTMLElement;
  update(notice: PanelNotice | undefined): void;
}

export function createNoticeBar(): NoticeBar {
  const root = element('div', { class: 'notice', attributes: { role: 'status' } });
  root.hidden = true;
  let shown = '';
  return {
    root,
    update(notice) {
      const signature = notice === undefined ? '' : JSON.stringify(notice);
      // A live region that is written again is read out again.
      if (signature === shown) return;
      shown = signature;
      root.hidden = notice === undefined;
      root.className = notice === undefined ? 'notice' : `notice ${notice.kind}`;
      if (notice === undefined) replaceChildren(root);
      else replaceChildren(root, icon(noticeIcons[notice.kind]), element('span', { class: 'message' }, notice.message));
    },
  };
}

export interface RunBarEvents {
  readonly onSelect: (node: EntryAddress) => void;
  /** Asks to keep showing this run when others come, or no more. */
  readonly onPin: (pinned: boolean) => void;
  /** Asks to show it beside another run of the workflow. */
  readonly onCompare: (runId: string) => void;
  readonly onClear: () => void;
}

export interface RunBar {
  readonly root: HTMLElement;
  update(moment: Moment | undefined, view: RunView | undefined, now: number, pinned: boolean): void;
}

export function createRunBar(events: RunBarEvents): RunBar {
  const root = element('div', { class: 'run-bar', attributes: { role: 'group', 'aria-label': 'Run' } });
  root.hidden = true;
  let shown = '';
  return {
    root,
    update(moment, view, now, pinned) {
      const signature =
        moment === undefined || view === undefined
          ? ''
          : JSON.stringify([
              pinned,
              moment.runId,
              runSentence(moment, now),
              moment.error?.message,
              moment.unmatched,
              [countText(view), view.attention, view.waiting.map(({ id }) => id)],
            ]);
      // The button under the pointer or the focus stays the same element while nothing changes.
      if (signature === shown) return;
      shown = signature;
      root.hidden = moment === undefined;
      if (moment !== undefined && view !== undefined) drawRun(root, { moment, view, now, pinned }, events);
      else replaceChildren(root);
    },
  };
}

interface ShownRun {
  readonly moment: Moment;
  readonly view: RunView;
  readonly now: number;
  readonly pinned: boolean;
}

function drawRun(root: HTMLElement, { moment, view, now, pinned }: ShownRun, events: RunBarEvents): void {
  root.className = `run-bar ${moment.status}`;
  const { unmatched } = moment;
  replaceChildren(
    root,
    element('span', { class: `mark status ${moment.status}` }, icon(moment.status)),
    element('span', { class: 'sentence' }, runSentence(moment, now)),
    element('span', { class: 'count' }, countText(view)),
    element(
      'span',
      { class: 'run-texts' },
      moment.error !== undefined &&
        element('span', { class: 'error-text', title: moment.error.message }, moment.error.message),
      unmatched.length > 0 &&
        element('span', { class: 'unmatched', title: unmatched.join('\n') }, unmatchedText(unmatched)),
    ),
    element(
      'span',
      { class: 'run-actions' },
      ...(view.waiting.length > 1 ? waitingSteps(view, events) : [attentionButton(moment, view, events)]),
      iconButton('compare', 'Compare with another run…', () => events.onCompare(moment.runId)),
      pinButton(pinned, events),
      moment.status !== 'running' && iconButton('close', 'Clear the run from the drawing', events.onClear),
    ),
  );
}

/** `6 of 8 steps, 1 skipped`: together all that the workflow has. */
function countText({ completed, total, skipped }: RunView): string {
  return `${completed} of ${countLabel(total, 'step')}${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

function pinButton(pinned: boolean, events: RunBarEvents): HTMLElement {
  const label = pinned
    ? 'Let the next run of the workflow take this one’s place'
    : 'Keep this run here when others come';
  const button = iconButton('pin', label, () => events.onPin(!pinned));
  setAttributes(button, { 'aria-pressed': String(pinned) });
  return button;
}

function attentionButton({ status }: Moment, { attention }: RunView, events: RunBarEvents): Child {
  if (attention === undefined) return undefined;
  const label = status === 'suspended' ? 'Show the suspended step' : 'Show the failed step';
  return element('button', { class: 'button link', on: { click: () => events.onSelect(attention) } }, label);
}

const maxWaiting = 4;

/** Each of the steps that wait, by its name: a person answers them in any order. */
function waitingSteps({ waiting }: RunView, events: RunBarEvents): readonly Child[] {
  const more = waiting.length - maxWaiting;
  return [
    element('span', { class: 'waiting-label' }, 'Waiting:'),
    ...waiting
      .slice(0, maxWaiting)
      .map(({ id, title }) =>
        element(
          'button',
          { class: 'button link', title: `Show what ${title} waits for`, on: { click: () => events.onSelect(id) } },
          title,
        ),
      ),
    more > 0 && element('span', {}, `and ${more} more`),
  ];
}

function unmatchedText(steps: readonly string[]): string {
  const named = steps.slice(0, 3).join(', ');
  return `Not in the drawing: ${named}${steps.length > 3 ? ` and ${steps.length - 3} more` : ''}`;
}
