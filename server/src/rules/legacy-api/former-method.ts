import type { FormerArgumentFact, FormerMethodFact } from '../../../../common/model/facts/legacy-api.ts';
import { code } from '../wording.ts';
import type { Verdict } from './verdict.ts';

export function formerMethod({ owner, method, replacement }: FormerMethodFact): Verdict {
  return {
    severity: 'error',
    message: `${code(`${owner}.${method}`)} is ${code(replacement)} since @mastra/core 1.0, so this throws.`,
    fix: `Write ${code(replacement)}`,
  };
}

export function formerArgument({ method, option, replacement }: FormerArgumentFact): Verdict {
  const since = option === 'triggerData' ? '0.10' : '1.0';
  return {
    severity: 'warning',
    message: `${code(method)} ignores ${code(option)}: it is ${code(replacement)} since @mastra/core ${since}.`,
    fix: `Write ${code(replacement)}`,
  };
}
