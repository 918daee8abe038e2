/** The room under the drawing: the time line, and below it the step list, which is as high as its rows need, up to a height. */
import { element, setAttributes } from '../dom.ts';

export interface Dock {
  readonly root: HTMLElement;
  setListed(listed: boolean): void;
  /** Pixels that the list may take, where that was chosen. */
  chosen(): number | undefined;
}

/** Pixels: three rows. */
const least = 60;
/** A row. */
const step = 20;
/** Of the height of the panel, whatever was chosen: the drawing keeps the rest. */
const mostOfPanel = 0.6;

/** `before` is the height that was chosen before, in pixels. */
export function createDock(
  timeline: HTMLElement,
  list: HTMLElement,
  before: number | undefined,
  onChosen: () => void,
): Dock {
  const handle = element('div', {
    class: 'dock-handle',
    title: 'Drag to change the height of the list of steps',
    attributes: {
      role: 'separator',
      tabindex: '0',
      'aria-orientation': 'horizontal',
      'aria-label': 'Height of the list of steps',
      'aria-valuemin': String(least),
    },
  });
  const root = element('footer', { class: 'dock' }, handle, timeline, list);
  root.hidden = true;

  const most = (): number => Math.max(least, Math.round(document.body.clientHeight * mostOfPanel));
  const tell = (): void => {
    setAttributes(handle, { 'aria-valuenow': String(list.offsetHeight), 'aria-valuemax': String(most()) });
  };
  /** Few rows take less than that. Without it replay.css says how much. */
  const limit = (height: number): void => root.style.setProperty('--chosen-height', `${height}px`);
  let chosen = before;
  if (chosen !== undefined) limit(chosen);
  const choose = (wanted: number): void => {
    chosen = Math.min(most(), Math.max(least, Math.round(wanted)));
    limit(chosen);
    tell();
    onChosen();
  };
  new ResizeObserver(tell).observe(list);

  handle.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    handle.setPointerCapture(down.pointerId);
    const start = { y: down.clientY, height: list.offsetHeight };
    const ended = new AbortController();
    const { signal } = ended;
    handle.addEventListener('pointermove', (move) => choose(start.height + start.y - move.clientY), { signal });
    handle.addEventListener('pointerup', () => ended.abort(), { signal });
    handle.addEventListener('pointercancel', () => ended.abort(), { signal });
  });
  handle.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    choose(list.offsetHeight + (event.key === 'ArrowUp' ? step : -step));
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    root,
    chosen: () => chosen,
    setListed(listed) {
      list.hidden = !listed;
      handle.hidden = !listed;
    },
  };
}
