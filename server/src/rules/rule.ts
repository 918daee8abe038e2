/** What a rule is: an id and a pure function from the model of a project to the facts that it states. */
import type { ProjectModel } from '../../../common/model/project.ts';
import type { Finding, RuleId, Severity } from '../../../common/protocol/rules.ts';

export interface Rule {
  readonly id: RuleId;
  /** One line for lists of rules; the page beside the rule (`rule.md`) says the rest. */
  readonly summary: string;
  /** True when it needs to know every file of a project: before that, it would report what is not so. */
  readonly acrossFiles?: true;
  /** Every fact of this rule about the project. Where the model is opaque, a rule stays silent. */
  check(project: ProjectModel): Iterable<Finding>;
}

/** The setting `mastra.rules`: a severity to use in place of the rule's own, or `off`. */
export type RuleSettings = Readonly<Partial<Record<RuleId, Severity | 'off'>>>;
