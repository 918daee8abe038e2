/** A model that its provider is going to switch off. */
import { modelUses } from '../../project/model-uses.ts';
import { modelInfo } from '../../project/models.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const deprecatedModel: Rule = {
  id: 'deprecated-model',
  summary: 'A model is marked as deprecated by its provider.',
  *check(project) {
    const models = modelUses(project);
    if (models === undefined || models.hasOwnGateway) return;
    for (const { file, range, model } of models.uses) {
      const info = modelInfo(models.registry, model);
      if (info.kind !== 'known' || !info.isDeprecated) continue;
      const { name, documentation } = info.provider;
      const where = documentation === undefined ? '' : ` Its successors: ${documentation}`;
      yield {
        rule: 'deprecated-model',
        severity: 'info',
        message: `${name} has deprecated ${code(info.model)}: calls fail once it is switched off.${where}`,
        file,
        range,
        related: [],
        fixes: [],
        workflow: undefined,
        address: undefined,
      };
    }
  },
};
