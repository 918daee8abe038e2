/** A suppression that suppresses nothing: it names a rule that does not exist, or nothing is found where it holds. */
import { factsOf, type SuppressedRule, type SuppressionFact } from '../../../../common/model/facts/index.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import { comparePositions, type FileEdit } from '../../../../common/model/text.ts';
import { ruleIds, type Finding, type RuleId, type Severity } from '../../../../common/protocol/rules.ts';
import { similarName } from '../../extract/similar.ts';
import { installationFor } from '../../project/installation.ts';
import { changeTo } from '../change-to.ts';
import type { Rule } from '../rule.ts';
import type { SuppressedFinding } from '../suppression.ts';
import { code } from '../wording.ts';

/** States what the comment says by itself; what depends on the findings of all other rules is `unusedSuppressions`. */
export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  acrossFiles: true,
  summary: 'A comment suppresses nothing.',
  *check(project) {
    for (const suppression of factsOf(project, 'suppression')) {
      if (suppression.rules.length === 0) {
        const message = 'This comment names no rule, so it suppresses nothing.';
        yield report(suppression, suppression, 'warning', message, [removal(suppression, undefined)]);
      }
      for (const rule of suppression.rules) {
        if (isRule(rule.name)) continue;
        const similar = similarName(rule.name.split(/\s/)[0] ?? '', ruleIds);
        const hint = similar === undefined ? '' : ` (did you mean ${code(similar)}?)`;
        const message = `There is no rule ${code(rule.name)}, so this suppresses nothing${hint}.`;
        yield report(suppression, rule, 'warning', message, [
          ...(similar === undefined ? [] : [changeTo({ file: suppression.file, range: rule.range }, similar)]),
          removal(suppression, rule),
        ]);
      }
    }
  },
};

/**
 * The names in suppressions that kept no finding from the author. `judged` are the rules that have been asked: of the
 * others it is not known.
 */
export function unusedSuppressions(
  project: ProjectModel,
  suppressed: readonly SuppressedFinding[],
  judged: ReadonlySet<RuleId>,
): readonly Finding[] {
  return factsOf(project, 'suppression').flatMap((suppression) => {
    // Where not everything can be read, rules find less than there is.
    if (suppression.broken || installationFor(project, suppression.file).kind === 'missing') return [];
    return suppression.rules.flatMap((rule, index) => {
      if (!isRule(rule.name) || !judged.has(rule.name)) return [];
      const isRepeated = suppression.rules.findIndex(({ name }) => name === rule.name) < index;
      const isUsed = suppressed.some(({ by, finding }) => by === suppression && finding.rule === rule.name);
      if (isUsed && !isRepeated) return [];
      const message = isRepeated
        ? `This comment names ${code(rule.name)} twice.`
        : `${code(rule.name)} reports nothing on the next line, so this suppresses nothing.`;
      return [report(suppression, rule, 'hint', message, [removal(suppression, rule)])];
    });
  });
}

function isRule(name: string): name is RuleId {
  return ruleIds.some((id) => id === name);
}

function report(
  { file }: SuppressionFact,
  { range }: Pick<SuppressedRule, 'range'>,
  severity: Severity,
  message: string,
  fixes: Finding['fixes'],
): Finding {
  const where = { file, range, workflow: undefined, address: undefined };
  return { rule: 'unused-suppression', severity, message, related: [], fixes, ...where };
}

/** Takes out one name, or the comment where it is the only one. */
function removal(suppression: SuppressionFact, rule: SuppressedRule | undefined): Finding['fixes'][number] {
  const { file, rules } = suppression;
  const edit = (range: FileEdit['range']): readonly FileEdit[] => [{ file, range, newText: '' }];
  if (rule === undefined || rules.length === 1) {
    return { title: 'Remove the comment', edits: edit(suppression.removal), preferred: false };
  }
  const index = rules.findIndex(({ range }) => comparePositions(range.start, rule.range.start) === 0);
  const [before, after] = [rules[index - 1], rules[index + 1]];
  const range =
    before === undefined
      ? { start: rule.range.start, end: after?.range.start ?? rule.range.end }
      : { start: before.range.end, end: rule.range.end };
  return { title: `Remove \`${rule.name}\` from the comment`, edits: edit(range), preferred: false };
}
