/** The room under the drawing: the time line, and below it the step list, whose height the author chooses. */
import { element, setAttributes } from '../dom.ts';

export interface Dock {
  readonly root: HTMLElement;
  setListed(listed: boolean): void;
}

const least = 60;
const atFirst = 180;
const step = 20;

export function createDock(timeline: HTMLElement, list: HTMLElement): Dock {
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
  let height = atFirst;
  let listed = true;

  /** The drawing keeps at least a third of the panel. */
  const most = (): number => Math.max(least, Math.round(document.body.clientHeight * 0.6));
  const apply = (): void => {
    list.hidden = !listed;
    handle.hidden = !listed;
    list.style.height = `${height}px`;
    setAttributes(handle, { 'aria-valuenow': String(height), 'aria-valuemax': String(most()) });
  };
  const resize = (wanted: number): void => {
    height = Math.min(most(), Math.max(least, Math.round(wanted)));
    apply();
  };

  handle.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    handle.setPointerCapture(down.pointerId);
    const start = { y: down.clientY, height: list.clientHeight };
    const ended = new AbortController();
    const { signal } = ended;
    handle.addEventListener('pointermove', (move) => resize(start.height + start.y - move.clientY), { signal });
    handle.addEventListener('pointerup', () => ended.abort(), { signal });
    handle.addEventListener('pointercancel', () => ended.abort(), { signal });
  });
  handle.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    resize(height + (event.key === 'ArrowUp' ? step : -step));
    event.preventDefault();
    event.stopPropagation();
  });

  apply();
  return {
    root,
    setListed(wanted) {
      if (wanted === listed) return;
      listed = wanted;
      apply();
    },
  };
}
