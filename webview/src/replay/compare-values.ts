/** In the details of a node: one of its values beside another value of the run, of another step, another time, or another moment. */
import type { Json } from '../../../common/runlog/events.ts';
import type { PayloadAnswer } from '../../../common/protocol/replay.ts';
import { createDiffView } from '../data/diff-view.ts';
import { element, replaceChildren } from '../dom.ts';
import { icon } from '../icons.ts';
import { iconButton } from '../toolbar.ts';
import { maxComparable } from './comparable.ts';
import type { ComparableValue } from './comparable.ts';
import type { WantedPayload } from './payloads.ts';

export interface CompareValuesView {
  /** Of the time that is shown. */
  readonly own: readonly ComparableValue[];
  /** Made when it is needed: a run has many. */
  readonly others: () => readonly ComparableValue[];
  /** Of the same node at the marked moment. */
  readonly marked: readonly ComparableValue[];
  readonly payload: (wanted: WantedPayload) => PayloadAnswer | undefined;
}

export interface CompareValues {
  readonly root: HTMLElement;
  update(view: CompareValuesView): void;
  /** Opens it, with what the node had at the marked moment. */
  openWithMark(): void;
  /** Another run is shown. */
  close(): void;
}

export function createCompareValues(onCopy: (text: string, what: string) => void): CompareValues {
  let view: CompareValuesView | undefined;
  let isOpen = false;
  let ownWhat: string | undefined;
  let otherId: string | undefined;
  let offered = '';

  const open = element(
    'button',
    { class: 'button link compare-open', title: 'Compare a value of this step with another one', on: { click: start } },
    icon('compare'),
    element('span', {}, 'Compare with…'),
  );
  const own = element('select', { class: 'speed', attributes: { 'aria-label': 'Value of this step' } });
  const other = element('select', { class: 'speed other', attributes: { 'aria-label': 'Compared with' } });
  const note = element('p', { class: 'unknown' });
  const difference = createDiffView({ onCopy });
  const body = element(
    'div',
    { class: 'compare-values' },
    element(
      'div',
      { class: 'compare-choice' },
      own,
      element('span', {}, 'against'),
      other,
      iconButton('close', 'Close the comparison', stop),
    ),
    note,
    difference.root,
  );
  const root = element('div', { class: 'compare-block' }, open, body);

  own.addEventListener('change', () => {
    ownWhat = own.value;
    draw();
  });
  other.addEventListener('change', () => {
    otherId = other.value;
    draw();
  });

  function start(): void {
    isOpen = true;
    draw();
    own.focus();
  }

  function stop(): void {
    isOpen = false;
    otherId = undefined;
    draw();
    open.focus();
  }

  function draw(): void {
    if (view === undefined) return;
    const mine =
      view.own.find(({ what }) => what === ownWhat) ?? view.own.find(({ what }) => what === 'Output') ?? view.own[0];
    root.hidden = mine === undefined;
    open.hidden = isOpen;
    body.hidden = !isOpen;
    if (!isOpen || mine === undefined) {
      difference.clear();
      return;
    }
    const all = view.others();
    const candidates = [...view.marked, ...all].filter(({ id }) => id !== mine.id);
    const theirs = candidates.find(({ id }) => id === otherId) ?? usual(mine, candidates, view.own);
    offer(mine, theirs, candidates, all.length >= maxComparable);
    if (theirs === undefined) {
      note.hidden = false;
      note.textContent = 'There is no other value in this run yet.';
      difference.root.hidden = true;
      difference.clear();
      return;
    }
    const [before, after] = [valueOf(theirs), valueOf(mine)];
    const isComing = before === undefined || after === undefined;
    note.hidden = !isComing;
    note.textContent = 'Reading the values…';
    difference.root.hidden = isComing;
    if (isComing) {
      difference.clear();
      return;
    }
    difference.update({
      title: mine.what,
      before: { label: labelOf(theirs), value: before.value },
      after: { label: labelOf(mine), value: after.value },
    });
  }

  /** The lists are made anew only when they offer something else. */
  function offer(
    mine: ComparableValue,
    theirs: ComparableValue | undefined,
    candidates: readonly ComparableValue[],
    isCut: boolean,
  ): void {
    const signature = JSON.stringify([view?.own.map(({ what }) => what), mine.id, candidates.map(({ id }) => id)]);
    if (signature !== offered) {
      offered = signature;
      replaceChildren(own, ...(view?.own ?? []).map(({ what }) => option(what, what)));
      const groups = new Map<string, ComparableValue[]>();
      for (const candidate of candidates) {
        const known = groups.get(candidate.of);
        if (known === undefined) groups.set(candidate.of, [candidate]);
        else known.push(candidate);
      }
      replaceChildren(
        other,
        ...[...groups].map(([label, values]) =>
          element('optgroup', { attributes: { label } }, ...values.map((value) => option(value.id, labelOf(value)))),
        ),
        isCut && element('option', { attributes: { disabled: '' } }, `Only the first ${maxComparable} are listed`),
      );
    }
    own.value = mine.what;
    if (theirs !== undefined) other.value = theirs.id;
  }

  /** Undefined while it is on its way. */
  function valueOf({ reference }: ComparableValue): { readonly value: Json | undefined } | undefined {
    const answer = view?.payload({ event: reference.event, item: reference.item, part: 'value' });
    if (answer === undefined) return undefined;
    return { value: answer.kind === 'value' ? answer.value : undefined };
  }

  return {
    root,
    update(next) {
      view = next;
      draw();
    },
    openWithMark() {
      isOpen = true;
      const own = view?.own.map(({ what }) => what) ?? [];
      const both = view?.marked.filter(({ what }) => own.includes(what)) ?? [];
      const theirs = both.find(({ what }) => what === 'Output') ?? both[0];
      ownWhat = theirs?.what;
      otherId = theirs?.id;
      draw();
    },
    close() {
      isOpen = false;
      otherId = undefined;
      offered = '';
    },
  };
}

function option(value: string, label: string): HTMLElement {
  return element('option', { attributes: { value } }, label);
}

function labelOf({ of, what }: ComparableValue): string {
  return `${of}: ${what}`;
}

/** What one most likely wants to know: what the step made of its input, else how it was the time before. */
function usual(
  mine: ComparableValue,
  candidates: readonly ComparableValue[],
  own: readonly ComparableValue[],
): ComparableValue | undefined {
  const counterpart = own.find(({ id }) => id !== mine.id);
  return (
    candidates.find(({ id }) => id === counterpart?.id) ??
    candidates.findLast(({ what }) => what === mine.what) ??
    candidates[0]
  );
}
