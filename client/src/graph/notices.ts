/** Words for what stands between the drawing and the source. Pure. */
import type { GraphResult, ServerStatus } from '../../../common/protocol/messages.ts';
import type { PanelNotice } from '../../../common/protocol/panel.ts';

export interface Situation {
  /** The last answer to `mastra/graph`; undefined before the first one. */
  readonly result: GraphResult | undefined;
  /** Why the last request was not answered. */
  readonly failure: string | undefined;
  /** Status of the folder that the workflow is in. */
  readonly status: ServerStatus | undefined;
  /** True when some drawing is on screen. */
  readonly drawn: boolean;
  /** Name of the workflow's file, without its folders. */
  readonly fileName: string;
  /** The run that was kept before the window was loaded anew is gone. */
  readonly isRunLost: boolean;
}

/** The one thing to tell now: what hinders most comes first. Undefined when the drawing is what the source says. */
export function noticeOf({ result, failure, status, drawn, fileName, isRunLost }: Situation): PanelNotice | undefined {
  if (failure !== undefined) return { kind: 'failed', message: failure };
  if (status?.state === 'failed') {
    return { kind: 'failed', message: `The workflows could not be read: ${status.reason}` };
  }
  if (result === undefined) return { kind: 'starting', message: `Reading ${fileName}…` };
  switch (result.kind) {
    case 'broken':
      return {
        kind: 'stale',
        message: drawn
          ? `Showing the last version that parsed. Fix the syntax error in ${fileName} to update it: ${result.message}`
          : `${fileName} does not parse. Fix the syntax error to see the workflow: ${result.message}`,
      };
    case 'gone':
      return {
        kind: 'stale',
        message: drawn
          ? `${fileName} does not hold this workflow any more. This is how it was last.`
          : `${fileName} does not hold this workflow any more. Close this graph, and show that of another workflow.`,
      };
    case 'graph':
      if (isRunLost) {
        return {
          kind: 'unpinned',
          message: 'The run that was pinned here is not in the history. The next run is shown here again.',
        };
      }
      return status?.state === 'structure-only'
        ? {
            kind: 'structure-only',
            message:
              '@mastra/core is not installed here, so the data between steps is not known. Install the dependencies of the project.',
          }
        : undefined;
  }
}
