import { isAtLeast } from '../../project/version.ts';
import type { Verdict } from './verdict.ts';

export function toolCall(version: string): Verdict | undefined {
  if (!isAtLeast(version, 1, 0)) return undefined;
  return {
    severity: 'error',
    message:
      '`context` is no part of the input here, so the tool answers with an error: since @mastra/core 1.0 a tool takes its input itself, `execute(inputData, { requestContext })`.',
    fix: 'Write `execute(inputData, context)`',
  };
}
