/** Rule ids and findings: shared by rules, language server, command line and graph panel. */
import type { FileEdit, Location } from '../model/text.ts';

export const ruleIds = [
  'schema-mismatch',
  'output-mismatch',
  'missing-commit',
  'workflow-cycle',
  'duplicate-step-id',
  'branch-shape',
  'unawaited-create-run',
  'unused-suppression',
  'unknown-model',
  'deprecated-model',
  'missing-api-key',
  'branch-no-default',
  'unknown-map-path',
  'agent-step-input',
  'unbounded-loop',
  'mcp-server-config',
  'mcp-missing-description',
  'legacy-api',
  'foreach-not-array',
  'step-reused',
  'storage-memory',
  'suspend-not-returned',
  'missing-suspend-schema',
  'missing-resume-schema',
  'unknown-registration',
  'unknown-step-id',
  'duplicate-workflow-id',
  'unregistered-workflow',
  'step-output-mismatch',
  'duplicate-mastra',
  'empty-workflow',
  'unnamed-sleep',
  'import-cycle',
] as const;

export type RuleId = (typeof ruleIds)[number];

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** One fact that a rule states, at the place where the author can act on it. */
export interface Finding extends Location {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** One sentence, without the rule's id. */
  readonly message: string;
  readonly related: readonly RelatedLocation[];
  readonly fixes: readonly Fix[];
  /** Key of the workflow that it is about, for badges in its graph; undefined when it is about other code. */
  readonly workflow: string | undefined;
  /** Address in the graph of that workflow; undefined when the finding belongs to the workflow as a whole. */
  readonly address: string | undefined;
}

export interface RelatedLocation extends Location {
  readonly message: string;
}

/** A quick fix: applied as a whole, its result compiles and clears the finding. */
export interface Fix {
  /** Imperative, as shown in the light bulb menu: "Add .commit()". */
  readonly title: string;
  readonly edits: readonly FileEdit[];
  readonly preferred: boolean;
}
