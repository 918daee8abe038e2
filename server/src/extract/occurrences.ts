/** The calls and the names of a file, found by one walk that all of extraction shares. */
import {
  isCallExpression,
  isIdentifier,
  isNewExpression,
  walk,
  type CallExpression,
  type Identifier,
  type NewExpression,
  type SourceFile,
} from '../typescript/ast.ts';

interface Occurrences {
  readonly calls: readonly (CallExpression | NewExpression)[];
  readonly identifiers: ReadonlyMap<string, readonly Identifier[]>;
}

/** Trees are shared between snapshots while their text is the same. */
const found = new WeakMap<SourceFile, Occurrences>();

/** Every call and every `new` of a file, in source order. */
export function callsIn(file: SourceFile): readonly (CallExpression | NewExpression)[] {
  return occurrencesIn(file).calls;
}

/** Every identifier of a file by its text, names of properties included; those of one text are in source order. */
export function identifiersIn(file: SourceFile): ReadonlyMap<string, readonly Identifier[]> {
  return occurrencesIn(file).identifiers;
}

function occurrencesIn(file: SourceFile): Occurrences {
  let occurrences = found.get(file);
  if (occurrences === undefined) {
    occurrences = findOccurrences(file);
    found.set(file, occurrences);
  }
  return occurrences;
}

function findOccurrences(file: SourceFile): Occurrences {
  const calls: (CallExpression | NewExpression)[] = [];
  const identifiers = new Map<string, Identifier[]>();
  walk(file, (node) => {
    if (isCallExpression(node) || isNewExpression(node)) calls.push(node);
    if (!isIdentifier(node)) return;
    const { text } = node;
    const same = identifiers.get(text);
    if (same === undefined) identifiers.set(text, [node]);
    else same.push(node);
  });
  return { calls, identifiers };
}
