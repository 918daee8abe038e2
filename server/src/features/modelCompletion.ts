/** Models as Mastra's router names them: providers first, then the models of one. */
import { CompletionItemKind, CompletionItemTag, type CompletionItem } from 'vscode-languageserver';
import type { AgentModelFact, ProjectModel } from '../../../common/model/index.ts';

/** Proposals for a model's name. Empty without a registry, e.g. because Mastra is not installed. */
export function modelCompletions(project: ProjectModel, { model, range }: AgentModelFact): readonly CompletionItem[] {
  const providers = project.models?.providers;
  if (providers === undefined) return [];
  const provider = providers.get(model.slice(0, Math.max(model.indexOf('/'), 0)));
  if (provider === undefined) {
    return [...providers.values()].map(({ id, name, models }) => ({
      label: `${id}/`,
      kind: CompletionItemKind.Module,
      detail: `${name}, ${String(models.length)} models`,
      filterText: id,
      textEdit: { range, newText: `${id}/` },
      // The models of the provider come next.
      command: { title: 'Suggest', command: 'editor.action.triggerSuggest' },
    }));
  }
  const deprecated = new Set(provider.deprecated);
  return provider.models.map((name) => ({
    label: `${provider.id}/${name}`,
    kind: CompletionItemKind.Constant,
    detail: provider.name,
    filterText: `${provider.id}/${name}`,
    textEdit: { range, newText: `${provider.id}/${name}` },
    ...(deprecated.has(name) ? { tags: [CompletionItemTag.Deprecated] } : {}),
  }));
}
