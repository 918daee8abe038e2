/** Runs the rules over the model of a project. */
import { comparePositions } from '../../../common/model/text.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import { ruleIds, type Finding, type RuleId } from '../../../common/protocol/rules.ts';
import { catalog } from './catalog.ts';
import type { RuleSettings } from './rule.ts';

export type { Rule, RuleSettings } from './rule.ts';
export { catalog } from './catalog.ts';

/**
 * The findings of all rules that are not switched off, by file, then position, then rule. A rule that throws is told to
 * `onError` and left out, so that the others still report; without `onError` its error is thrown.
 */
export function findingsOf(
  project: ProjectModel,
  settings: RuleSettings = {},
  onError?: (rule: RuleId, error: unknown) => void,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of catalog) {
    const severity = settings[rule.id];
    if (severity === 'off') continue;
    try {
      const found = [...rule.check(project)];
      findings.push(...(severity === undefined ? found : found.map((finding) => ({ ...finding, severity }))));
    } catch (error) {
      if (onError === undefined) throw error;
      onError(rule.id, error);
    }
  }
  return findings.sort(compareFindings);
}

function compareFindings(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (
    comparePositions(a.range.start, b.range.start) ||
    comparePositions(a.range.end, b.range.end) ||
    ruleIds.indexOf(a.rule) - ruleIds.indexOf(b.rule)
  );
}
