/** Polylines with rounded corners as SVG path data. Pure. */
type Point = readonly [x: number, y: number];

const cornerRadius = 8;

export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = [`M${first[0]} ${first[1]}`];
  rest.forEach((point, index) => {
    const before = points[index];
    const after = points[index + 2];
    if (before === undefined || after === undefined) {
      parts.push(`L${point[0]} ${point[1]}`);
      return;
    }
    const radius = Math.min(cornerRadius, distance(before, point) / 2, distance(point, after) / 2);
    const enter = towards(point, before, radius);
    const leave = towards(point, after, radius);
    parts.push(`L${enter[0]} ${enter[1]}Q${point[0]} ${point[1]} ${leave[0]} ${leave[1]}`);
  });
  return parts.join('');
}

/** An arrow head at the end of the line, as a closed path that points along its last segment. */
export function arrowHead(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return '';
  const base = towards(tip, before, 7);
  const [dx, dy] = [(tip[1] - base[1]) / 7, (base[0] - tip[0]) / 7];
  const side = (sign: number) => `${base[0] + sign * dx * 4} ${base[1] + sign * dy * 4}`;
  return `M${tip[0]} ${tip[1]}L${side(1)}L${side(-1)}Z`;
}

/** The middle of the last segment: the place of a mark about what arrives. */
export function markPoint(points: readonly Point[]): Point {
  const tip = points.at(-1) ?? [0, 0];
  const before = points.at(-2) ?? tip;
  return [(tip[0] + before[0]) / 2, (tip[1] + before[1]) / 2];
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return [from[0] + ((to[0] - from[0]) * length) / whole, from[1] + ((to[1] - from[1]) * length) / whole];
}
