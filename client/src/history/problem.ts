/** Why a run is not recorded any more. The run itself goes on. */

export type RecordingProblem =
  | { readonly kind: 'disk-full' }
  | { readonly kind: 'not-writable'; readonly file: string }
  /** The folder, or the log, was deleted meanwhile. */
  | { readonly kind: 'removed'; readonly file: string }
  /** The log alone fills what the whole history may; the run's end is recorded all the same. */
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** From what the file system threw. */
export function recordingProblem(error: unknown, file: string): RecordingProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'disk-full' };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return { kind: 'not-writable', file };
    case 'ENOENT':
      return { kind: 'removed', file };
    default:
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What happened and what to do, in words. `title` names the workflow. */
export function recordingProblemText(problem: RecordingProblem, title: string): string {
  const goesOn = `The run of ${title} goes on, but the rest of it is not recorded.`;
  switch (problem.kind) {
    case 'disk-full':
      return `The disk is full. ${goesOn} Free some space to record the next one.`;
    case 'not-writable':
      return `The run history cannot be written to ${problem.file}. ${goesOn} Make the folder writable to record the next one.`;
    case 'removed':
      return `The recording of the run was deleted while it was written (${problem.file}). ${goesOn}`;
    case 'too-large':
      return `The recording of ${title} has reached ${Math.round(problem.bytes / 1_048_576)} MB, which is all that the run history may fill. The run goes on; of what follows only its end is recorded. Raise mastra.history.maxSizeMB to keep more.`;
    case 'failed':
      return `The run history cannot be written: ${problem.reason}. ${goesOn}`;
  }
}
