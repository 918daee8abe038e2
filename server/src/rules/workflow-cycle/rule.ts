/** Workflows that contain themselves, directly or through others: a run that gets there overflows the stack. */
import { walkEntries, type EntryAddress } from '../../../../common/model/address.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { WorkflowEntry, WorkflowKey, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import type { Rule } from '../rule.ts';
import { workflowLabel } from '../wording.ts';

/** One workflow uses another as a step. */
interface Nesting {
  readonly from: WorkflowModel;
  readonly to: WorkflowModel;
  readonly entry: WorkflowEntry;
  readonly address: EntryAddress;
}

type Nestings = ReadonlyMap<WorkflowKey, readonly Nesting[]>;

export const workflowCycle: Rule = {
  id: 'workflow-cycle',
  acrossFiles: true,
  summary: 'A workflow contains itself, directly or through other workflows.',
  *check(project) {
    const nestings = nestingsOf(project);
    for (const workflow of project.workflows.values()) {
      for (const nesting of nestings.get(workflow.key) ?? []) {
        const back = shortestWay(nestings, nesting.to, workflow);
        if (back !== undefined) yield report(nesting, back);
      }
    }
  },
};

function nestingsOf(project: ProjectModel): Nestings {
  const found = new Map<WorkflowKey, Nesting[]>();
  for (const from of project.workflows.values()) {
    const nestings: Nesting[] = [];
    for (const { entry, address } of walkEntries(from.entries)) {
      if (entry.type !== 'workflow' || !entry.target.known) continue;
      const to = project.workflows.get(entry.target.value);
      if (to !== undefined) nestings.push({ from, to, entry, address });
    }
    found.set(from.key, nestings);
  }
  return found;
}

/** The fewest nestings that lead from one workflow to another; empty when they are the same, undefined when there is no way. */
function shortestWay(nestings: Nestings, start: WorkflowModel, goal: WorkflowModel): readonly Nesting[] | undefined {
  if (start === goal) return [];
  const seen = new Set([start.key]);
  let ways: readonly (readonly Nesting[])[] = [[]];
  while (ways.length > 0) {
    const longer: (readonly Nesting[])[] = [];
    for (const way of ways) {
      for (const next of nestings.get(way.at(-1)?.to.key ?? start.key) ?? []) {
        if (seen.has(next.to.key)) continue;
        if (next.to === goal) return [...way, next];
        seen.add(next.to.key);
        longer.push([...way, next]);
      }
    }
    ways = longer;
  }
  return undefined;
}

function report(closing: Nesting, back: readonly Nesting[]): Finding {
  return {
    rule: 'workflow-cycle',
    severity: 'error',
    message: message(closing.from, back),
    file: closing.entry.file,
    range: closing.entry.range,
    // Read from top to bottom it is the way round: every next line names the workflow that the line before ended with.
    related: back.map(({ from, to, entry }) => ({
      file: entry.file,
      range: entry.range,
      message: `${workflowLabel(from)} contains ${workflowLabel(to)} here`,
    })),
    fixes: [],
    workflow: closing.from.key,
    address: closing.address,
  };
}

function message(workflow: WorkflowModel, back: readonly Nesting[]): string {
  const name = workflowLabel(workflow);
  const subject = name.startsWith('`') ? `Workflow ${name}` : 'This workflow';
  if (back.length === 0) return `${subject} contains itself: a run that gets here overflows the stack.`;
  const through = back.map(({ from }) => workflowLabel(from)).join(' and ');
  return `${subject} contains itself through ${through}: a run that gets here overflows the stack.`;
}
