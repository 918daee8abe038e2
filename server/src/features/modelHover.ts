/** What the installed Mastra knows of a model that is named by a string, and whether the key that it needs is to be found. */
import path from 'node:path';
import { MarkupKind, type Hover } from 'vscode-languageserver';
import { rangeContains } from '../../../common/model/index.ts';
import type {
  AgentModelFact,
  EnvironmentNames,
  ModelProvider,
  ModelRegistry,
  Position,
  ProjectModel,
} from '../../../common/model/index.ts';
import { modelUses } from '../project/model-uses.ts';
import { modelInfo, nearestModels } from '../project/models.ts';
import { code, paragraphs } from './markdown.ts';

/** The hover for the text of a model string; undefined elsewhere, and for a text that names no provider. */
export function modelHoverAt(project: ProjectModel, file: string, position: Position): Hover | undefined {
  const models = modelUses(project);
  const use = models?.uses.find((each) => each.file === file && rangeContains(each.range, position));
  if (models === undefined || use === undefined) return undefined;
  const value = aboutModel(models.registry, use, models.hasOwnGateway, project.environment?.get(file));
  return value === undefined ? undefined : { contents: { kind: MarkupKind.Markdown, value }, range: use.range };
}

function aboutModel(
  registry: ModelRegistry,
  use: AgentModelFact,
  hasOwnGateway: boolean,
  environment: EnvironmentNames | undefined,
): string | undefined {
  const info = modelInfo(registry, use.model);
  const installed = `the installed Mastra${registry.version === '' ? '' : ` (${registry.version})`}`;
  const mayBeOwn = hasOwnGateway ? ' A gateway of the project may serve it.' : '';
  switch (info.kind) {
    case 'malformed':
      return undefined;
    case 'gateway':
      return paragraphs([
        `**model** ${code(info.model)} through ${code(info.gateway)}`,
        'What this gateway serves is not in the list that comes with Mastra.',
      ]);
    case 'unknown-provider':
      return paragraphs([
        `**model** ${code(info.model)} of ${code(info.provider)}`,
        `${code(info.provider)} is not among the providers that ${installed} lists.${mayBeOwn}`,
      ]);
    case 'unknown-model': {
      const nearest = nearestModels(registry, use.model, 3).map(code).join(', ');
      return paragraphs([
        `**model** ${code(info.model)} of ${info.provider.name}`,
        `It is not among the models that ${installed} lists.${mayBeOwn}`,
        nearest === '' ? undefined : `Near to it: ${nearest}.`,
        aboutKey(info.provider, use, environment),
        documentation(info.provider),
      ]);
    }
    case 'known':
      return paragraphs([
        `**model** ${code(info.model)} of ${info.provider.name}`,
        `It is among the models that ${installed} lists${info.isDeprecated ? `, and ${info.provider.name} has deprecated it` : ''}.`,
        aboutKey(info.provider, use, environment),
        documentation(info.provider),
      ]);
  }
}

/** Only whether a name is there: what a variable is set to is not read. */
function aboutKey(
  { variables }: ModelProvider,
  { hasKey }: AgentModelFact,
  environment: EnvironmentNames | undefined,
): string | undefined {
  if (hasKey) return 'The code beside it gives the key.';
  if (variables.length === 0) return undefined;
  const wanted = variables.map(code).join(' or ');
  if (environment === undefined) return `Key: ${wanted}.`;
  const files = [...new Set(environment.files.map((file) => code(path.posix.basename(file))))];
  const found = variables.find((variable) => environment.names.includes(variable));
  if (found !== undefined) {
    const which = variables.length === 1 ? 'It' : code(found);
    return `Key: ${wanted}. ${which} is set, in ${[...files, 'the environment'].join(' or ')}.`;
  }
  return files.length === 0
    ? `Key: ${wanted}, which is not set in the environment; there is no \`.env\` file.`
    : `Key: ${wanted}, which is neither in ${files.join(', ')} nor in the environment.`;
}

function documentation({ name, documentation: link }: ModelProvider): string | undefined {
  return link === undefined ? undefined : `[Models of ${name}](${link})`;
}
