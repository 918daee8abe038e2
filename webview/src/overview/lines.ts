/** The lines of the overview as SVG path data. Pure. */
import { roundedPath } from '../../../common/graph/paths.ts';
import type { OverviewLine } from '../../../common/overview/layout.ts';

type Point = readonly [x: number, y: number];

/** Curves that pass each point horizontally; straight pieces with rounded corners for what leads back. */
export function linePath({ kind, points }: Pick<OverviewLine, 'kind' | 'points'>): string {
  if (kind === 'circle') return roundedPath(points);
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first[0]} ${first[1]}`;
  let before: Point = first;
  for (const point of rest) {
    path += before[1] === point[1] ? `H${point[0]}` : curve(before, point);
    before = point;
  }
  return path;
}

function curve([ax, ay]: Point, [bx, by]: Point): string {
  // Into a package above or below it may lead backwards: then it swings out on both sides.
  const reach = Math.max(24, Math.min(Math.abs(bx - ax) / 2, 160));
  return `C${ax + reach} ${ay} ${bx - reach} ${by} ${bx} ${by}`;
}
