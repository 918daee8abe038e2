/** Workflows as JSON that mirrors Mastra's own step graph, with the place of each part in the source. */
import { known, knownOr, opaque, type Known } from '../../../common/model/known.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import type { Range } from '../../../common/model/text.ts';
import type { FlowEntry, WorkflowKey, WorkflowModel } from '../../../common/model/workflow.ts';

/** How a file is called in the document. */
type Name = (file: string) => string;

/** An entry of the document. `file` is there where it is another one than that of the entry around it. */
export type GraphEntry = { readonly range: Range } & (
  | { readonly type: 'step' | 'agent' | 'tool' | 'classifier'; readonly id: string | null }
  | { readonly type: 'mapping' | 'sleep' | 'sleepUntil'; readonly id?: string }
  | { readonly type: 'parallel' | 'conditional'; readonly steps: readonly GraphEntry[] }
  | { readonly type: 'loop'; readonly loopType: 'dowhile' | 'dountil'; readonly step: GraphEntry }
  | { readonly type: 'foreach'; readonly step: GraphEntry }
  | {
      readonly type: 'workflow';
      readonly id: string | null;
      readonly file?: string;
      readonly steps: readonly GraphEntry[];
    }
  | { readonly type: 'opaque'; readonly reason: string }
);

export interface GraphDocument {
  readonly id: string | null;
  readonly exportName: string | null;
  readonly file: string;
  readonly range: Range;
  readonly committed: boolean;
  readonly steps: readonly GraphEntry[];
}

export function graphDocument(project: ProjectModel, workflow: WorkflowModel, name: Name): GraphDocument {
  return {
    id: knownOr(workflow.id, null),
    exportName: workflow.exportName ?? null,
    file: name(workflow.file),
    range: workflow.range,
    committed: workflow.commit.kind === 'committed',
    steps: entriesOf(project, workflow, name, [workflow.key]),
  };
}

/** `around` are the workflows that the entries lie in, from the outside in. */
function entriesOf(
  project: ProjectModel,
  workflow: WorkflowModel,
  name: Name,
  around: readonly WorkflowKey[],
): readonly GraphEntry[] {
  const convert = (entry: FlowEntry): GraphEntry => {
    const { range } = entry;
    switch (entry.type) {
      case 'step':
      case 'agent':
      case 'tool':
      case 'classifier':
        return { type: entry.type, id: knownOr(entry.id, null), range };
      case 'mapping':
      case 'sleep':
      case 'sleepUntil':
        return { type: entry.type, ...(entry.id === undefined ? {} : { id: entry.id }), range };
      case 'parallel':
        return { type: entry.type, steps: entry.entries.map(convert), range };
      case 'conditional':
        return { type: entry.type, steps: entry.branches.map((branch) => convert(branch.entry)), range };
      case 'loop':
        return { type: entry.type, loopType: entry.loopType, step: convert(entry.body), range };
      case 'foreach':
        return { type: entry.type, step: convert(entry.body), range };
      case 'workflow': {
        const id = knownOr(entry.id, null);
        const target = nestedIn(project, entry.target, around);
        if (!target.known)
          return { type: entry.type, id, steps: [{ type: 'opaque', reason: target.reason, range }], range };
        const { value: nested } = target;
        return {
          type: entry.type,
          id,
          ...(nested.file === workflow.file ? {} : { file: name(nested.file) }),
          steps: entriesOf(project, nested, name, [...around, nested.key]),
          range,
        };
      }
      case 'opaque':
        return { type: entry.type, reason: entry.reason, range };
    }
  };
  return workflow.entries.map(convert);
}

function nestedIn(
  project: ProjectModel,
  target: Known<WorkflowKey>,
  around: readonly WorkflowKey[],
): Known<WorkflowModel> {
  if (!target.known) return target;
  if (around.includes(target.value)) return opaque('the workflow contains itself');
  const nested = project.workflows.get(target.value);
  return nested === undefined ? opaque('the workflow is declared outside the project') : known(nested);
}
