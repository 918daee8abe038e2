/** Places the workflows of a workspace: a box for each package, in it columns from who uses to what is used. Pure. */
import { connectedParts, layers, type LayerItem, type Use } from './layers.ts';
import { arrange } from './order.ts';

export interface OverviewInput {
  readonly key: string;
  /** What tells its package from the others. */
  readonly package: string;
  readonly uses: readonly string[];
}

export interface OverviewLayout {
  readonly width: number;
  readonly height: number;
  readonly packages: readonly OverviewArea[];
  /** By package, in each package the connected ones first; from the left, then from the top. */
  readonly cards: readonly OverviewCard[];
  readonly lines: readonly OverviewLine[];
}

export interface OverviewArea extends Rectangle {
  readonly package: string;
}

export interface OverviewCard extends Rectangle {
  readonly key: string;
}

type Point = readonly [x: number, y: number];

export interface OverviewLine {
  readonly from: string;
  readonly to: string;
  /** `circle`: leads back to who uses it, through others. `across`: into another package. */
  readonly kind: 'use' | 'circle' | 'across';
  /** A `circle` has straight pieces between its points; the others pass through them horizontally, in curves. */
  readonly points: readonly Point[];
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels. webview/src/overview/overview.css draws texts at these sizes. */
export const overviewSizes = {
  margin: 24,
  cardWidth: 264,
  cardHeight: 76,
  columnGap: 64,
  rowGap: 16,
  /** Around the cards of a package; its name stands above them. */
  padding: 20,
  header: 36,
  /** Between packages, and between connected parts. */
  groupGap: 28,
  /** The height of a line that passes a column. */
  passing: 12,
  /** Room above the cards for lines that lead back, and for each of them. */
  detour: 12,
  detourLane: 8,
} as const;

/**
 * `width` is the room on screen in pixels: what is not connected fills it in rows. The drawing is wider where a chain of
 * uses is longer than that. `isGrouped` draws the boxes of packages.
 */
export function layoutOverview(
  workflows: readonly OverviewInput[],
  { width, isGrouped }: { readonly width: number; readonly isGrouped: boolean },
): OverviewLayout {
  const { margin, padding, header, groupGap } = overviewSizes;
  const inset = isGrouped ? padding : 0;
  const top = isGrouped ? header : 0;
  const names = [...new Set(workflows.map((workflow) => workflow.package))];
  const home = new Map(workflows.map((workflow) => [workflow.key, workflow.package]));
  const uses = workflows.flatMap(({ key, uses: used }) =>
    [...new Set(used)].filter((to) => to !== key && home.has(to)).map((to): Use => ({ from: key, to })),
  );
  const columns = columnsIn(width - 2 * (margin + inset));
  const parts = names.map((name) => {
    const ids = workflows.filter((workflow) => workflow.package === name).map(({ key }) => key);
    const inside = uses.filter(({ from, to }) => home.get(from) === name && home.get(to) === name);
    return { name, ...placePackage(ids, inside, columns) };
  });
  const widest = Math.max(...parts.map((part) => part.width), 0);
  const packages: OverviewArea[] = [];
  const cards: OverviewCard[] = [];
  const lines: OverviewLine[] = [];
  let y: number = margin;
  for (const part of parts) {
    const [dx, dy] = [margin + inset, y + top];
    cards.push(...part.cards.map((card) => ({ ...card, x: card.x + dx, y: card.y + dy })));
    lines.push(
      ...part.lines.map((line) => ({
        ...line,
        points: line.points.map(([px, py]): Point => [px + dx, py + dy]),
      })),
    );
    const height = part.height + top + inset;
    if (isGrouped) packages.push({ package: part.name, x: margin, y, width: widest + 2 * inset, height });
    y += height + groupGap;
  }
  const placed = new Map(cards.map((card) => [card.key, card]));
  for (const { from, to } of uses) {
    if (home.get(from) === home.get(to)) continue;
    const [a, b] = [placed.get(from), placed.get(to)];
    if (a !== undefined && b !== undefined) lines.push({ from, to, kind: 'across', points: [right(a), left(b)] });
  }
  return {
    width: widest + 2 * (margin + inset),
    height: workflows.length === 0 ? 0 : y - groupGap + margin,
    packages,
    cards,
    lines,
  };
}

function columnsIn(width: number): number {
  const { cardWidth, columnGap } = overviewSizes;
  return Math.max(1, Math.floor((width + columnGap) / (cardWidth + columnGap)));
}

interface Part {
  readonly width: number;
  readonly height: number;
  readonly cards: readonly OverviewCard[];
  readonly lines: readonly OverviewLine[];
}

function placePackage(ids: readonly string[], uses: readonly Use[], columns: number): Part {
  const { cardWidth, cardHeight, columnGap, rowGap, groupGap } = overviewSizes;
  const parts = connectedParts(ids, uses);
  const placed: Part[] = parts
    .filter((part) => part.length > 1)
    .map((part) => {
      const members = new Set(part);
      return placeConnected(
        part,
        uses.filter(({ from }) => members.has(from)),
      );
    });
  const alone = parts.filter((part) => part.length === 1).flat();
  if (alone.length > 0) {
    const widest = Math.max(columns, ...placed.map((part) => columnsIn(part.width)));
    placed.push({
      width: Math.min(widest, alone.length) * (cardWidth + columnGap) - columnGap,
      height: Math.ceil(alone.length / widest) * (cardHeight + rowGap) - rowGap,
      cards: alone.map((key, index) => ({
        key,
        x: (index % widest) * (cardWidth + columnGap),
        y: Math.floor(index / widest) * (cardHeight + rowGap),
        width: cardWidth,
        height: cardHeight,
      })),
      lines: [],
    });
  }
  const cards: OverviewCard[] = [];
  const lines: OverviewLine[] = [];
  let y = 0;
  for (const part of placed) {
    const dy = y;
    cards.push(...part.cards.map((card) => ({ ...card, y: card.y + dy })));
    lines.push(
      ...part.lines.map((line) => ({
        ...line,
        points: line.points.map(([px, py]): Point => [px, py + dy]),
      })),
    );
    y += part.height + groupGap;
  }
  return {
    width: Math.max(...placed.map((part) => part.width), 0),
    height: Math.max(0, y - groupGap),
    cards,
    lines,
  };
}

const alignments = 6;

function placeConnected(ids: readonly string[], uses: readonly Use[]): Part {
  const { cardWidth, cardHeight, columnGap, rowGap, passing, detour, detourLane } = overviewSizes;
  const { columns, back } = layers(ids, uses);
  const heightOf = (item: LayerItem): number => (item.passing === undefined ? cardHeight : passing);
  const tops = new Map<string, number>();
  for (const column of columns) {
    let y = 0;
    for (const item of column) {
      tops.set(item.id, y);
      y += heightOf(item) + rowGap;
    }
  }
  const heights = new Map(columns.flat().map((item) => [item.id, heightOf(item)]));
  const centre = (id: string): number => (tops.get(id) ?? 0) + (heights.get(id) ?? 0) / 2;
  for (let round = 0; round < alignments; round += 1) {
    const rightwards = round % 2 === 0;
    for (const column of rightwards ? columns : columns.toReversed()) {
      const wanted = column.map((item) => {
        const beside = rightwards ? item.before : item.after;
        const mean = beside.reduce((sum, id) => sum + centre(id), 0) / beside.length;
        const height = heightOf(item);
        return { length: height + rowGap, wanted: beside.length === 0 ? (tops.get(item.id) ?? 0) : mean - height / 2 };
      });
      arrange(wanted).forEach((y, index) => tops.set(column[index]?.id ?? '', Math.round(y)));
    }
  }
  const highest = Math.min(...tops.values());
  // Lines that lead back go along the top.
  const room = back.length > 0 ? detour + back.length * detourLane : 0;
  const cards = columns.flatMap((column, index) =>
    column
      .filter((item) => item.passing === undefined)
      .map((item): OverviewCard => ({
        key: item.id,
        x: index * (cardWidth + columnGap),
        y: (tops.get(item.id) ?? 0) - highest + room,
        width: cardWidth,
        height: cardHeight,
      }))
      .sort((a, b) => a.y - b.y),
  );
  const placed = new Map(cards.map((card) => [card.key, card]));
  const lines: OverviewLine[] = [];
  for (const { from, to } of uses) {
    const [a, b] = [placed.get(from), placed.get(to)];
    if (a === undefined || b === undefined) continue;
    const detourIndex = back.findIndex((use) => use.from === from && use.to === to);
    if (detourIndex >= 0) {
      const y = detourIndex * detourLane + detour / 2;
      lines.push({ from, to, kind: 'circle', points: around(right(a), left(b), y) });
      continue;
    }
    const between = columns.flatMap((column, index) =>
      column
        .filter((item) => item.passing?.from === from && item.passing.to === to)
        .flatMap((item): Point[] => {
          const x = index * (cardWidth + columnGap);
          const y = (tops.get(item.id) ?? 0) - highest + room + passing / 2;
          return [
            [x, y],
            [x + cardWidth, y],
          ];
        }),
    );
    lines.push({ from, to, kind: 'use', points: [right(a), ...between, left(b)] });
  }
  return {
    width: columns.length * (cardWidth + columnGap) - columnGap,
    height: Math.max(...cards.map((card) => card.y + card.height), 0),
    cards,
    lines,
  };
}

/** Out to the right, over everything, and in from the left. */
function around([ax, ay]: Point, [bx, by]: Point, y: number): readonly Point[] {
  const lane = 12;
  return [
    [ax, ay],
    [ax + lane, ay],
    [ax + lane, y],
    [bx - lane, y],
    [bx - lane, by],
    [bx, by],
  ];
}

function right({ x, y, width, height }: Rectangle): Point {
  return [x + width, y + height / 2];
}

function left({ x, y, height }: Rectangle): Point {
  return [x, y + height / 2];
}
