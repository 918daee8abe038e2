import { isAtLeast } from '../../project/version.ts';
import type { Verdict } from './verdict.ts';

export function triggerSchema(version: string): Verdict | undefined {
  if (!isAtLeast(version, 0, 10)) return undefined;
  return {
    severity: 'warning',
    message: '`triggerSchema` is ignored since @mastra/core 0.10: what starts a workflow is its `inputSchema`.',
    fix: 'Write `inputSchema`',
  };
}
