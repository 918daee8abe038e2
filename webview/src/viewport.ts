/** Zooming and panning. The browser scrolls, so wheel, touch pad, scroll bars and keyboard behave as everywhere. */
import { element } from './dom.ts';

export interface ViewportPosition {
  readonly zoom: number;
  readonly scrollX: number;
  readonly scrollY: number;
}

export interface Viewport {
  readonly root: HTMLElement;
  /** Draw into this; its coordinates are those of the graph. */
  readonly canvas: HTMLElement;
  position(): ViewportPosition;
  restore(position: ViewportPosition): void;
  resize(width: number, height: number): void;
  zoomBy(factor: number): void;
  zoomTo(zoom: number): void;
  /** All of the drawing at once; `readable` stops where text could not be read any more. */
  fit(mode: 'whole' | 'readable'): void;
  /** Scrolls as little as needed to see the rectangle. */
  reveal(rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }): void;
  /** Scrolls by a distance in graph coordinates, without animation. */
  shift(x: number, y: number): void;
}

const minimumZoom = 0.1;
const maximumZoom = 3;
const readableZoom = 0.6;
const revealMargin = 24;

export function createViewport(onChange: () => void): Viewport {
  const canvas = element('div', { class: 'canvas' });
  const space = element('div', { class: 'space' }, canvas);
  // Cut, copy and paste are nothing for a drawing.
  const context = JSON.stringify({ preventDefaultContextMenuItems: true });
  const root = element('div', { class: 'viewport', attributes: { 'data-vscode-context': context } }, space);
  let zoom = 1;
  let width = 0;
  let height = 0;

  const apply = () => {
    space.style.width = `${Math.ceil(width * zoom)}px`;
    space.style.height = `${Math.ceil(height * zoom)}px`;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.style.transform = `scale(${zoom})`;
  };

  /** Changes the zoom so that the point of the drawing under (clientX, clientY) stays there. */
  const zoomAround = (wanted: number, clientX: number, clientY: number) => {
    const next = Math.min(maximumZoom, Math.max(minimumZoom, wanted));
    const before = space.getBoundingClientRect();
    const x = (clientX - before.left) / zoom;
    const y = (clientY - before.top) / zoom;
    zoom = next;
    apply();
    const after = space.getBoundingClientRect();
    root.scrollLeft += after.left + x * zoom - clientX;
    root.scrollTop += after.top + y * zoom - clientY;
    onChange();
  };

  const zoomTo = (wanted: number) => {
    const { left, top } = root.getBoundingClientRect();
    zoomAround(wanted, left + root.clientWidth / 2, top + root.clientHeight / 2);
  };

  root.addEventListener(
    'wheel',
    (event) => {
      // Pinching on a touch pad arrives as a wheel with the control key.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomAround(zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    },
    { passive: false },
  );
  root.addEventListener('scroll', onChange, { passive: true });
  panByDragging(root);

  return {
    root,
    canvas,
    position: () => ({ zoom, scrollX: root.scrollLeft, scrollY: root.scrollTop }),
    restore(position) {
      zoom = Math.min(maximumZoom, Math.max(minimumZoom, position.zoom));
      apply();
      root.scrollTo({ left: position.scrollX, top: position.scrollY, behavior: 'instant' });
    },
    resize(newWidth, newHeight) {
      width = newWidth;
      height = newHeight;
      apply();
    },
    zoomBy: (factor) => zoomTo(zoom * factor),
    zoomTo,
    fit(mode) {
      if (width === 0 || height === 0) return;
      const across = root.clientWidth / width;
      const wanted = mode === 'whole' ? Math.min(across, root.clientHeight / height) : Math.max(across, readableZoom);
      zoom = Math.min(1, Math.max(minimumZoom, wanted));
      apply();
      root.scrollTo({ left: (space.offsetWidth - root.clientWidth) / 2, top: 0, behavior: 'instant' });
      onChange();
    },
    reveal(rectangle) {
      const { left, top } = space.getBoundingClientRect();
      const outer = root.getBoundingClientRect();
      const x = left - outer.left + rectangle.x * zoom;
      const y = top - outer.top + rectangle.y * zoom;
      root.scrollBy({
        left: overlap(x, rectangle.width * zoom, root.clientWidth),
        top: overlap(y, rectangle.height * zoom, root.clientHeight),
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth',
      });
    },
    shift(x, y) {
      root.scrollLeft += x * zoom;
      root.scrollTop += y * zoom;
    },
  };
}

/** How far to scroll so that [start, start + length] lies in [0, room]; the start wins where both do not fit. */
function overlap(start: number, length: number, room: number): number {
  if (start < revealMargin) return start - revealMargin;
  const over = start + length + revealMargin - room;
  return over > 0 ? Math.min(over, start - revealMargin) : 0;
}

/** A press that moves is a pan; one that does not stays a click for what is under it. */
function panByDragging(root: HTMLElement): void {
  const threshold = 4;
  root.addEventListener('pointerdown', (down) => {
    if ((down.button !== 0 && down.button !== 1) || down.pointerType === 'touch') return;
    // Presses on the scroll bars belong to the browser.
    const { left, top } = root.getBoundingClientRect();
    if (down.clientX - left > root.clientWidth || down.clientY - top > root.clientHeight) return;
    if (down.button === 1) down.preventDefault();
    const start = { x: down.clientX, y: down.clientY, left: root.scrollLeft, top: root.scrollTop };
    let panning = false;
    const ended = new AbortController();
    const { signal } = ended;
    root.addEventListener(
      'pointermove',
      (move) => {
        const dx = move.clientX - start.x;
        const dy = move.clientY - start.y;
        if (!panning && Math.hypot(dx, dy) < threshold) return;
        if (!panning) {
          panning = true;
          root.setPointerCapture(down.pointerId);
          root.classList.add('panning');
        }
        root.scrollTo({ left: start.left - dx, top: start.top - dy, behavior: 'instant' });
      },
      { signal },
    );
    const end = () => {
      ended.abort();
      root.classList.remove('panning');
      if (panning) {
        // The click that follows a pan is not meant for what happens to be under the pointer.
        root.addEventListener('click', (click) => click.stopPropagation(), { capture: true, once: true });
        setTimeout(() => root.dispatchEvent(new MouseEvent('click', { bubbles: false })));
      }
    };
    root.addEventListener('pointerup', end, { signal });
    root.addEventListener('pointercancel', end, { signal });
  });
}
