import type { RuntimeContextImportFact } from '../../../../common/model/facts/legacy-api.ts';
import { isAtLeast } from '../../project/version.ts';
import { code } from '../wording.ts';
import type { Verdict } from './verdict.ts';

export function runtimeContextImport({ module }: RuntimeContextImportFact, version: string): Verdict | undefined {
  if (!isAtLeast(version, 1, 0)) return undefined;
  return {
    severity: 'error',
    message: `${code(module)} has no \`RuntimeContext\` since @mastra/core 1.0: it is \`RequestContext\` of \`@mastra/core/request-context\`.`,
    fix: 'Import `RequestContext`',
  };
}

export function runtimeContextParameter(): Verdict {
  return {
    severity: 'error',
    message: '`runtimeContext` is undefined here: it is `requestContext` since @mastra/core 1.0.',
    fix: 'Write `requestContext`',
  };
}
