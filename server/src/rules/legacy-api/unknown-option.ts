import type { UnknownOptionFact } from '../../../../common/model/facts/legacy-api.ts';
import { code } from '../wording.ts';
import type { Verdict } from './verdict.ts';

export function unknownOption({ maker, option, replacement, removes }: UnknownOptionFact, version: string): Verdict {
  const subject = `${code(maker)} has no option ${code(option)} in @mastra/core ${version} and ignores it`;
  return {
    severity: 'warning',
    message:
      replacement === undefined
        ? `${subject}${maker === 'Mastra' ? '' : advice(option)}.`
        : `${subject}; use ${code(replacement)}.`,
    fix: removes || replacement === undefined ? `Remove ${code(option)}` : `Write ${code(replacement)}`,
  };
}

function advice(option: string): string {
  return option === 'timeout' ? '; let `execute` give up, e.g. with `AbortSignal.timeout(...)`' : '';
}
