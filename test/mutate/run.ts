/** Plants the mutants of a project one after the other, and says of each what became of it. */
import type { Finding } from '../../common/protocol/rules.ts';
import { catalog } from '../../server/src/rules/index.ts';
import { seededRandom } from '../bench/schemas.ts';
import { kinds, mutantsOf, type Kind } from './kinds/index.ts';
import type { Mutant } from './mutant.ts';
import type { MutationProject } from './project.ts';

/** `wrong`: something is reported, but not by the right rule or not at the right place. */
export type Outcome = 'found' | 'missed' | 'wrong';

export interface Judged {
  readonly mutant: Mutant;
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

export interface Plan {
  readonly mutants: readonly Mutant[];
  /** Kinds that no rule knows yet. */
  readonly ahead: readonly Kind[];
}

/** At most `perKind` mutants of each kind whose rule is there, chosen by `seed`. */
export function plan(project: MutationProject, perKind: number, seed: number): Plan {
  const ids = new Set<string>(catalog.map(({ id }) => id));
  const isThere = (kind: Kind) => kind.rules.some((rule) => ids.has(rule));
  const random = seededRandom(seed);
  const mutants = kinds.filter(isThere).flatMap((kind) => some(mutantsOf(kind, project), perKind, random));
  // One file after the other: each mutant then changes back what the one before it changed by changing the file itself.
  const firstFile = ({ changes }: Mutant) => changes[0]?.file ?? '';
  return {
    mutants: mutants.toSorted((a, b) => (firstFile(a) < firstFile(b) ? -1 : firstFile(a) > firstFile(b) ? 1 : 0)),
    ahead: kinds.filter((kind) => !isThere(kind)),
  };
}

function some(mutants: readonly Mutant[], count: number, random: (limit: number) => number): readonly Mutant[] {
  const left = [...mutants];
  while (left.length > count) left.splice(random(left.length), 1);
  return left;
}

export async function judgeMutant(project: MutationProject, mutant: Mutant): Promise<Judged> {
  const findings = await project.judge(mutant.changes);
  const { rules, file, text } = mutant.expected;
  const isRight = (finding: Finding) =>
    rules.includes(finding.rule) &&
    (file === undefined || finding.file === file) &&
    (text === undefined || project.textAt(finding.file, finding.range, mutant.changes) === text);
  const outcome = findings.some(isRight) ? 'found' : findings.length > 0 ? 'wrong' : 'missed';
  return { mutant, outcome, findings };
}
