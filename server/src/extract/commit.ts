/** Whether a workflow is committed, and the edit that commits it. */
import type { Commit } from '../../../common/model/workflow.ts';
import { isExpression, methodCall, rangeBetween, rangeOf, unwrap, type Node } from '../typescript/ast.ts';
import type { Chain } from './chain.ts';
import type { Creation } from './creation.ts';
import { callRange } from './draft.ts';
import { nameRangeOf } from './names.ts';

export function commitOf(creation: Creation, chain: Chain): Commit {
  const inherited = chain.inherited?.segments.some(
    (segment) => segment.method.text === 'commit' && segment.uncertain === undefined,
  );
  if (inherited === true) return { kind: 'committed', range: rangeOf(creation.call) };
  // A copy is committed by cloneWorkflow() itself.
  if (creation.maker === 'cloneWorkflow') return { kind: 'committed', range: rangeOf(creation.call) };
  const commits = chain.segments.filter((segment) => segment.method.text === 'commit');
  const certain = commits.find((segment) => segment.uncertain === undefined);
  if (certain !== undefined) return { kind: 'committed', range: callRange(certain) };
  const [uncertain] = commits;
  if (uncertain !== undefined) return { kind: 'unknown', reason: uncertain.uncertain ?? 'committed elsewhere' };
  if (chain.incomplete !== undefined) return { kind: 'unknown', reason: chain.incomplete };
  const file = creation.call.getSourceFile();
  const end = lastCallOf(chain.last);
  const at = end.getEnd();
  return {
    kind: 'missing',
    report: nameRangeOf(creation),
    insertion: {
      file: file.fileName,
      range: rangeBetween(file, at, at),
      newText: `${lineBreakBeforeCalls(end) ?? ''}.commit()`,
    },
  };
}

/** The last builder call of a chain, without the `as`, `!` or parentheses around it. */
function lastCallOf(chain: Node): Node {
  return isExpression(chain) ? unwrap(chain) : chain;
}

/** The line break and indent in front of the chain's last call that starts a line; undefined for a chain on one line. */
function lineBreakBeforeCalls(chain: Node): string | undefined {
  const { text } = chain.getSourceFile();
  for (let method = methodCall(chain); method !== undefined; method = methodCall(unwrap(method.receiver))) {
    const between = text.slice(method.receiver.getEnd(), method.name.getStart());
    const match = /(\r\n|\n|\r)([ \t]*)\??\.\s*$/.exec(between);
    if (match !== null) return `${match[1] ?? '\n'}${match[2] ?? ''}`;
  }
  return undefined;
}
