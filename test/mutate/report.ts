/** What became of the mutants, in tables. */
import { formatTable } from '../bench/report.ts';
import { kinds } from './kinds/index.ts';
import type { Judged, Outcome } from './run.ts';

export function formatKinds(all: readonly Judged[]): string {
  const present = new Set(all.map(({ mutant }) => mutant.kind));
  const names = kinds.map(({ name }) => name).filter((name) => present.has(name));
  const count = (judged: readonly Judged[], outcome: Outcome) =>
    String(judged.filter((each) => each.outcome === outcome).length);
  const row = (name: string, judged: readonly Judged[]) => [
    name,
    String(judged.length),
    count(judged, 'found'),
    count(judged, 'wrong'),
    count(judged, 'missed'),
  ];
  return formatTable(
    ['kind', 'mutants', 'found', 'wrong', 'missed'],
    [
      ...names.map((name) =>
        row(
          name,
          all.filter(({ mutant }) => mutant.kind === name),
        ),
      ),
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
        `${outcome}: ${kind}: ${title.replace(/\s+/g, ' ')}`,
        `  expected ${expected.rules.join(' or ')} at ${expected.text ?? 'any place'} in ${expected.file ?? 'any file'}`,
        ...findings.map(
          ({ rule, file, range, message }) => `  ${file}:${String(range.start.line + 1)} ${rule}: ${message}`,
        ),
      ].join('\n'),
    )
    .join('\n');
}
