import type { ModelObjectFact } from '../../../../common/model/facts/legacy-api.ts';
import { isAtLeast } from '../../project/version.ts';
import { code } from '../wording.ts';
import type { Verdict } from './verdict.ts';

export function modelObject({ model }: ModelObjectFact, version: string): Verdict | undefined {
  if (!isAtLeast(version, 0, 10)) return undefined;
  const asString = isAtLeast(version, 0, 20);
  const instead =
    asString && model !== undefined ? code(`'${model}'`) : "a model of the AI SDK, e.g. `openai('gpt-4o')`";
  return {
    severity: 'error',
    message: `An object of \`provider\` and \`name\` is no model in @mastra/core ${version}, so the agent fails when it is used; write ${instead}.`,
    fix: asString ? `Write ${instead}` : undefined,
  };
}
