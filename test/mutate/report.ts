/** What became of the mutants, in tables. */
import { formatTable } from '../bench/report.ts';
import type { Finding } from '../../common/protocol/rules.ts';
import { kinds } from './kinds/index.ts';
import type { Judged, Outcome } from './run.ts';
import type { Known } from './truth.ts';

/** Those that are no mistake count for themselves, whatever is said of them. */
export function formatKinds(all: readonly Known[]): string {
  const outcome = (wanted: Outcome) => (judged: readonly Known[]) =>
    judged.filter((each) => each.truth.kind !== 'harmless' && each.outcome === wanted).length;
  return tableOfKinds(all, [
    ['mutants', (judged) => judged.length],
    ['found', outcome('found')],
    ['wrong', outcome('wrong')],
    ['missed', outcome('missed')],
    ['harmless', (judged) => judged.filter(({ truth }) => truth.kind === 'harmless').length],
  ]);
}

/** What the two oracles say of those they were asked about. */
export function formatTruth(all: readonly Known[]): string {
  const asked = all.filter(({ truth }) => truth.kind !== 'not-asked');
  const count = (wanted: (truth: Known['truth']) => boolean) => (known: readonly Known[]) =>
    known.filter(({ truth }) => wanted(truth)).length;
  return tableOfKinds(asked, [
    ['asked', (known) => known.length],
    ['a run shows it', count((truth) => truth.kind === 'mistake' && truth.by === 'mastra')],
    ['only tsc sees it', count((truth) => truth.kind === 'mistake' && truth.by === 'tsc')],
    ['neither', count((truth) => truth.kind === 'harmless')],
  ]);
}

type Column = readonly [title: string, count: (known: readonly Known[]) => number];

function tableOfKinds(all: readonly Known[], columns: readonly Column[]): string {
  const row = (name: string, known: readonly Known[]) => [name, ...columns.map(([, count]) => String(count(known)))];
  return formatTable(
    ['kind', ...columns.map(([title]) => title)],
    [
      ...kinds.flatMap(({ name }) => {
        const known = all.filter(({ mutant }) => mutant.kind === name);
        return known.length === 0 ? [] : [row(name, known)];
      }),
      row('all', all),
    ],
  );
}

/** Every mutant that was missed or led to another finding, with what was said instead. */
export function formatMisses(all: readonly Judged[]): string {
  return all
    .filter(({ outcome }) => outcome !== 'found')
    .map(({ mutant: { kind, title, expected }, outcome, findings }) =>
      [
        `${outcome}: ${kind}: ${oneLine(title)}`,
        `  expected ${expected.rules.join(' or ')} at ${expected.text ?? 'any place'} in ${expected.file ?? 'any file'}`,
        ...findings.map(formatFinding),
      ].join('\n'),
    )
    .join('\n');
}

/** Seeded mutants that are no mistake although something of severity error or warning is said of them. */
export function alarmsOf(all: readonly Known[]): readonly Known[] {
  return all.filter(
    ({ truth, findings }) =>
      truth.kind === 'harmless' && findings.some(({ severity }) => severity === 'error' || severity === 'warning'),
  );
}

/** Mutants with all that is said of them. */
export function formatMutants(all: readonly Known[]): string {
  return all
    .map(({ mutant: { kind, title }, findings }) =>
      [`${kind}: ${oneLine(title)}`, ...findings.map(formatFinding)].join('\n'),
    )
    .join('\n');
}

/** What each oracle says of each mutant it was asked about: to read why one is a mistake. */
export function formatEvidence(all: readonly Known[]): string {
  return all
    .flatMap(({ mutant: { kind, title }, truth }) =>
      truth.kind === 'mistake'
        ? [
            [`${kind}: ${oneLine(title)}`, ...truth.evidence.slice(0, 2).map((what) => `  ${truth.by}: ${what}`)].join(
              '\n',
            ),
          ]
        : [],
    )
    .join('\n');
}

function formatFinding({ rule, severity, file, range, message }: Finding): string {
  return `  ${file}:${String(range.start.line + 1)} ${severity} ${rule}: ${message}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
