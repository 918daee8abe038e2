/**
 * Width of text without a browser. The table holds advance widths in thousandths of the font size, for each class of
 * characters those of the widest of the fonts that VS Code uses by default (Segoe UI, SF, Ubuntu, DejaVu Sans), so that
 * the estimate errs on the wide side; the panel cuts with an ellipsis where a user's own font is wider still.
 */
const classes: readonly (readonly [characters: string, width: number])[] = [
  ["'|ijlI.,:;!`", 340],
  ['ftr()[]{}/\\-" ', 400],
  ['abcdeghknopqsuvxyz_*?^$0123456789JLFE', 636],
  ['ABCDGHKNOPQRSTUVXYZ&+<>=~#', 760],
  ['mwMW%@', 980],
];

const widths = new Map<string, number>(
  classes.flatMap(([characters, width]) => Array.from(characters, (character) => [character, width] as const)),
);

/** Letters of other Latin, Greek and Cyrillic alphabets are no wider than this; everything beyond counts as full width. */
const otherLetter = 760;
const fullWidth = 1000;
const lastAlphabet = 0x052f;

/** Pixels that `text` takes at `size` pixels; bold letters are about a tenth wider. */
export function textWidth(text: string, size: number, weight: 'normal' | 'bold' = 'normal'): number {
  let thousandths = 0;
  for (const character of text) {
    thousandths += widths.get(character) ?? ((character.codePointAt(0) ?? 0) <= lastAlphabet ? otherLetter : fullWidth);
  }
  return Math.ceil((thousandths * size * (weight === 'bold' ? 1.1 : 1)) / 1000);
}
