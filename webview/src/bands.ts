/**
 * Finds what lies in a part of the drawing without looking at all of it. Drawings run from top to bottom, so the items are kept by
 * horizontal bands; within a band each one is looked at. Pure.
 */
import { touches } from './rectangle.ts';
import type { Rectangle } from './rectangle.ts';

export interface Bands<T> {
  /** The items that touch the rectangle, in the order in which they were given. */
  within(rectangle: Rectangle): readonly T[];
}

const bandHeight = 1024;

export function createBands<T>(items: readonly T[], boundsOf: (item: T) => Rectangle): Bands<T> {
  const bounds = items.map(boundsOf);
  const bands = new Map<number, number[]>();
  bounds.forEach(({ y, height }, index) => {
    for (let band = bandOf(y); band <= bandOf(y + height); band += 1) {
      const members = bands.get(band);
      if (members === undefined) bands.set(band, [index]);
      else members.push(index);
    }
  });
  const highest = Math.max(0, ...bands.keys());
  return {
    within(rectangle) {
      const found = new Set<number>();
      const first = Math.max(0, bandOf(rectangle.y));
      const last = Math.min(highest, bandOf(rectangle.y + rectangle.height));
      for (let band = first; band <= last; band += 1) {
        for (const index of bands.get(band) ?? []) {
          const box = bounds[index];
          if (box !== undefined && touches(box, rectangle)) found.add(index);
        }
      }
      return [...found].sort((a, b) => a - b).flatMap((index) => items[index] ?? []);
    },
  };
}

function bandOf(y: number): number {
  return Math.floor(y / bandHeight);
}
