/** Comparing within one run: a value with another one, and a marked moment with the one that is shown. */
import type { EntryAddress } from '../../../common/model/address.ts';
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { PayloadAnswer, SmallEvent } from '../../../common/protocol/replay.ts';
import type { RunIndex } from '../../../common/replay/run-index.ts';
import { allValues, valuesOf, valuesOfRun } from './comparable.ts';
import type { ComparableValue } from './comparable.ts';
import { createCompareValues } from './compare-values.ts';
import { createMarkBar } from './mark-bar.ts';
import { nodesOf } from './model-nodes.ts';
import type { WantedPayload } from './payloads.ts';
import type { Target } from './targets.ts';
import { eventText } from './words.ts';

export interface ComparingEvents {
  readonly onCopy: (text: string, what: string) => void;
  readonly onSelect: (node: EntryAddress) => void;
  /** A moment was marked, or is no more. */
  readonly onChange: () => void;
  /** Asks for the moment after the event with this number. */
  readonly onSeek: (event: number) => void;
}

export interface ComparingView {
  readonly index: RunIndex;
  readonly model: GraphModel;
  readonly events: readonly SmallEvent[];
  /** Number of the event after which the run is shown. */
  readonly shown: number;
  readonly selected: EntryAddress | undefined;
  /** Which of the times that the selected node ran is looked at. */
  readonly target: Target | undefined;
  readonly payload: (wanted: WantedPayload) => PayloadAnswer | undefined;
}

export interface Comparing {
  /** In the time line: marks the moment that is shown. */
  readonly button: HTMLElement;
  /** Above the drawing, while a moment is marked. */
  readonly bar: HTMLElement;
  /** In the details of a node. */
  readonly values: HTMLElement;
  /** Undefined while no run is shown. */
  update(view: ComparingView | undefined): void;
  /** Another run is shown. */
  clear(): void;
}

export function createComparing(events: ComparingEvents): Comparing {
  let view: ComparingView | undefined;
  /** Number of the event after which the marked moment is. */
  let mark: number | undefined;

  const setMark = (event: number | undefined): void => {
    mark = event;
    events.onChange();
  };
  const values = createCompareValues(events.onCopy);
  const marks = createMarkBar({
    onMark: () => setMark(view?.shown),
    onClear: () => setMark(undefined),
    onReturn: () => mark !== undefined && events.onSeek(mark),
    onSelect(node) {
      events.onSelect(node);
      values.openWithMark();
    },
  });

  const drawMark = (): void => {
    const event = mark === undefined ? undefined : view?.events[mark];
    if (view === undefined || mark === undefined || event === undefined) {
      marks.update(undefined, undefined, () => undefined);
      return;
    }
    const { index, model, shown } = view;
    const nodes = nodesOf(model);
    marks.update({ moment: index.at(mark), text: eventText(event) }, index.at(shown), (address) => {
      const node = nodes.get(address);
      return node?.step === undefined || node.kind === 'foreach' ? undefined : node.title;
    });
  };

  const drawValues = ({ index, model, shown, selected, target, payload }: ComparingView): void => {
    const nodes = nodesOf(model);
    const titleOf = (node: EntryAddress | undefined, step: readonly string[]): string =>
      nodes.get(node ?? '')?.title ?? step.at(-1) ?? 'step';
    const marked = mark === undefined || mark === shown || selected === undefined ? undefined : index.at(mark);
    const at = (of: Target, node: EntryAddress | undefined): readonly ComparableValue[] =>
      valuesOf(of, titleOf(node, of.occurrence.group.step), shown);
    values.update({
      own: target === undefined ? [] : at(target, selected),
      at: (of) => at(of, of.occurrence.group.nodes[0]),
      all: () => allValues(index.occurrences.groups, titleOf, shown),
      marked: valuesOfRun(marked?.nodes.get(selected ?? ''), 'marked', 'At the marked moment'),
      payload,
    });
  };

  return {
    button: marks.button,
    bar: marks.root,
    values: values.root,
    update(next) {
      view = next;
      drawMark();
      if (view !== undefined) drawValues(view);
    },
    clear() {
      mark = undefined;
      values.close();
    },
  };
}
