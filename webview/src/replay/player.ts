/** Which moment of a run is shown, and how it goes on from there. Pure: time comes in as ticks. */
import { lastAtOrBefore } from '../../../common/replay/track.ts';

export interface Player {
  /** Number of the event after which the run is shown; `end` goes along with what comes. */
  readonly position: number | 'end';
  readonly playing: boolean;
  readonly speed: Speed;
  /** While playing: milliseconds of the run, or steps, that have been played. */
  readonly played: number;
}

/** Times as fast as it ran, or one step after the other at an even pace. */
export type Speed = number | 'steps';

export const speeds: readonly Speed[] = [0.5, 1, 2, 4, 8, 16, 'steps'];

export type PlayerAction =
  | { readonly type: 'seek'; readonly event: number }
  | { readonly type: 'seek-offset'; readonly offset: number }
  /** `by` is a direction; `unit` says whether every event counts or only those at which a step begins or ends. */
  | { readonly type: 'step'; readonly by: 1 | -1; readonly unit: 'event' | 'step' }
  | { readonly type: 'begin' }
  | { readonly type: 'end' }
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  | { readonly type: 'speed'; readonly speed: Speed }
  /** So many milliseconds went by on the clock on the wall. */
  | { readonly type: 'tick'; readonly milliseconds: number };

/** What the player needs to know of the run. */
export interface Playable {
  /** Number of the last event; -1 without events. */
  readonly last: number;
  readonly offsets: readonly number[];
  eventAt(offset: number): number;
  /** Numbers of the events at which a step begins or ends, rising. */
  readonly steps: readonly number[];
  /** True while more events may come. */
  readonly growing: boolean;
}

export const initialPlayer: Player = { position: 'end', playing: false, speed: 1, played: 0 };

/** A step at an even pace takes so long, in milliseconds. */
const stepPace = 160;
/** However many steps there are, playing them all takes no longer. */
const longestShow = 20_000;

/** The event after which the run is shown. */
export function shownEvent({ position }: Player, { last }: Playable): number {
  return position === 'end' ? last : Math.max(Math.min(0, last), Math.min(position, last));
}

export function play(player: Player, action: PlayerAction, run: Playable): Player {
  switch (action.type) {
    case 'seek':
      return at(player, action.event, run);
    case 'seek-offset': {
      const moved = at(player, run.eventAt(action.offset), run);
      return moved.speed === 'steps' ? moved : { ...moved, played: action.offset };
    }
    case 'step':
      return { ...at(player, stepped(shownEvent(player, run), action.by, action.unit, run), run), playing: false };
    case 'begin':
      return { ...at(player, 0, run), playing: false };
    case 'end':
      return { ...player, position: 'end', playing: false };
    case 'play': {
      if (run.last < 0) return player;
      const shown = shownEvent(player, run);
      return started({ ...player, playing: true, position: shown >= run.last ? 0 : shown }, run);
    }
    case 'pause':
      return { ...player, playing: false };
    case 'speed':
      return started({ ...player, speed: action.speed }, run);
    case 'tick':
      return player.playing ? ticked(player, action.milliseconds, run) : player;
  }
}

/** What is behind the last event follows what comes. Playing goes on from the new place. */
function at(player: Player, event: number, run: Playable): Player {
  const position = event >= run.last ? 'end' : Math.max(0, event);
  return started({ ...player, position, playing: player.playing && position !== 'end' }, run);
}

/** Puts what is played to where the run is shown. */
function started(player: Player, run: Playable): Player {
  const event = shownEvent(player, run);
  return { ...player, played: player.speed === 'steps' ? stepsBy(event, run) : (run.offsets[event] ?? 0) };
}

function ticked(player: Player, milliseconds: number, run: Playable): Player {
  const { speed } = player;
  const played = player.played + (speed === 'steps' ? milliseconds / paceOf(run) : milliseconds * speed);
  const event = speed === 'steps' ? (run.steps[Math.floor(played)] ?? run.last) : run.eventAt(played);
  const over = speed === 'steps' ? played >= run.steps.length : event >= run.last;
  if (over) return { ...player, position: 'end', playing: false, played };
  return { ...player, position: Math.max(event, 0), played };
}

function paceOf({ steps }: Playable): number {
  return Math.min(stepPace, longestShow / Math.max(1, steps.length));
}

/** Index of the last step that has happened by then. */
function stepsBy(event: number, { steps }: Playable): number {
  return Math.max(0, lastAtOrBefore(steps, event));
}

function stepped(event: number, by: 1 | -1, unit: 'event' | 'step', { last, steps }: Playable): number {
  if (unit === 'event') return event + by;
  if (by === 1) return steps[lastAtOrBefore(steps, event) + 1] ?? last;
  return steps[lastAtOrBefore(steps, event - 1)] ?? 0;
}
