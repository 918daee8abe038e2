/** Keeps a rule that fails from taking the others with it, and tells what each of them takes. */
import type { ProjectModel } from '../../../common/model/project.ts';
import type { Finding, RuleId } from '../../../common/protocol/rules.ts';
import type { Rule } from './rule.ts';

/** Runs one rule; undefined when it failed and is to be left out. */
export type RunRule = (rule: Rule, project: ProjectModel) => readonly Finding[] | undefined;

export interface RuleMonitor {
  readonly run: RunRule;
  /** One line with the time of each rule since the last call, the slowest first; undefined when none has run. */
  readonly times: () => string | undefined;
}

export interface RuleMonitorOptions {
  /** Told of the first failure of each rule, and not again at every edit. */
  readonly onFailure: (rule: RuleId, error: unknown) => void;
  /** A clock, in milliseconds. */
  readonly now: () => number;
}

export function monitorRules({ onFailure, now }: RuleMonitorOptions): RuleMonitor {
  const failed = new Set<RuleId>();
  const spent = new Map<RuleId, number>();
  return {
    run(rule, project) {
      const start = now();
      try {
        return [...rule.check(project)];
      } catch (error) {
        if (!failed.has(rule.id)) onFailure(rule.id, error);
        failed.add(rule.id);
        return undefined;
      } finally {
        spent.set(rule.id, (spent.get(rule.id) ?? 0) + now() - start);
      }
    },
    times() {
      if (spent.size === 0) return undefined;
      const total = [...spent.values()].reduce((sum, time) => sum + time, 0);
      const each = [...spent]
        .toSorted(([, a], [, b]) => b - a)
        .map(([id, time]) => `${id} ${time.toFixed(1)}`)
        .join(', ');
      spent.clear();
      return `Rules: ${total.toFixed(1)} ms (${each})`;
    },
  };
}
