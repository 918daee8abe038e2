/** Random edits, as slips of a person and half-typed texts are: from a seed, so that each can be made again. */
import type { Random } from '../bench/schemas.ts';

const noise = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '`',
  "'",
  '"',
  '${',
  '/*',
  '//',
  '<',
  '=>',
  '.then(',
  '\r',
  '\u2028',
  '🙂',
  '\0',
  ';',
];

/** A text with one random edit. */
export function edited(text: string, random: Random): string {
  const tokens = [...text.matchAll(/\w+|\s+|[^\w\s]/gu)];
  const token = tokens[random(Math.max(1, tokens.length))];
  if (token === undefined) return noise[random(noise.length)] ?? '';
  const [start, end] = [token.index, token.index + token[0].length];
  switch (random(8)) {
    case 0:
      return text.slice(0, start) + text.slice(end);
    case 1:
      return text.slice(0, end) + token[0] + text.slice(end);
    case 2:
      return text.slice(0, start) + (noise[random(noise.length)] ?? '') + text.slice(start);
    case 3:
      return text.slice(0, start);
    case 4: {
      const other = tokens[random(tokens.length)]?.[0] ?? '';
      return text.slice(0, start) + other + text.slice(end);
    }
    case 5:
      return withLines(text, (lines, at) => lines.toSpliced(at, 1), random);
    case 6:
      return withLines(text, (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''), random);
    default:
      return withLines(text, (lines, at) => [...lines.slice(at), ...lines.slice(0, at)], random);
  }
}

function withLines(
  text: string,
  change: (lines: readonly string[], at: number) => readonly string[],
  random: Random,
): string {
  const lines = text.split('\n');
  return change(lines, random(lines.length)).join('\n');
}
