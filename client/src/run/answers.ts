/** Questions to the runner that wait for their answers. */
import type { SuspendedStep } from './connection.ts';
import type { RunProblem } from './problem.ts';
import type { InputIssue } from './protocol.ts';

export type Answer =
  | { readonly type: 'issues'; readonly settle: (issues: readonly InputIssue[]) => void }
  | { readonly type: 'steps'; readonly settle: (steps: readonly SuspendedStep[]) => void }
  | { readonly type: 'abandoned'; readonly settle: (problem: RunProblem | undefined) => void };

export function isOf<T extends Answer['type']>(
  answer: Answer | undefined,
  type: T,
): answer is Extract<Answer, { readonly type: T }> {
  return answer?.type === type;
}

/** The process is gone: nobody answers any more. */
export function giveUp(answer: Answer, problem: RunProblem): void {
  switch (answer.type) {
    case 'issues':
    case 'steps':
      answer.settle([]);
      return;
    case 'abandoned':
      answer.settle(problem);
  }
}
