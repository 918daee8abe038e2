/** Comments that suppress findings: which findings they keep from the author, and the fix that writes one. */
import { factsOf, type SuppressionFact } from '../../../common/model/facts/index.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import type { Range } from '../../../common/model/text.ts';
import type { Finding, Fix, RuleId } from '../../../common/protocol/rules.ts';

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly by: SuppressionFact;
}

export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/** Parts the findings that a comment above them suppresses from the others. */
export function suppress(project: ProjectModel, findings: readonly Finding[]): Suppressed {
  const suppressions = factsOf(project, 'suppression');
  if (suppressions.length === 0) return { kept: findings, suppressed: [] };
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const by = suppressions.filter((fact) => covers(fact, finding) && names(fact, finding.rule));
    if (by.length === 0) kept.push(finding);
    for (const each of by) suppressed.push({ finding, by: each });
  }
  return { kept, suppressed };
}

function covers({ file, lines }: SuppressionFact, finding: Finding): boolean {
  const { line } = finding.range.start;
  return file === finding.file && lines !== undefined && lines.first <= line && line <= lines.last;
}

function names({ rules }: SuppressionFact, rule: RuleId): boolean {
  return rules.some(({ name }) => name === rule);
}

/**
 * The fix that suppresses a finding: names its rule in the comment that is there, else writes one above its line with the
 * line's indentation. `text` is that of the finding's file. None where a comment would not be read.
 */
export function ignoreFixes(project: ProjectModel, finding: Finding, text: string): readonly Fix[] {
  const { file, rule } = finding;
  if (rule === 'unused-suppression' || !project.files.includes(file)) return [];
  const existing = factsOf(project, 'suppression').find((fact) => covers(fact, finding) && fact.rules.length > 0);
  const place = existing === undefined ? newComment(project, finding, text) : nextName(existing, rule);
  return [{ title: `Ignore \`${rule}\` here`, preferred: false, edits: [{ file, ...place }] }];
}

interface Insertion {
  readonly range: Range;
  readonly newText: string;
}

function nextName({ rules, range }: SuppressionFact, rule: RuleId): Insertion {
  const end = rules.at(-1)?.range.end ?? range.end;
  return { range: { start: end, end }, newText: `, ${rule}` };
}

function newComment(project: ProjectModel, { file, rule, range }: Finding, text: string): Insertion {
  const around = factsOf(project, 'unbroken-text').find(
    (other) =>
      other.file === file && other.range.start.line < range.start.line && range.start.line <= other.range.end.line,
  );
  const line = (around ?? { range }).range.start.line;
  const lines = [...text.matchAll(/([^\n\r\u2028\u2029]*)(\r\n|[\n\r\u2028\u2029]|$)/g)];
  const indentation = /^\s*/.exec(lines[line]?.[1] ?? '')?.[0] ?? '';
  const lineEnd = lines[line]?.[2] || lines[0]?.[2] || '\n';
  const start = { line, character: 0 };
  return { range: { start, end: start }, newText: `${indentation}// mastra-ignore-next-line ${rule}${lineEnd}` };
}
