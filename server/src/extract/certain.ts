/** Differences that hold whatever the compiler would have inferred from the place where a value is written. */
import type { Difference } from '../../../common/model/flow.ts';

/**
 * Where nothing says what is expected, TypeScript widens `'rail'` to `string`, so only types that have no value in common differ
 * for certain. What is absent sometimes is no certain difference either.
 */
export function isCertain(difference: Difference): boolean {
  switch (difference.kind) {
    case 'missing':
      return true;
    case 'optional':
      return false;
    case 'type': {
      const [arrives, needs] = [kindsOf(difference.arrives), kindsOf(difference.needs)];
      return arrives !== undefined && needs !== undefined && [...arrives].every((kind) => !needs.has(kind));
    }
  }
}

type Kind = 'string' | 'number' | 'boolean' | 'bigint' | 'null' | 'undefined' | 'array' | 'object';

/** The kinds of value in a type's text; undefined where one of its members is written by a name. */
function kindsOf(text: string): ReadonlySet<Kind> | undefined {
  // The members of an object or of a list may themselves be unions: only one that stands alone is told for certain.
  if (/^\{[^|&]*\}$/.test(text)) return new Set(['object']);
  if (/^[^|&()]*\[\]$/.test(text)) return new Set(['array']);
  const kinds = new Set<Kind>();
  for (const member of text.split(' | ')) {
    const kind = kindOfMember(member);
    if (kind === undefined) return undefined;
    kinds.add(kind);
  }
  return kinds;
}

function kindOfMember(member: string): Kind | undefined {
  if (/^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|string)$/.test(member)) return 'string';
  if (/^-?\d[\d.e+-]*$/.test(member) || member === 'number') return 'number';
  if (/^-?\d+n$/.test(member) || member === 'bigint') return 'bigint';
  if (member === 'true' || member === 'false' || member === 'boolean') return 'boolean';
  return member === 'null' || member === 'undefined' ? member : undefined;
}
