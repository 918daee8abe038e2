import type { Severity } from '../../../../common/protocol/rules.ts';

/** What one shape comes to in the installed version. */
export interface Verdict {
  readonly severity: Severity;
  readonly message: string;
  /** Title of the fix with the edits of the fact, if it has any; undefined where they do not fit the version. */
  readonly fix: string | undefined;
}
