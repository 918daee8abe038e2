/** Runs in a page, which can read pictures: compares two of them point by point. */
import pixelmatch from 'pixelmatch';
import type { SheetBox } from './sheet.ts';

export interface Difference {
  /** Points that differ by more than the smoothing of edges; undefined when the pictures have different sizes. */
  readonly points: number | undefined;
  readonly sizes: readonly string[];
  /** The nodes with most of them. */
  readonly nodes: readonly string[];
  /** PNG in base64. */
  readonly picture: string;
}

declare global {
  interface Window {
    comparePictures: (expected: string, actual: string, boxes: readonly SheetBox[]) => Promise<Difference>;
  }
}

window.comparePictures = async (expected, actual, boxes) => {
  const [before, after] = await Promise.all([pointsOf(expected), pointsOf(actual)]);
  const sizes = [before, after].map(({ width, height }) => `${width} × ${height}`);
  const { width, height } = after;
  if (sizes[0] !== sizes[1]) return { points: undefined, sizes, nodes: [], picture: actual };
  const mask = new ImageData(width, height);
  const points = pixelmatch(before.data, after.data, mask.data, width, height, { threshold: 0.1, diffMask: true });
  const found = boxes.map((box) => ({ id: box.id, count: differing(mask, box) })).filter(({ count }) => count > 0);
  // A container holds the points of what it holds: what is smaller tells more.
  const size = new Map(boxes.map((box) => [box.id, box.width * box.height]));
  found.sort((a, b) => (size.get(a.id) ?? 0) - (size.get(b.id) ?? 0));
  const shown = new ImageData(width, height);
  pixelmatch(before.data, after.data, shown.data, width, height, { threshold: 0.1 });
  return {
    points,
    sizes,
    nodes: found.slice(0, 5).map(({ id, count }) => `${id} (${count})`),
    picture: await pngOf(shown),
  };
};

async function pointsOf(base64: string): Promise<ImageData> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = contextOf(image.width, image.height);
  context.drawImage(image, 0, 0);
  return context.getImageData(0, 0, image.width, image.height);
}

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas to draw on.');
  return context;
}

async function pngOf(image: ImageData): Promise<string> {
  const context = contextOf(image.width, image.height);
  context.putImageData(image, 0, 0);
  const bytes = new Uint8Array(await (await context.canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function differing({ data, width, height }: ImageData, box: SheetBox): number {
  let count = 0;
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y += 1) {
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x += 1) if (data[(y * width + x) * 4 + 3] !== 0) count += 1;
  }
  return count;
}
