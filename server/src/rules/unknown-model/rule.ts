/** A model string that Mastra cannot take apart, or that names a provider or model that its registry does not list. */
import type { AgentModelFact } from '../../../../common/model/facts/index.ts';
import type { ModelRegistry } from '../../../../common/model/models.ts';
import type { Finding, Severity } from '../../../../common/protocol/rules.ts';
import { modelUses } from '../../project/model-uses.ts';
import { modelInfo, nearestModels } from '../../project/models.ts';
import type { Rule } from '../rule.ts';
import { code } from '../wording.ts';

export const unknownModel: Rule = {
  id: 'unknown-model',
  summary: 'A model is not one that the installed Mastra knows.',
  *check(project) {
    const models = modelUses(project);
    if (models === undefined) return;
    for (const use of models.uses) {
      const verdict = judge(models.registry, use.model, models.hasOwnGateway);
      if (verdict !== undefined) yield findingAt(use, verdict);
    }
  },
};

interface Verdict {
  readonly severity: Severity;
  readonly message: string;
  /** What was most likely meant. */
  readonly nearest: string | undefined;
}

function judge(registry: ModelRegistry, name: string, hasOwnGateway: boolean): Verdict | undefined {
  const info = modelInfo(registry, name);
  const [nearest] = nearestModels(registry, name, 1);
  switch (info.kind) {
    case 'known':
    case 'gateway':
      return undefined;
    case 'malformed': {
      const form = nearest === undefined ? 'write `provider/model`' : `write ${code(nearest)}`;
      return {
        severity: 'warning',
        message: `Model ${code(name)} names no provider, so using it throws: ${form}.`,
        nearest,
      };
    }
    case 'unknown-provider': {
      if (hasOwnGateway) return undefined;
      const subject = `Provider ${code(info.provider)} is not one that the installed Mastra knows`;
      return { severity: 'info', message: `${subject}${hint(nearest)}.`, nearest };
    }
    case 'unknown-model': {
      if (hasOwnGateway) return undefined;
      const subject = `${code(info.model)} is not a model of ${info.provider.name} that the installed Mastra knows`;
      return { severity: 'info', message: `${subject}${hint(nearest)}.`, nearest };
    }
  }
}

function hint(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` (did you mean ${code(nearest)}?)`;
}

function findingAt({ file, range }: AgentModelFact, { severity, message, nearest }: Verdict): Finding {
  return {
    rule: 'unknown-model',
    severity,
    message,
    file,
    range,
    related: [],
    fixes:
      nearest === undefined
        ? []
        : [
            {
              title: `Replace with ${code(nearest)}`,
              edits: [{ file, range, newText: nearest }],
              preferred: severity === 'warning',
            },
          ],
    workflow: undefined,
    address: undefined,
  };
}
