/** Pixels of the map for each pixel of the drawing, in both directions, and the size of the map. */
export interface MapScale {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const largest = { width: 140, height: 220 };
/** Narrower it could not be pressed. A drawing of another shape is stretched: where something is matters, not its shape. */
const smallest = 56;

/** Undefined for a drawing without size. */
export function mapOf(width: number, height: number): MapScale | undefined {
  if (width <= 0 || height <= 0) return undefined;
  const scale = Math.min(largest.width / width, largest.height / height);
  const mapWidth = Math.max(smallest, Math.round(width * scale));
  const mapHeight = Math.max(smallest, Math.round(height * scale));
  return { x: mapWidth / width, y: mapHeight / height, width: mapWidth, height: mapHeight };
}
