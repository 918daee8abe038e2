/** Runs the rules over the model of a project. */
import { comparePositions } from '../../../common/model/text.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import { ruleIds, type Finding, type RuleId } from '../../../common/protocol/rules.ts';
import { catalog } from './catalog.ts';
import type { RunRule } from './monitor.ts';
import type { Rule, RuleSettings } from './rule.ts';
import { suppress, type SuppressedFinding } from './suppression.ts';
import { unusedSuppressions } from './unused-suppression/rule.ts';

export type { Rule, RuleSettings } from './rule.ts';
export { catalog } from './catalog.ts';
export { monitorRules, type RuleMonitor, type RunRule } from './monitor.ts';
export { ignoreFixes, type SuppressedFinding } from './suppression.ts';

export interface Judgement {
  /** By file, then position, then rule. */
  readonly findings: readonly Finding[];
  /** What comments in the source keep from the author, with the comment; in the order of the findings. */
  readonly suppressed: readonly SuppressedFinding[];
}

/** The findings of all rules that are not switched off, without those that comments suppress. */
export function findingsOf(project: ProjectModel, settings?: RuleSettings, run?: RunRule): readonly Finding[] {
  return judge(project, settings, run).findings;
}

/**
 * Asks all rules that are not switched off. `run` runs each of them (see monitor.ts); a rule for which it answers
 * undefined is left out. Without it, a rule that throws makes this throw.
 */
export function judge(project: ProjectModel, settings: RuleSettings = {}, run: RunRule = runDirectly): Judgement {
  const found: Finding[] = [];
  const judged = new Set<RuleId>();
  for (const rule of catalog) {
    if (settings[rule.id] === 'off') continue;
    const findings = run(rule, project);
    if (findings === undefined) continue;
    judged.add(rule.id);
    found.push(...once(findings));
  }
  const { kept, suppressed } = suppress(project, found.sort(compareFindings));
  const unused = judged.has('unused-suppression') ? unusedSuppressions(project, suppressed, judged) : [];
  const findings = unused.length === 0 ? [...kept] : [...kept, ...unused].sort(compareFindings);
  return { findings: findings.map((finding) => withSeverity(finding, settings)), suppressed };
}

function runDirectly(rule: Rule, project: ProjectModel): readonly Finding[] {
  return [...rule.check(project)];
}

/** A chain in a function that is called several times is read for each call, and so is a mistake in it. */
function once(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(
      findings.map((finding) => [
        JSON.stringify([finding.file, finding.range, finding.severity, finding.message]),
        finding,
      ]),
    ).values(),
  ];
}

function withSeverity(finding: Finding, settings: RuleSettings): Finding {
  const severity = settings[finding.rule];
  return severity === undefined || severity === 'off' ? finding : { ...finding, severity };
}

function compareFindings(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (
    comparePositions(a.range.start, b.range.start) ||
    comparePositions(a.range.end, b.range.end) ||
    ruleIds.indexOf(a.rule) - ruleIds.indexOf(b.rule)
  );
}
