/** One sentence per difference: what is needed, by whom, and what arrives instead. */
import type { Difference } from '../../../../common/model/flow.ts';
import { capital, code, differenceText, keyedText, sourceName } from '../wording.ts';
import type { Source } from './edges.ts';

/** `itself` stands for a loop's body, fed with its own output the next time round. */
export function mismatchMessage(target: string, source: Source | 'itself', difference: Difference): string {
  if (source === 'itself')
    return `${target} ${differenceText(difference, 'needs', 'its own output, which feeds the next round,')}`;
  const keyed = source.kind === 'entry' && !source.element ? keyedText(source.entry, difference, 'needs') : undefined;
  return `${target} ${keyed ?? differenceText(difference, 'needs', providerName(source))}`;
}

/** What the provider hands on, for related information. */
export function sourceSentence(source: Source, arrives: string): string {
  return `${capital(providerName(source))} provides ${code(arrives)}`;
}

/** The provider as it stands in the middle of a sentence. */
export function providerName(source: Source): string {
  const name = source.kind === 'input' ? "the workflow's input" : sourceName(source.entry);
  return source.element ? `each element of ${name}` : name;
}
