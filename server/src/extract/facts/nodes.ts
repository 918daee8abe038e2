/** The calls of a file, found by one walk that all extractors of facts share. */
import {
  isCallExpression,
  isNewExpression,
  walk,
  type CallExpression,
  type NewExpression,
  type SourceFile,
} from '../../typescript/ast.ts';

const found = new WeakMap<SourceFile, readonly (CallExpression | NewExpression)[]>();

/** Every call and every `new` of a file, in source order. Trees are shared between snapshots while their text is the same. */
export function callsIn(file: SourceFile): readonly (CallExpression | NewExpression)[] {
  let calls = found.get(file);
  if (calls === undefined) {
    const list: (CallExpression | NewExpression)[] = [];
    walk(file, (node) => {
      if (isCallExpression(node) || isNewExpression(node)) list.push(node);
    });
    calls = list;
    found.set(file, calls);
  }
  return calls;
}
