import type { ExecuteContextFact } from '../../../../common/model/facts/legacy-api.ts';
import { isAtLeast } from '../../project/version.ts';
import { code } from '../wording.ts';
import type { Verdict } from './verdict.ts';

export function executeContext({ of, name }: ExecuteContextFact, version: string): Verdict | undefined {
  switch (of) {
    case 'tool':
      if (!isAtLeast(version, 1, 0)) return undefined;
      return {
        severity: 'error',
        message: `${code(name)} is undefined here: the first parameter of a tool is its input since @mastra/core 1.0, and the second one holds the rest, \`(inputData, { requestContext }) => ...\`.`,
        fix: 'Write `(inputData, context)`',
      };
    case 'step':
      if (!isAtLeast(version, 0, 10)) return undefined;
      return {
        severity: 'error',
        message:
          '`context` is undefined here: a step gets `{ inputData, getStepResult, getInitData }` since @mastra/core 0.10.',
        fix: 'Write `{ inputData }`',
      };
  }
}
