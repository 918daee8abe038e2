/** A model whose provider needs a key that nothing in the project's environment names. */
import path from 'node:path';
import type { EnvironmentNames, ModelProvider } from '../../../../common/model/models.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import type { AgentModelFact } from '../../../../common/model/facts/index.ts';
import { modelUses } from '../../project/model-uses.ts';
import { modelInfo } from '../../project/models.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const missingApiKey: Rule = {
  id: 'missing-api-key',
  acrossFiles: true,
  summary: 'The key of a model’s provider is not set anywhere.',
  *check(project) {
    const models = modelUses(project);
    if (models === undefined || models.hasOwnGateway) return;
    /** One key is missed once, where it is first needed. */
    const reported = new Set<string>();
    for (const use of models.uses) {
      if (!use.certain || use.hasKey) continue;
      const info = modelInfo(models.registry, use.model);
      if (info.kind !== 'known' && info.kind !== 'unknown-model') continue;
      const environment = project.environment?.get(use.file);
      if (environment === undefined) continue;
      const key = `${info.provider.id} ${environment.files.join()}`;
      if (reported.has(key) || isSet(info.provider, environment)) continue;
      reported.add(key);
      yield findingAt(use, info.provider, environment);
    }
  },
};

function isSet({ variables }: ModelProvider, { names }: EnvironmentNames): boolean {
  return variables.length === 0 || variables.some((variable) => names.includes(variable));
}

function findingAt({ file, range }: AgentModelFact, provider: ModelProvider, { files }: EnvironmentNames): Finding {
  const wanted = provider.variables.map(code).join(' or ');
  const names = [...new Set(files.map((each) => code(path.posix.basename(each))))];
  const places = names.length === 0 ? 'a `.env` file' : names.join(', ');
  return {
    rule: 'missing-api-key',
    severity: 'hint',
    message: `${provider.name} needs ${wanted}, which is neither in ${places} nor in the environment: calls of the model fail.`,
    file,
    range,
    related: [],
    fixes: [],
    workflow: undefined,
    address: undefined,
  };
}
