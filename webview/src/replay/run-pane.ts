/** What a run did in the selected node at the moment that is shown: which of the times it ran, how it went, what went in and came out. */
import type { ErrorReference, PayloadAnswer, PayloadReference, SmallEvent } from '../../../common/protocol/replay.ts';
import type { NodeRun } from '../../../common/replay/moment.ts';
import type { RunError } from '../../../common/runlog/events.ts';
import { bytesText } from '../data/kinds.ts';
import { createValueTree } from '../data/tree.ts';
import type { ValueTree } from '../data/tree.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import { icon } from '../icons.ts';
import { iconButton } from '../toolbar.ts';
import { durationLabel, runLine, statusLabel } from '../words.ts';
import { errorBlock } from './error-block.ts';
import type { WantedPayload } from './payloads.ts';
import { stateOf, targetText } from './targets.ts';
import type { Target, Targets } from './targets.ts';

export interface RunPaneView {
  /** Undefined for a node that was not reached. */
  readonly run: NodeRun | undefined;
  readonly targets: Targets;
  /** The one that is shown; undefined without any. */
  readonly target: Target | undefined;
  /** Number of the event after which the run is shown. */
  readonly shown: number;
  readonly events: readonly SmallEvent[];
  readonly payload: (wanted: WantedPayload) => PayloadAnswer | undefined;
  readonly now: number;
}

export interface RunPaneEvents {
  readonly onTarget: (target: Target) => void;
  readonly onCopy: (text: string, what: string) => void;
  readonly onOpenPayload: (reference: PayloadReference, title: string) => void;
}

export interface RunPane {
  readonly root: HTMLElement;
  update(view: RunPaneView): void;
}

/** Of what a step wrote the newest are shown. */
const maxSpoken = 20;

export function createRunPane(events: RunPaneEvents): RunPane {
  let view: RunPaneView | undefined;
  const status = element('p', { class: 'run-line' });
  const previous = iconButton('eventBack', 'Previous one', () => go(-1));
  const next = iconButton('eventForward', 'Next one', () => go(1));
  const which = element('span', { class: 'stepper-text', attributes: { role: 'status' } });
  const stepper = element(
    'div',
    { class: 'stepper', attributes: { role: 'group', 'aria-label': 'Times that this ran' } },
    previous,
    which,
    next,
  );
  const error = element('div', {});
  const doubt = element('p', { class: 'unknown' }, 'Several steps have this id: which of them ran cannot be told.');
  const suspended = createPayloadBlock('Suspended with', events);
  const input = createPayloadBlock('Input', events);
  const output = createPayloadBlock('Output', events);
  const spoken = element('div', { class: 'spoken' });
  const root = element(
    'section',
    { class: 'run-pane' },
    element('h3', {}, 'Run'),
    stepper,
    status,
    doubt,
    error,
    suspended.root,
    input.root,
    output.root,
    spoken,
  );
  let shownError = '';
  let shownSpoken = '';

  const go = (by: 1 | -1): void => {
    if (view?.target === undefined) return;
    const { targets, target } = view;
    const wanted = targets.at(targets.indexOf(target) + by);
    if (wanted !== undefined) events.onTarget(wanted);
  };

  const drawStepper = ({ targets, target }: RunPaneView): void => {
    const text = target === undefined ? undefined : targetText(target, targets.count);
    stepper.hidden = text === undefined;
    if (target === undefined || text === undefined) return;
    const index = targets.indexOf(target);
    if (which.textContent !== text) which.textContent = text;
    previous.disabled = index <= 0;
    next.disabled = index >= targets.count - 1;
  };

  const drawError = (reference: ErrorReference | undefined, payload: RunPaneView['payload']): void => {
    const answer =
      reference === undefined ? undefined : payload({ event: reference.event, item: undefined, part: 'error' });
    const full: RunError | undefined =
      answer?.kind === 'error' ? answer.error : reference && { ...reference, stack: undefined, cause: undefined };
    const signature = full === undefined ? '' : JSON.stringify(full);
    if (signature === shownError) return;
    shownError = signature;
    replaceChildren(error, full !== undefined && errorBlock(full, events.onCopy));
  };

  const drawSpoken = ({ target, shown, payload }: RunPaneView): void => {
    const all = target?.item === undefined ? (target?.occurrence.spoken.filter((number) => number <= shown) ?? []) : [];
    const lines = all.slice(-maxSpoken).map((event) => textOf(payload({ event, item: undefined, part: 'value' })));
    const signature = JSON.stringify([all.length, lines]);
    if (signature === shownSpoken) return;
    shownSpoken = signature;
    spoken.hidden = all.length === 0;
    replaceChildren(
      spoken,
      element(
        'h4',
        {},
        all.length > maxSpoken ? `Written and printed: the last ${maxSpoken} of ${all.length}` : 'Written and printed',
      ),
      element(
        'pre',
        { attributes: { tabindex: '0', role: 'group', 'aria-label': 'Written and printed' } },
        lines.join('\n'),
      ),
    );
  };

  return {
    root,
    update(wanted) {
      view = wanted;
      const { run, target, shown, now, payload } = wanted;
      const state = target === undefined ? undefined : stateOf(target, shown);
      drawStepper(wanted);
      drawStatus(status, run, state, wanted.targets.count > 1, now);
      doubt.hidden = run?.uncertain !== true;
      const values = state === undefined ? run : state.state;
      drawError(state?.kind === 'item' ? undefined : (state?.state ?? run)?.error, payload);
      suspended.update(state?.kind === 'item' ? undefined : (state?.state ?? run)?.suspendPayload, payload);
      input.update(values?.input, payload);
      output.update(values?.output, payload);
      drawSpoken(wanted);
    },
  };
}

function drawStatus(
  root: HTMLElement,
  run: NodeRun | undefined,
  state: ReturnType<typeof stateOf>,
  isOneOfMany: boolean,
  now: number,
): void {
  if (run === undefined) {
    root.className = 'run-line unknown';
    root.textContent = 'Not reached at this moment';
    return;
  }
  const shown = state?.state.status ?? run.status;
  const line = isOneOfMany && state !== undefined ? targetLine(state, now) : runLine(run, now);
  const signature = `${shown} ${line}`;
  if (root.dataset['shown'] === signature) return;
  root.dataset['shown'] = signature;
  root.className = `run-line status ${shown}`;
  replaceChildren(root, icon(shown), element('span', {}, line));
}

function targetLine(target: NonNullable<ReturnType<typeof stateOf>>, now: number): string {
  // When an item began is not told.
  if (target.kind === 'item') return statusLabel(target.state.status);
  const { status, startedAt, finishedAt } = target.state;
  const end = finishedAt ?? (status === 'running' || status === 'waiting' ? now : undefined);
  const took = startedAt === undefined || end === undefined ? undefined : durationLabel(Math.max(0, end - startedAt));
  return took === undefined ? statusLabel(status) : `${statusLabel(status)} · ${took}`;
}

interface PayloadBlock {
  readonly root: HTMLElement;
  update(reference: PayloadReference | undefined, payload: RunPaneView['payload']): void;
}

/** A value under a title: nothing where there is none, and the value before, pale, while the next is on its way. */
function createPayloadBlock(title: string, events: RunPaneEvents): PayloadBlock {
  const tree: ValueTree = createValueTree({ onCopy: events.onCopy });
  const note = element('p', { class: 'unknown payload-note' });
  const more = element('button', { class: 'button link' }, 'Open in an editor');
  let current: PayloadReference | undefined;
  more.addEventListener('click', () => {
    if (current !== undefined) events.onOpenPayload(current, title);
  });
  const root = element('div', { class: 'payload' }, tree.root, note, more);
  return {
    root,
    update(reference, payload) {
      current = reference;
      root.hidden = reference === undefined;
      if (reference === undefined) return;
      const answer = payload({ event: reference.event, item: reference.item, part: 'value' });
      setAttributes(root, { 'aria-busy': answer === undefined ? 'true' : undefined });
      if (answer === undefined) return;
      const text = noteOf(answer);
      note.hidden = text === undefined;
      note.textContent = text ?? '';
      more.hidden = !(answer.kind === 'value' && answer.cut);
      tree.update(answer.kind === 'value' ? answer.value : undefined, title);
    },
  };
}

function noteOf(answer: PayloadAnswer): string | undefined {
  if (answer.kind === 'gone') return 'This value is not there any more: another run has taken its place.';
  if (answer.kind === 'value' && answer.cut) return `The beginning of ${bytesText(answer.bytes)}.`;
  return undefined;
}

function textOf(answer: PayloadAnswer | undefined): string {
  switch (answer?.kind) {
    case 'console':
      return answer.text;
    case 'value':
      return typeof answer.value === 'string' ? answer.value : JSON.stringify(answer.value);
    case 'error':
      return `${answer.error.name}: ${answer.error.message}`;
    case 'gone':
    case undefined:
      return '…';
  }
}
