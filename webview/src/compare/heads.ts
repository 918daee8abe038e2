/** The two runs above the table: what they were, and what can be done with each. */
import type { ComparedRun, Comparison, RunSide } from '../../../common/protocol/compare.ts';
import { element, replaceChildren } from '../dom.ts';
import { icon } from '../icons.ts';
import type { IconName } from '../icons.ts';
import { iconButton } from '../toolbar.ts';
import { runText, timeLabel } from './words.ts';

export interface HeadsEvents {
  readonly onGraph: (side: RunSide) => void;
  readonly onChoose: (side: RunSide) => void;
  readonly onSwap: () => void;
}

export interface Heads {
  readonly root: HTMLElement;
  update(comparison: Comparison): void;
}

export function createHeads(events: HeadsEvents): Heads {
  const root = element('div', { class: 'compare-heads' });
  return {
    root,
    update({ left, right }) {
      replaceChildren(
        root,
        head(left, 'left', events),
        iconButton('mapping', 'Change sides', events.onSwap),
        head(right, 'right', events),
      );
    },
  };
}

function head(run: ComparedRun, side: RunSide, events: HeadsEvents): HTMLElement {
  const name = side === 'left' ? 'A' : 'B';
  const about = [
    timeLabel(run.startedAt),
    run.server,
    run.mastraVersion === undefined ? undefined : `Mastra ${run.mastraVersion}`,
    run.inputName === undefined ? undefined : `“${run.inputName}”`,
  ].filter((part) => part !== undefined);
  return element(
    'section',
    { class: `compare-head ${side}`, attributes: { 'aria-label': `Run ${name}` } },
    element('span', { class: `run-name ${side}`, attributes: { 'aria-hidden': 'true' } }, name),
    element(
      'div',
      { class: 'head-texts' },
      element(
        'div',
        { class: `head-status status ${run.status}` },
        icon(statusIcon(run.status)),
        element('span', { class: 'sentence' }, runText(run)),
      ),
      element('div', { class: 'head-about', title: about.join('\n') }, about.join(' · ')),
      run.error !== undefined &&
        element('div', { class: 'head-error', title: run.error }, run.error.split('\n')[0] ?? ''),
    ),
    element(
      'div',
      { class: 'head-actions' },
      textButton('Show on graph', `Show run ${name} on the graph`, () => events.onGraph(side)),
      textButton('Choose another…', `Compare with another run in place of run ${name}`, () => events.onChoose(side)),
    ),
  );
}

function textButton(label: string, title: string, onClick: () => void): HTMLElement {
  return element('button', { class: 'button link', title, on: { click: onClick } }, label);
}

/** The mark of a status; an interrupted run looks like one that was ended. */
export function statusIcon(status: ComparedRun['status'] | 'waiting'): IconName {
  return status === 'interrupted' ? 'canceled' : status;
}
