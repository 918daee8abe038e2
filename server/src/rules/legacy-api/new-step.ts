import { isAtLeast } from '../../project/version.ts';
import type { Verdict } from './verdict.ts';

export function newStep(version: string): Verdict | undefined {
  if (!isAtLeast(version, 0, 10)) return undefined;
  return {
    severity: 'error',
    message: '`Step` is no class since @mastra/core 0.10, so `new` throws; steps are made by `createStep({...})`.',
    fix: 'Write `createStep`',
  };
}
