/**
 * Snapshots of tokens. A line that starts with `>` is source; the lines below it are the tokens in it to which our grammars
 * give a colour, with their scopes. A source line without any is coloured as if we were not there.
 */
import type { Token } from './tokenizer.ts';

/** Scopes that only name the member of the object literal, see `syntaxes/members.*.json`. */
const members = ['meta.mapping-template.mastra', 'meta.model.mastra'];

const isOurs = (scope: string): boolean => scope.endsWith('.mastra');

export function sourceOf(snapshot: string): readonly string[] {
  return snapshot.split('\n').flatMap((line) => (line.startsWith('>') ? [line.slice(1)] : []));
}

export function render(lines: readonly string[], tokens: readonly (readonly Token[])[]): string {
  return lines.map((line, index) => `>${line}\n${(tokens[index] ?? []).map(marked).join('')}`).join('');
}

function marked({ startIndex, endIndex, scopes }: Token): string {
  const first = scopes.findIndex((scope) => isOurs(scope) && !members.includes(scope));
  if (first === -1) return '';
  return `#${' '.repeat(startIndex)}${'^'.repeat(endIndex - startIndex)} ${scopes.slice(first).join(' ')}\n`;
}

/**
 * What the language's own grammar sees of the tokens: without our scopes, and joined where only those differ. An escape in
 * front of a placeholder is part of the placeholder.
 */
export function withoutOurs(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const { startIndex, endIndex, scopes: all } of tokens) {
    const scopes = all.filter((scope) => !isOurs(scope) && !scope.startsWith('constant.character.escape.'));
    const before = joined.at(-1);
    if (before !== undefined && before.scopes.join(' ') === scopes.join(' ')) {
      joined[joined.length - 1] = { ...before, endIndex };
    } else {
      joined.push({ startIndex, endIndex, scopes });
    }
  }
  return joined;
}

/** The parts of two snapshots of the same source that differ, side by side. Empty when they are the same. */
export function sideBySide(expected: string, actual: string): string {
  const [left, right] = [blocks(expected), blocks(actual)];
  return left
    .flatMap((block, index) => (block === right[index] ? [] : [columns(block, right[index] ?? '')]))
    .join('\n');
}

/** Each source line with what is below it. */
function blocks(snapshot: string): readonly string[] {
  return snapshot.split(/^(?=>)/m).map((block) => block.trimEnd());
}

function columns(expected: string, actual: string): string {
  const [left, right] = [expected, actual].map((block) => block.split('\n').slice(1));
  const rows = Math.max(left?.length ?? 0, right?.length ?? 0);
  const width = Math.max('expected'.length, ...(left ?? []).map((line) => line.length));
  const row = (before = '', after = ''): string => `  ${before.padEnd(width)} | ${after}`.trimEnd();
  const body = Array.from({ length: rows }, (_, index) => row(left?.[index], right?.[index]));
  return [expected.split('\n')[0], row('expected', 'actual'), ...body].join('\n');
}
