/**
 * Zooming and panning. The browser scrolls, so wheel, touch pad, scroll bars and keyboard behave as everywhere. The room to
 * scroll in grows where it must, so that any point of the drawing can be at any point of the screen: what is folded, or
 * zoomed around, stays under the pointer also at the drawing's end.
 */
import { element } from './dom.ts';
import type { Rectangle } from './rectangle.ts';

/** `scrollX` and `scrollY`: how far the drawing's origin lies to the left of and above the viewport's corner, in pixels. */
export interface ViewportPosition {
  readonly zoom: number;
  readonly scrollX: number;
  readonly scrollY: number;
}

/** Where the drawing is in the content that the browser scrolls, in pixels. */
export interface Frame {
  readonly zoom: number;
  /** Of the drawing's origin. */
  readonly left: number;
  readonly top: number;
  /** What the viewport shows of the content. */
  readonly scrollX: number;
  readonly scrollY: number;
  readonly width: number;
  readonly height: number;
  readonly spaceWidth: number;
  readonly spaceHeight: number;
}

export interface Viewport {
  readonly root: HTMLElement;
  /** Draw into this; its coordinates are those of the graph. */
  readonly canvas: HTMLElement;
  /** Holds the canvas and what else scrolls with it; its coordinates are pixels. */
  readonly space: HTMLElement;
  frame(): Frame;
  /** The point of the drawing that is shown at a point of the window. */
  pointAt(clientX: number, clientY: number): readonly [x: number, y: number];
  position(): ViewportPosition;
  /** The part of the drawing in sight, in graph coordinates; it may reach beyond the drawing. */
  sight(): Rectangle;
  restore(position: ViewportPosition): void;
  /** Takes the size of a new drawing, in which what shall stay in place has moved by (`dx`, `dy`). */
  resize(width: number, height: number, dx?: number, dy?: number): void;
  zoomIn(): void;
  zoomOut(): void;
  zoomTo(zoom: number): void;
  /** All of the drawing at once; `readable` stops where text could not be read any more. */
  fit(mode: 'whole' | 'readable'): void;
  /** Scrolls as little as needed to see the rectangle. */
  reveal(rectangle: Rectangle, options?: { readonly instant?: boolean }): void;
  /** Brings a point of the drawing to the middle, without animation. */
  centre(x: number, y: number): void;
}

const minimumZoom = 0.1;
const maximumZoom = 3;
const zoomStep = 1.2;
const readableZoom = 0.6;
const revealMargin = 24;
/** So much of the drawing stays in sight however far it is dragged. */
const dragMargin = 64;

export function createViewport(onChange: () => void): Viewport {
  const canvas = element('div', { class: 'canvas' });
  const space = element('div', { class: 'space' }, canvas);
  // Cut, copy and paste are nothing for a drawing.
  const context = JSON.stringify({ preventDefaultContextMenuItems: true });
  const root = element('div', { class: 'viewport', attributes: { 'data-vscode-context': context } }, space);
  let zoom = 1;
  let width = 0;
  let height = 0;
  /** Room to the left of and above the drawing. */
  let left = 0;
  let top = 0;
  let spaceWidth = 0;
  let spaceHeight = 0;
  /** True until the author moves or zooms: then a larger window shows it fitted again. */
  let fitted: 'whole' | 'readable' | undefined;
  let window = { width: innerWidth, height: innerHeight };

  /** The whole drawing can always be seen at once. */
  const within = (wanted: number): number =>
    Math.min(maximumZoom, Math.max(Math.min(minimumZoom, wholeZoom()), wanted));
  const wholeZoom = (): number => Math.min(root.clientWidth / width, (root.clientHeight - 2 * revealMargin) / height);

  const origin = (): readonly [x: number, y: number] => [left - root.scrollLeft, top - root.scrollTop];

  /** Puts the drawing's origin at a point of the viewport. */
  const moveTo = (x: number, y: number) => {
    left = Math.max(0, Math.round(x));
    top = Math.max(0, Math.round(y));
    const scrollX = left - Math.round(x);
    const scrollY = top - Math.round(y);
    spaceWidth = Math.max(Math.ceil(left + width * zoom), scrollX + root.clientWidth);
    spaceHeight = Math.max(Math.ceil(top + height * zoom), scrollY + root.clientHeight);
    space.style.width = `${spaceWidth}px`;
    space.style.height = `${spaceHeight}px`;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    canvas.style.transform = `translate(${left}px, ${top}px) scale(${zoom})`;
    root.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
    onChange();
  };

  /** Changes the zoom so that the point of the drawing under (clientX, clientY) stays there. */
  const zoomAround = (wanted: number, clientX: number, clientY: number) => {
    const outer = root.getBoundingClientRect();
    const [x, y] = [clientX - outer.left, clientY - outer.top];
    const [originX, originY] = origin();
    const next = within(wanted);
    const ratio = next / zoom;
    zoom = next;
    fitted = undefined;
    moveTo(x - (x - originX) * ratio, y - (y - originY) * ratio);
  };

  const zoomTo = (wanted: number) => {
    const outer = root.getBoundingClientRect();
    zoomAround(wanted, outer.left + root.clientWidth / 2, outer.top + root.clientHeight / 2);
  };

  const fit = (mode: 'whole' | 'readable') => {
    if (width === 0 || height === 0) return;
    const across = root.clientWidth / width;
    zoom = Math.min(1, mode === 'whole' ? wholeZoom() : Math.max(across, readableZoom));
    fitted = mode;
    // From the top where there is more than fits: a flow is read from its start.
    const below = mode === 'whole' && zoom < 1 ? Math.max(0, root.clientHeight - height * zoom) : 0;
    moveTo((root.clientWidth - width * zoom) / 2, below / 2);
  };

  root.addEventListener(
    'wheel',
    (event) => {
      // Pinching on a touch pad arrives as a wheel with the control key.
      if (!event.ctrlKey && !event.metaKey) {
        fitted = undefined;
        return;
      }
      event.preventDefault();
      zoomAround(zoom * Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
    },
    { passive: false },
  );
  root.addEventListener('scroll', onChange, { passive: true });
  panByDragging(root, origin, (x, y) => {
    fitted = undefined;
    moveTo(
      Math.min(root.clientWidth - dragMargin, Math.max(dragMargin - width * zoom, x)),
      Math.min(root.clientHeight - dragMargin, Math.max(dragMargin - height * zoom, y)),
    );
  });
  new ResizeObserver(() => {
    const isWindow = window.width !== innerWidth || window.height !== innerHeight;
    window = { width: innerWidth, height: innerHeight };
    // Room that a pane beside takes moves nothing: what was clicked stays where it is.
    if (fitted !== undefined && isWindow) fit(fitted);
    else moveTo(...origin());
  }).observe(root);

  return {
    root,
    canvas,
    space,
    frame: () => ({
      zoom,
      left,
      top,
      scrollX: root.scrollLeft,
      scrollY: root.scrollTop,
      width: root.clientWidth,
      height: root.clientHeight,
      spaceWidth,
      spaceHeight,
    }),
    pointAt(clientX, clientY) {
      const outer = root.getBoundingClientRect();
      const [x, y] = origin();
      return [(clientX - outer.left - x) / zoom, (clientY - outer.top - y) / zoom];
    },
    position() {
      const [x, y] = origin();
      return { zoom, scrollX: -x, scrollY: -y };
    },
    sight() {
      const [x, y] = origin();
      return { x: -x / zoom, y: -y / zoom, width: root.clientWidth / zoom, height: root.clientHeight / zoom };
    },
    restore(position) {
      zoom = within(position.zoom);
      moveTo(-position.scrollX, -position.scrollY);
    },
    resize(newWidth, newHeight, dx = 0, dy = 0) {
      const [x, y] = origin();
      width = newWidth;
      height = newHeight;
      moveTo(x - dx * zoom, y - dy * zoom);
    },
    zoomIn: () => zoomTo(zoom * zoomStep),
    zoomOut: () => zoomTo(zoom / zoomStep),
    zoomTo,
    fit,
    reveal(rectangle, { instant = false } = {}) {
      const [originX, originY] = origin();
      const x = overlap(originX + rectangle.x * zoom, rectangle.width * zoom, root.clientWidth);
      const y = overlap(originY + rectangle.y * zoom, rectangle.height * zoom, root.clientHeight);
      if (x === 0 && y === 0) return;
      fitted = undefined;
      const isFar = Math.abs(x) > 2 * root.clientWidth || Math.abs(y) > 2 * root.clientHeight;
      const still = instant || isFar || matchMedia('(prefers-reduced-motion: reduce)').matches;
      root.scrollBy({ left: x, top: y, behavior: still ? 'instant' : 'smooth' });
    },
    centre(x, y) {
      fitted = undefined;
      moveTo(root.clientWidth / 2 - x * zoom, root.clientHeight / 2 - y * zoom);
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
function panByDragging(
  root: HTMLElement,
  origin: () => readonly [x: number, y: number],
  moveTo: (x: number, y: number) => void,
): void {
  const threshold = 4;
  root.addEventListener('pointerdown', (down) => {
    if ((down.button !== 0 && down.button !== 1) || down.pointerType === 'touch') return;
    // Presses on the scroll bars belong to the browser.
    const outer = root.getBoundingClientRect();
    if (down.clientX - outer.left > root.clientWidth || down.clientY - outer.top > root.clientHeight) return;
    if (down.button === 1) down.preventDefault();
    const [startX, startY] = origin();
    let panning = false;
    const ended = new AbortController();
    const { signal } = ended;
    root.addEventListener(
      'pointermove',
      (move) => {
        const dx = move.clientX - down.clientX;
        const dy = move.clientY - down.clientY;
        if (!panning && Math.hypot(dx, dy) < threshold) return;
        if (!panning) {
          panning = true;
          root.setPointerCapture(down.pointerId);
          root.classList.add('panning');
        }
        moveTo(startX + dx, startY + dy);
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
