/** The time line of a run: what happened when, which moment is shown, and the buttons that go on from there. */
import type { Axis } from '../../../common/replay/axis.ts';
import type { SmallEvent } from '../../../common/protocol/replay.ts';
import { element, replaceChildren, setAttributes } from '../dom.ts';
import { icon } from '../icons.ts';
import { iconButton } from '../toolbar.ts';
import { speeds } from './player.ts';
import type { Player, PlayerAction, Speed } from './player.ts';
import { createTrackCanvas } from './track-canvas.ts';
import { clockText, eventText, speedText } from './words.ts';

export interface TimelineView {
  readonly events: readonly SmallEvent[];
  readonly axis: Pick<Axis, 'offsets' | 'eventAt'>;
  /** Milliseconds that the line stands for. */
  readonly length: number;
  /** Milliseconds on the line to the moment that is shown: all of it while the run is followed. */
  readonly offset: number;
  readonly player: Player;
  /** Number of the event after which the run is shown; -1 without events. */
  readonly shown: number;
  /** More may come. */
  readonly growing: boolean;
  /** The step list below is open. */
  readonly listed: boolean;
}

export interface TimelineEvents {
  readonly onPlayer: (action: PlayerAction) => void;
  readonly onList: () => void;
}

export interface Timeline {
  readonly root: HTMLElement;
  update(view: TimelineView): void;
  /** Draws the line in the colours of another theme. */
  repaint(): void;
}

/** `mark` stands beside the moment: a button for it. */
export function createTimeline(mark: HTMLElement, { onPlayer, onList }: TimelineEvents): Timeline {
  let view: TimelineView | undefined;
  const canvas = createTrackCanvas();
  const head = element('div', { class: 'playhead', attributes: { 'aria-hidden': 'true' } });
  const hint = element('div', { class: 'track-hint', attributes: { 'aria-hidden': 'true' } });
  hint.hidden = true;
  const track = element(
    'div',
    {
      class: 'track',
      attributes: {
        role: 'slider',
        tabindex: '0',
        'aria-label': 'Moment of the run',
        'aria-valuemin': '0',
        'aria-orientation': 'horizontal',
      },
    },
    canvas.root,
    head,
    hint,
  );
  const buttons = {
    stepBack: iconButton('stepBack', 'Previous step (Page Up)', () => step(-1, 'step')),
    eventBack: iconButton('eventBack', 'Previous event (Left)', () => step(-1, 'event')),
    play: iconButton('run', 'Play', () => toggle()),
    eventForward: iconButton('eventForward', 'Next event (Right)', () => step(1, 'event')),
    stepForward: iconButton('stepForward', 'Next step (Page Down)', () => step(1, 'step')),
  };
  const speed = element(
    'select',
    { class: 'speed', title: 'Speed of playing', attributes: { 'aria-label': 'Speed of playing' } },
    ...speeds.map((each) => element('option', { attributes: { value: String(each) } }, speedText(each))),
  );
  const time = element('span', { class: 'moment-time' });
  const number = element('span', { class: 'moment-event' });
  const live = element(
    'button',
    { class: 'button live', on: { click: () => onPlayer({ type: 'end' }) } },
    element('span', { class: 'live-dot', attributes: { 'aria-hidden': 'true' } }),
    'Live',
  );
  const list = element('button', { class: 'button icon-button list-toggle', on: { click: onList } }, icon('waterfall'));
  const root = element(
    'div',
    { class: 'timeline', attributes: { role: 'group', 'aria-label': 'Time line of the run' } },
    element(
      'div',
      { class: 'timeline-controls' },
      ...Object.values(buttons),
      speed,
      element('span', { class: 'stretch' }),
    ),
    track,
    element('div', { class: 'timeline-end' }, element('span', { class: 'moment' }, time, number), mark, live, list),
  );

  const step = (by: 1 | -1, unit: 'event' | 'step'): void => onPlayer({ type: 'step', by, unit });
  const toggle = (): void => onPlayer({ type: view?.player.playing === true ? 'pause' : 'play' });
  speed.addEventListener('change', () => onPlayer({ type: 'speed', speed: speedOf(speed.value) }));

  const offsetAt = (clientX: number): number => {
    const { left, width } = track.getBoundingClientRect();
    return width === 0 ? 0 : Math.min(1, Math.max(0, (clientX - left) / width)) * (view?.length ?? 0);
  };
  const scrub = (event: PointerEvent): void => onPlayer({ type: 'seek-offset', offset: offsetAt(event.clientX) });
  track.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    track.setPointerCapture(event.pointerId);
    scrub(event);
  });
  track.addEventListener('pointermove', (event) => {
    if (track.hasPointerCapture(event.pointerId)) scrub(event);
    showHint(event.clientX);
  });
  track.addEventListener('pointerleave', () => {
    hint.hidden = true;
  });
  track.addEventListener('keydown', (event) => {
    const action = keyAction(event);
    if (action === undefined && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    if (action === undefined) toggle();
    else onPlayer(action);
  });

  const showHint = (clientX: number): void => {
    if (view === undefined) return;
    const offset = offsetAt(clientX);
    const event = view.events[view.axis.eventAt(offset)];
    hint.hidden = event === undefined;
    if (event === undefined) return;
    hint.textContent = `${clockText(offset)} · ${eventText(event)}`;
    const { left, width } = track.getBoundingClientRect();
    const room = hint.offsetWidth;
    hint.style.left = `${Math.min(Math.max(0, clientX - left - room / 2), Math.max(0, width - room))}px`;
  };

  return {
    root,
    repaint: () => canvas.repaint(),
    update(next) {
      view = next;
      const { events, axis, length, offset, player, shown, growing } = next;
      const last = events.length - 1;
      canvas.update(events, axis.offsets, length);
      head.style.left = `${length === 0 ? 100 : (offset / length) * 100}%`;
      const event = events[shown];
      setAttributes(track, {
        'aria-valuemax': String(Math.max(0, last)),
        'aria-valuenow': String(Math.max(0, shown)),
        'aria-valuetext':
          event === undefined
            ? 'No event yet'
            : `${clockText(offset)}, event ${shown + 1} of ${events.length}: ${eventText(event)}`,
      });
      time.textContent = offset === length ? clockText(length) : `${clockText(offset)} of ${clockText(length)}`;
      time.title = time.textContent;
      number.textContent = `Event ${shown + 1} of ${events.length}`;
      number.title = event === undefined ? '' : eventText(event);
      showPlaying(buttons.play, player.playing);
      speed.value = String(player.speed);
      buttons.stepBack.disabled = shown <= 0;
      buttons.eventBack.disabled = shown <= 0;
      buttons.stepForward.disabled = shown >= last;
      buttons.eventForward.disabled = shown >= last;
      live.hidden = !growing;
      live.className = `button live${player.position === 'end' ? ' on' : ''}`;
      live.title = player.position === 'end' ? 'The run is shown as it goes on' : 'Go along with the run again';
      setAttributes(live, { 'aria-pressed': String(player.position === 'end') });
      const label = next.listed ? 'Hide the list of steps' : 'Show the list of steps';
      list.title = label;
      setAttributes(list, { 'aria-label': label, 'aria-expanded': String(next.listed) });
    },
  };
}

function showPlaying(button: HTMLButtonElement, playing: boolean): void {
  const label = playing ? 'Pause (Space)' : 'Play (Space)';
  if (button.title === label) return;
  button.title = label;
  setAttributes(button, { 'aria-label': playing ? 'Pause' : 'Play' });
  replaceChildren(button, icon(playing ? 'pause' : 'run'));
}

function speedOf(value: string): Speed {
  return speeds.find((speed) => String(speed) === value) ?? 1;
}

function keyAction({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): PlayerAction | undefined {
  if (altKey) return undefined;
  const unit = ctrlKey || metaKey || shiftKey ? 'step' : 'event';
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return { type: 'step', by: -1, unit };
    case 'ArrowRight':
    case 'ArrowUp':
      return { type: 'step', by: 1, unit };
    case 'PageUp':
      return { type: 'step', by: -1, unit: 'step' };
    case 'PageDown':
      return { type: 'step', by: 1, unit: 'step' };
    case 'Home':
      return { type: 'begin' };
    case 'End':
      return { type: 'end' };
    default:
      return undefined;
  }
}
