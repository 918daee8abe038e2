/** The quick fix that registers a workflow: a property among the workflows, and an import where it is needed. */
import type { RegistryFact } from '../../../../common/model/facts/index.ts';
import { isIdentifierName } from '../../../../common/model/text.ts';
import type { WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Fix } from '../../../../common/protocol/rules.ts';
import { code } from '../wording.ts';

export function registration(registry: RegistryFact, workflow: WorkflowModel, name: string): readonly Fix[] {
  const { extension, file } = registry;
  if (extension === undefined || !isIdentifierName(name)) return [];
  const { property, imports, quote } = extension;
  const key = { file, range: property.range, newText: `${property.before}${name}${property.after}` };
  const fix = (edits: Fix['edits']): readonly Fix[] => [
    { title: `Register ${code(name)} in \`new Mastra\``, edits, preferred: true },
  ];
  if (file === workflow.file) return fix([key]);
  const { exportName } = workflow;
  if (exportName === undefined) return [];
  const path = relativePath(file, workflow.file);
  const imported = extension.imported.find(({ local }) => local === name);
  if (imported?.name === exportName && withoutExtension(imported.module) === path) return fix([key]);
  if (imported !== undefined || extension.names.includes(name)) return [];
  const what = exportName === name ? name : `${exportName} as ${name}`;
  const newText = `import { ${what} } from ${quote}${path}${extension.importExtension}${quote};\n`;
  return fix([{ file, range: imports, newText }, key]);
}

function withoutExtension(path: string): string {
  return path.replace(/\.[mc]?[jt]sx?$/, '');
}

/** `./workflows/order`, as a module in the file `from` names the file `to`. */
function relativePath(from: string, to: string): string {
  const start = from.split('/').slice(0, -1);
  const goal = withoutExtension(to).split('/');
  let shared = 0;
  while (shared < start.length && start[shared] === goal[shared]) shared += 1;
  const up = start.slice(shared).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...goal.slice(shared)].join('/');
}
