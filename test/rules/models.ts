/** Hand-made models for rules: only what a test is about has to be said. */
import type { Compatibility, Difference } from '../../common/model/flow.ts';
import { known, opaque } from '../../common/model/known.ts';
import type { MastraInstallation, ProjectModel, WorkflowUse } from '../../common/model/project.ts';
import type { Range } from '../../common/model/text.ts';
import type {
  FlowEntry,
  ForeachEntry,
  LoopEntry,
  ParallelEntry,
  StepEntry,
  WorkflowEntry,
  WorkflowModel,
} from '../../common/model/workflow.ts';

/** A range on one line, told apart by the line. */
export function line(number: number): Range {
  return { start: { line: number, character: 0 }, end: { line: number, character: 4 } };
}

export const fits: Compatibility = { kind: 'fits' };

export function differs(difference: Difference): Compatibility {
  return { kind: 'differs', arrives: { text: 'Arrives' }, needs: { text: 'Needs' }, difference };
}

export const missing = (name: string): Compatibility => differs({ kind: 'missing', path: [name], needs: 'string' });

const unknown = opaque('not part of the test');

function base(node: string, at: number) {
  return {
    node,
    file: '/a.ts',
    range: line(at),
    call: line(at),
    definition: undefined,
    description: undefined,
    check: fits,
    arrives: unknown,
    needs: unknown,
    leaves: unknown,
  };
}

export function step(id: string, at: number, given: Partial<StepEntry> = {}): StepEntry {
  return { ...base(id, at), type: 'step', id: known(id), canSuspend: false, ...given };
}

export function nested(id: string, at: number, target: string, given: Partial<WorkflowEntry> = {}): WorkflowEntry {
  return { ...base(id, at), type: 'workflow', id: known(id), target: known(target), ...given };
}

export function parallel(at: number, entries: readonly FlowEntry[]): ParallelEntry {
  return { ...base('parallel', at), type: 'parallel', id: undefined, entries };
}

export function foreach(at: number, body: FlowEntry, given: Partial<ForeachEntry> = {}): ForeachEntry {
  return { ...base('foreach', at), type: 'foreach', id: undefined, concurrency: undefined, body, ...given };
}

export function loop(at: number, body: FlowEntry, given: Partial<LoopEntry> = {}): LoopEntry {
  return {
    ...base('loop', at),
    type: 'loop',
    loopType: 'dountil',
    id: undefined,
    condition: '',
    body,
    again: fits,
    ...given,
  };
}

export function workflow(
  name: string,
  entries: readonly FlowEntry[],
  given: Partial<WorkflowModel> = {},
): WorkflowModel {
  const file = given.file ?? '/a.ts';
  return {
    key: `${file}#${name}`,
    id: known(name),
    name,
    exportName: name,
    description: undefined,
    file,
    nameRange: line(0),
    range: line(0),
    commit: { kind: 'committed', range: line(99) },
    input: unknown,
    output: unknown,
    state: undefined,
    entries,
    end: fits,
    incomplete: undefined,
    ...given,
  };
}

export const uncommitted: Pick<WorkflowModel, 'commit'> = {
  commit: { kind: 'missing', report: line(0), insertion: { file: '/a.ts', range: line(98), newText: '.commit()' } },
};

export function project(
  workflows: readonly WorkflowModel[],
  {
    uses = [],
    mastra = '1.71.0',
  }: { readonly uses?: readonly WorkflowUse[]; readonly mastra?: string | undefined } = {},
): ProjectModel {
  const installation: MastraInstallation = { kind: 'installed', version: mastra };
  return {
    workflows: new Map(workflows.map((each) => [each.key, each])),
    uses,
    files: [...new Set(workflows.map(({ file }) => file))],
    opaque: [],
    mastra: installation,
  };
}
