/** The lines that a difference is drawn in: its rows, of which one that changed can be two. In steps: there can be very many. Pure. */
import type { Difference } from '../../../common/replay/diff.ts';
import { createPace } from '../../../common/replay/steps.ts';
import type { Steps } from '../../../common/replay/steps.ts';
import type { DiffLine, LineSide } from './diff-row.ts';
import { diffRows } from './diff-rows.ts';
import type { DiffLook } from './diff-rows.ts';
import type { TreeRow } from './keys.ts';

export type DiffLayout = 'unified' | 'side-by-side';

export interface ShownLine extends DiffLine, TreeRow {}

/** None where there is no difference. */
export function* diffLines(
  difference: Difference | undefined,
  look: DiffLook & { readonly layout: DiffLayout },
): Steps<readonly ShownLine[]> {
  const lines: ShownLine[] = [];
  if (difference === undefined || difference.kind === 'same') return lines;
  const pace = createPace();
  for (const row of yield* diffRows(difference, look)) {
    const { level, expandable, open } = row;
    // Below each other a row that changed is two lines, unless it is open: then what is in it says so.
    const two = look.layout === 'unified' && row.mark === 'changed' && !open;
    const sides: readonly LineSide[] = two ? ['before', 'after'] : ['both'];
    for (const side of sides) lines.push({ row, side, level, expandable, open });
    if (pace.isDue()) yield;
  }
  return lines;
}

/** The next line from `from` that differs by itself, around at the ends; undefined where none does. */
export function nextDifference(lines: readonly ShownLine[], from: number, direction: 1 | -1): number | undefined {
  for (let step = 1; step <= lines.length; step += 1) {
    const index = (from + direction * step + lines.length * 2) % lines.length;
    const line = lines[index];
    const differs = line !== undefined && ['changed', 'added', 'removed'].includes(line.row.mark);
    if (differs && line.side !== 'after') return index;
  }
  return undefined;
}
