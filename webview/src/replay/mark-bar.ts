/** A moment that was marked, and what has changed between it and the one that is shown. */
import type { EntryAddress } from '../../../common/model/address.ts';
import { momentChanges } from '../../../common/replay/moment-changes.ts';
import type { NodeChange } from '../../../common/replay/moment-changes.ts';
import type { Moment, NodeRun } from '../../../common/replay/moment.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import { icon } from '../icons.ts';
import { iconButton } from '../toolbar.ts';
import { countLabel, statusLabel } from '../words.ts';

export interface MarkBarEvents {
  /** Marks the moment that is shown. */
  readonly onMark: () => void;
  readonly onClear: () => void;
  /** Shows the marked moment. */
  readonly onReturn: () => void;
  readonly onSelect: (node: EntryAddress) => void;
}

export interface MarkBar {
  readonly root: HTMLElement;
  /** Marks the moment that is shown; stands in the time line. */
  readonly button: HTMLElement;
  /** `text` says what the marked event was; undefined moments for no mark. */
  update(
    marked: { readonly moment: Moment; readonly text: string } | undefined,
    shown: Moment | undefined,
    titleOf: (node: EntryAddress) => string | undefined,
  ): void;
}

/** Nodes that are named; the others are counted. */
const maxNamed = 8;

export function createMarkBar(events: MarkBarEvents): MarkBar {
  const button = iconButton('mark', 'Mark this moment, to see what changes after it', events.onMark);
  const root = element('div', { class: 'mark-bar', attributes: { role: 'group', 'aria-label': 'Marked moment' } });
  root.hidden = true;
  let drawn = '';
  return {
    root,
    button,
    update(marked, shown, titleOf) {
      setAttributes(button, { 'aria-pressed': String(marked !== undefined) });
      root.hidden = marked === undefined || shown === undefined;
      if (marked === undefined || shown === undefined) {
        drawn = '';
        return;
      }
      // In the order of time, whichever of the two was marked.
      const isLater = marked.moment.event > shown.event;
      const changes = isLater ? momentChanges(shown, marked.moment) : momentChanges(marked.moment, shown);
      // A box repeats what the steps in it say, and has no name of its own to go by.
      const named = changes.flatMap((change) => {
        const title = titleOf(change.node);
        return title === undefined ? [] : [{ change, title }];
      });
      const signature = JSON.stringify([
        marked.text,
        isLater,
        named.map(({ title, change }) => [title, changeText(change)]),
      ]);
      if (signature === drawn) return;
      drawn = signature;
      const isSame = marked.moment.event === shown.event;
      const sentence = isSame
        ? 'Move on to see what changes.'
        : named.length === 0
          ? 'No step has changed.'
          : `${countLabel(named.length, 'step')} changed ${isLater ? 'up to it' : 'since'}:`;
      replaceChildren(
        root,
        icon('mark', 'kind'),
        element('span', { class: 'mark-text', title: marked.text }, `Marked: ${marked.text}.`),
        element('span', {}, sentence),
        element(
          'span',
          { class: 'mark-changes' },
          ...named.slice(0, maxNamed).map(({ change, title }) =>
            element(
              'button',
              {
                class: 'button link',
                title: `${title}: ${changeText(change)}. Select to compare its values at the two moments`,
                on: { click: () => events.onSelect(change.node) },
              },
              title,
              element('span', { class: 'mark-what' }, changeText(change)),
            ),
          ),
          named.length > maxNamed && element('span', {}, `and ${named.length - maxNamed} more`),
        ),
        !isSame &&
          element('button', { class: 'button link', on: { click: events.onReturn } }, 'Show the marked moment'),
        iconButton('close', 'Remove the mark', events.onClear),
      );
    },
  };
}

/** `running → succeeded`, `output` */
function changeText({ before, after, parts }: NodeChange): string {
  if (parts.includes('status')) return `${stateText(before)} → ${stateText(after)}`;
  return parts.map((part) => (part === 'runs' ? 'ran again' : part)).join(', ');
}

function stateText(run: NodeRun | undefined): string {
  return run === undefined ? 'not reached' : statusLabel(run.status).toLowerCase();
}
