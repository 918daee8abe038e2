/** Runs the rules over the model of a project. */
import { comparePositions } from '../../../common/model/text.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import { ruleIds, type Finding } from '../../../common/protocol/rules.ts';
import { catalog } from './catalog.ts';
import type { RuleSettings } from './rule.ts';

export type { Rule, RuleSettings } from './rule.ts';
export { catalog } from './catalog.ts';

/** The findings of all rules that are not switched off, by file, then position, then rule. */
export function findingsOf(project: ProjectModel, settings: RuleSettings = {}): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of catalog) {
    const severity = settings[rule.id];
    if (severity === 'off') continue;
    for (const finding of rule.check(project)) {
      findings.push(severity === undefined ? finding : { ...finding, severity });
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
