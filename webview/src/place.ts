/** Positions go through the CSSOM: the page's policy refuses style attributes. */

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Puts an element where the layout has it; touches only what changed. */
export function place(target: HTMLElement, { x, y, width, height }: Rectangle): void {
  const wanted = { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` };
  for (const property of ['left', 'top', 'width', 'height'] as const) {
    if (target.style[property] !== wanted[property]) target.style[property] = wanted[property];
  }
}
