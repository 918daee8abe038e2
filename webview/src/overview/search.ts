/** Which workflows a person means, and where the arrow keys lead. Pure. */
import type { OverviewCard } from '../../../common/overview/layout.ts';
import type { OverviewRow } from '../../../common/protocol/overview.ts';

/** True when every word of `query` is somewhere in what the card tells, in any order, upper or lower case. */
export function matches(row: OverviewRow, query: string): boolean {
  const text = [row.id, row.name, row.exportName, row.description, row.place, row.package.name]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export type Arrow = 'up' | 'down' | 'left' | 'right';

/** The card that an arrow key leads to: the nearest in that direction, those straight ahead before those beside. */
export function nextCard(cards: readonly OverviewCard[], from: string, arrow: Arrow): string | undefined {
  const current = cards.find(({ key }) => key === from);
  if (current === undefined) return cards[0]?.key;
  const along = arrow === 'left' || arrow === 'right' ? 'x' : 'y';
  const beside = along === 'x' ? 'y' : 'x';
  const sign = arrow === 'left' || arrow === 'up' ? -1 : 1;
  let best: { readonly key: string; readonly distance: number } | undefined;
  for (const card of cards) {
    const ahead = sign * (card[along] - current[along]);
    if (ahead <= 0) continue;
    const aside = Math.abs(card[beside] - current[beside]);
    // Across a row a step to the side costs little; down a column it means another column.
    const distance = ahead + aside * (along === 'x' ? 1 : 4);
    if (best === undefined || distance < best.distance) best = { key: card.key, distance };
  }
  return best?.key;
}
