/** In the details of a node: one of its values beside another value of the run, of another step, another time, or another moment. */
import type { Json } from '../../../common/runlog/events.ts';
import type { PayloadAnswer } from '../../../common/protocol/replay.ts';
import { createDiffView } from '../data/diff-view.ts';
import { element, replaceChildren } from '../dom.ts';
import { icon } from '../icons.ts';
import { iconButton } from '../toolbar.ts';
import { findValues, labelOf, timeBefore } from './comparable.ts';
import type { ComparableValue } from './comparable.ts';
import type { WantedPayload } from './payloads.ts';
import type { Target } from './targets.ts';
import { createValueChoice } from './value-choice.ts';

export interface CompareValuesView {
  /** Of the time that is shown. */
  readonly own: readonly ComparableValue[];
  /** Of the whole run; each is made when it is asked for, for there can be very many. */
  readonly all: () => Iterable<ComparableValue>;
  /** Of one time that a step ran. */
  readonly at: (target: Target) => readonly ComparableValue[];
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
  let otherChosen: ComparableValue | undefined;
  let offered = '';

  const open = element(
    'button',
    { class: 'button link compare-open', title: 'Compare a value of this step with another one', on: { click: start } },
    icon('compare'),
    element('span', {}, 'Compare with…'),
  );
  const own = element('select', { class: 'speed', attributes: { 'aria-label': 'Value of this step' } });
  const other = createValueChoice({
    find: (query) => findValues(candidates(), query),
    onChoose(value) {
      otherChosen = value;
      draw();
    },
  });
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
      other.root,
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

  function start(): void {
    isOpen = true;
    draw();
    own.focus();
  }

  function stop(): void {
    isOpen = false;
    otherChosen = undefined;
    draw();
    open.focus();
  }

  function mine(): ComparableValue | undefined {
    const values = view?.own ?? [];
    return values.find(({ what }) => what === ownWhat) ?? values.find(({ what }) => what === 'Output') ?? values[0];
  }

  /** What one most likely looks for comes first. */
  function* candidates(): Generator<ComparableValue, void> {
    const skipped = new Set([mine()?.id]);
    for (const value of [...(view?.marked ?? []), ...(view?.own ?? [])]) {
      if (!skipped.has(value.id)) yield value;
      skipped.add(value.id);
    }
    for (const value of view?.all() ?? []) if (!skipped.has(value.id)) yield value;
  }

  /** The chosen one as it is at the moment that is shown; without one what one most likely wants to know. */
  function theirsFor(
    value: ComparableValue,
    { own: values, marked, at }: CompareValuesView,
  ): ComparableValue | undefined {
    const known = otherChosen?.target === undefined ? marked : at(otherChosen.target);
    const again = known.find(({ id }) => id === otherChosen?.id && id !== value.id);
    if (again !== undefined) return again;
    // What the step made of its input, else how it was the time before.
    const counterpart = values.find(({ id }) => id !== value.id);
    if (counterpart !== undefined) return counterpart;
    const before = value.target && timeBefore(value.target);
    const then = before && at(before).find(({ what }) => what === value.what);
    return then ?? candidates().next().value ?? undefined;
  }

  function draw(): void {
    if (view === undefined) return;
    const ours = mine();
    root.hidden = ours === undefined;
    open.hidden = isOpen;
    body.hidden = !isOpen;
    if (!isOpen || ours === undefined) {
      other.close();
      difference.clear();
      return;
    }
    const theirs = theirsFor(ours, view);
    offer(view.own.map(({ what }) => what));
    own.value = ours.what;
    other.update(theirs);
    if (theirs === undefined) {
      note.hidden = false;
      note.textContent = 'There is no other value in this run yet.';
      difference.root.hidden = true;
      difference.clear();
      return;
    }
    const [before, after] = [valueOf(theirs), valueOf(ours)];
    const isComing = before === undefined || after === undefined;
    note.hidden = !isComing;
    note.textContent = 'Reading the values…';
    difference.root.hidden = isComing;
    if (isComing) {
      difference.clear();
      return;
    }
    difference.update({
      title: ours.what,
      before: { label: labelOf(theirs), value: before.value },
      after: { label: labelOf(ours), value: after.value },
    });
  }

  /** The list is made anew only when it offers something else. */
  function offer(names: readonly string[]): void {
    const signature = JSON.stringify(names);
    if (signature === offered) return;
    offered = signature;
    replaceChildren(own, ...names.map((what) => element('option', { attributes: { value: what } }, what)));
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
      const names = view?.own.map(({ what }) => what) ?? [];
      const both = view?.marked.filter(({ what }) => names.includes(what)) ?? [];
      const theirs = both.find(({ what }) => what === 'Output') ?? both[0];
      ownWhat = theirs?.what;
      otherChosen = theirs;
      draw();
    },
    close() {
      isOpen = false;
      otherChosen = undefined;
      other.close();
      difference.clear();
    },
  };
}
