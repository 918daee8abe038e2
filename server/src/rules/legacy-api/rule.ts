/** Code for another API than the one of the installed Mastra: of an older version, or never there. */
import { factsOf } from '../../../../common/model/facts/index.ts';
import type { LegacyApiFact } from '../../../../common/model/facts/index.ts';
import { installationFor } from '../../project/installation.ts';
import type { Rule } from '../rule.ts';
import { executeContext } from './execute-context.ts';
import { formerChain } from './former-chain.ts';
import { formerArgument, formerMethod } from './former-method.ts';
import { modelObject } from './model-object.ts';
import { newStep } from './new-step.ts';
import { rootImport } from './root-import.ts';
import { runtimeContextImport, runtimeContextParameter } from './runtime-context.ts';
import { toolCall } from './tool-call.ts';
import { triggerSchema } from './trigger-schema.ts';
import { unknownOption } from './unknown-option.ts';
import type { Verdict } from './verdict.ts';

export const legacyApi: Rule = {
  id: 'legacy-api',
  summary: 'Code is written for another API than that of the installed Mastra.',
  *check(project) {
    for (const fact of factsOf(project, 'legacy-api')) {
      const mastra = installationFor(project, fact.file);
      // What is gone is only known where the declarations of Mastra were read.
      if (mastra.kind === 'missing') continue;
      const verdict = judge(fact, mastra.version);
      if (verdict === undefined) continue;
      const { edits } = fact;
      yield {
        rule: 'legacy-api',
        file: fact.file,
        range: fact.range,
        severity: verdict.severity,
        message: verdict.message,
        related: [],
        fixes:
          edits === undefined || verdict.fix === undefined
            ? []
            : [{ title: verdict.fix, edits, preferred: !(fact.shape === 'unknown-option' && fact.removes) }],
        workflow: undefined,
        address: undefined,
      };
    }
  },
};

function judge(fact: LegacyApiFact, version: string): Verdict | undefined {
  switch (fact.shape) {
    case 'trigger-schema':
      return triggerSchema(version);
    case 'former-chain':
      return formerChain(fact, version);
    case 'new-step':
      return newStep(version);
    case 'former-method':
      return formerMethod(fact);
    case 'former-argument':
      return formerArgument(fact);
    case 'runtime-context-import':
      return runtimeContextImport(fact, version);
    case 'runtime-context-parameter':
      return runtimeContextParameter();
    case 'execute-context':
      return executeContext(fact, version);
    case 'tool-call':
      return toolCall(version);
    case 'root-import':
      return rootImport(fact, version);
    case 'model-object':
      return modelObject(fact, version);
    case 'unknown-option':
      return unknownOption(fact, version);
  }
}
