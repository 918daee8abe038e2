/** Both sides of the comparison as the same lines of text: the runtime's serialized graph and the static model. */
import { z } from 'zod';
import type { Known } from '../../common/model/known.ts';
import type { FlowEntry, WorkflowKey, WorkflowModel } from '../../common/model/workflow.ts';

interface RuntimeEntry {
  readonly type: string;
  readonly id?: string | undefined;
  readonly step?: unknown;
  readonly steps?: readonly unknown[] | undefined;
  readonly serializedStepFlow?: readonly unknown[] | undefined;
  readonly serializedConditions?: readonly unknown[] | undefined;
  readonly loopType?: string | undefined;
  readonly opts?: { readonly concurrency?: number | undefined } | undefined;
  readonly duration?: number | undefined;
}

const runtimeEntry: z.ZodType<RuntimeEntry> = z.object({
  type: z.string(),
  id: z.string().optional(),
  step: z.unknown().optional(),
  steps: z.array(z.unknown()).optional(),
  serializedStepFlow: z.array(z.unknown()).optional(),
  serializedConditions: z.array(z.unknown()).optional(),
  loopType: z.string().optional(),
  opts: z.object({ concurrency: z.number().optional() }).optional(),
  duration: z.number().optional(),
});

const plainStep = z.object({ id: z.string() });

export function runtimeLines(graph: readonly unknown[], indent = ''): readonly string[] {
  return graph.flatMap((raw) => {
    const entry = runtimeEntry.parse(raw);
    const inner = `${indent}  `;
    switch (entry.type) {
      case 'step':
        return [`${indent}step ${plainStep.parse(entry.step).id}`];
      case 'workflow':
        return [`${indent}workflow ${entry.id ?? ''}`, ...runtimeLines(entry.serializedStepFlow ?? [], inner)];
      case 'parallel':
        return [`${indent}parallel${optional(entry.id)}`, ...runtimeLines(entry.steps ?? [], inner)];
      case 'conditional': {
        const conditions = String(entry.serializedConditions?.length ?? 0);
        return [
          `${indent}conditional${optional(entry.id)}, ${conditions} conditions`,
          ...runtimeLines(entry.steps ?? [], inner),
        ];
      }
      case 'loop':
        return [`${indent}${entry.loopType ?? ''}${optional(entry.id)}`, ...runtimeLines([entry.step], inner)];
      case 'foreach': {
        const concurrency = String(entry.opts?.concurrency ?? 1);
        return [`${indent}foreach${optional(entry.id)} by ${concurrency}`, ...runtimeLines([entry.step], inner)];
      }
      case 'sleep':
      case 'sleepUntil': {
        // Without an id of its own it gets a random one.
        const id = /^sleep_[0-9a-f]{8}-/.test(entry.id ?? '') ? undefined : entry.id;
        return [`${indent}${entry.type}${optional(id)}${optional(entry.duration)}`];
      }
      default:
        return [`${indent}${entry.type} ${entry.id ?? ''}`];
    }
  });
}

export function modelLines(
  workflow: WorkflowModel,
  workflows: ReadonlyMap<WorkflowKey, WorkflowModel>,
  indent = '',
): readonly string[] {
  let mappings = 0;
  return workflow.entries.flatMap((entry) => {
    const lines = entryLines(entry, workflow, workflows, mappings, indent);
    if (entry.type === 'mapping') mappings += 1;
    return lines;
  });
}

function entryLines(
  entry: FlowEntry,
  workflow: WorkflowModel,
  workflows: ReadonlyMap<WorkflowKey, WorkflowModel>,
  mappings: number,
  indent: string,
): readonly string[] {
  const inner = `${indent}  `;
  const inside = (children: readonly FlowEntry[]): readonly string[] =>
    children.flatMap((child) => entryLines(child, workflow, workflows, 0, inner));
  switch (entry.type) {
    case 'step':
    case 'agent':
    case 'tool':
    case 'classifier':
      return [`${indent}${entry.type} ${text(entry.id)}`];
    case 'workflow': {
      const target = entry.target.known ? workflows.get(entry.target.value) : undefined;
      return [
        `${indent}workflow ${text(entry.id)}`,
        ...(target === undefined ? [`${inner}(not found)`] : modelLines(target, workflows, inner)),
      ];
    }
    case 'mapping':
      return [`${indent}mapping ${entry.id ?? `mapping_${text(workflow.id)}_${String(mappings)}`}`];
    case 'parallel':
      return [`${indent}parallel${optional(entry.id)}`, ...inside(entry.entries)];
    case 'conditional':
      return [
        `${indent}conditional${optional(entry.id)}, ${String(entry.branches.length)} conditions`,
        ...inside(entry.branches.map((branch) => branch.entry)),
      ];
    case 'loop':
      return [`${indent}${entry.loopType}${optional(entry.id)}`, ...inside([entry.body])];
    case 'foreach':
      return [`${indent}foreach${optional(entry.id)} by ${String(entry.concurrency ?? 1)}`, ...inside([entry.body])];
    case 'sleep':
    case 'sleepUntil':
      return [`${indent}${entry.type}${optional(entry.id)}${optional(entry.duration)}`];
    case 'opaque':
      return [`${indent}opaque (${entry.reason})`];
  }
}

function text(id: Known<string>): string {
  return id.known ? id.value : `? (${id.reason})`;
}

function optional(value: string | number | undefined): string {
  return value === undefined ? '' : ` ${String(value)}`;
}

/** Two lists of lines beside each other, differing lines marked. */
export function sideBySide(left: readonly string[], right: readonly string[]): string {
  const width = Math.max(...left.map((line) => line.length), 'source'.length);
  const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [a, b] = [left[index] ?? '', right[index] ?? ''];
    return `${a === b ? ' ' : '!'} ${a.padEnd(width)} | ${b}`;
  });
  return [`  ${'source'.padEnd(width)} | runtime`, ...rows].join('\n');
}
