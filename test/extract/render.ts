/** A file model as short text: one line per entry, so that a test reads like the workflow it is about. */
import type { Compatibility, Difference } from '../../common/model/flow.ts';
import type { Known } from '../../common/model/known.ts';
import type { Location } from '../../common/model/text.ts';
import type { FlowEntry, WorkflowModel } from '../../common/model/workflow.ts';

export interface RenderOptions {
  /** Files under this folder are written relative to it. */
  readonly folder: string;
  /** With the data that flows. */
  readonly data?: boolean;
  /** With the place where a step is declared. */
  readonly definitions?: boolean;
}

export function renderWorkflow(workflow: WorkflowModel, options: RenderOptions): string {
  const head = [
    `workflow ${knownText(workflow.id)}`,
    workflow.name === undefined ? undefined : `name ${workflow.name}`,
    workflow.exportName === undefined ? undefined : `export ${workflow.exportName}`,
    commitText(workflow),
    workflow.incomplete === undefined ? undefined : `incomplete: ${workflow.incomplete}`,
  ].filter((part) => part !== undefined);
  const lines = [
    head.join(', '),
    ...(options.data === true ? [`  in  ${knownShape(workflow.input)}`, `  out ${knownShape(workflow.output)}`] : []),
    ...workflow.entries.flatMap((entry) => renderEntry(entry, options, '  ')),
  ];
  if (workflow.end.kind !== 'fits') lines.push(`  end ${checkText(workflow.end)}`);
  return lines.join('\n');
}

function commitText(workflow: WorkflowModel): string {
  switch (workflow.commit.kind) {
    case 'committed':
      return 'committed';
    case 'missing':
      return 'not committed';
    case 'unknown':
      return `commit unknown: ${workflow.commit.reason}`;
  }
}

export function renderEntry(entry: FlowEntry, options: RenderOptions, indent: string): readonly string[] {
  const data = options.data === true && entry.leaves.known ? ` -> ${entry.leaves.value.text}` : '';
  const check = entry.check.kind === 'fits' ? '' : ` ${checkText(entry.check)}`;
  const line = `${indent}${entry.node}: ${ownText(entry, options)}${data}${check}`;
  const inner = `${indent}  `;
  switch (entry.type) {
    case 'parallel':
      return [line, ...entry.entries.flatMap((child) => renderEntry(child, options, inner))];
    case 'conditional':
      return [
        line,
        ...entry.branches.flatMap((branch) => [
          `${inner}when ${branch.condition}`,
          ...renderEntry(branch.entry, options, inner),
        ]),
      ];
    case 'loop':
      return [
        line + (entry.again.kind === 'fits' ? '' : ` again ${checkText(entry.again)}`),
        ...renderEntry(entry.body, options, inner),
      ];
    case 'foreach':
      return [line, ...renderEntry(entry.body, options, inner)];
    case 'step':
    case 'workflow':
    case 'agent':
    case 'tool':
    case 'classifier':
    case 'mapping':
    case 'sleep':
    case 'sleepUntil':
    case 'opaque':
      return [line];
  }
}

function ownText(entry: FlowEntry, options: RenderOptions): string {
  switch (entry.type) {
    case 'step':
      return `step ${knownText(entry.id)}${entry.canSuspend ? ' suspends' : ''}${definitionText(entry.definition, options)}`;
    case 'workflow':
      return `workflow ${knownText(entry.id)} is ${entry.target.known ? shortFile(entry.target.value, options) : `? (${entry.target.reason})`}`;
    case 'agent':
    case 'tool':
    case 'classifier':
      return `${entry.type} ${knownText(entry.id)}${definitionText(entry.definition, options)}`;
    case 'mapping':
      return `mapping by ${entry.form}${entry.id === undefined ? '' : ` ${entry.id}`}`;
    case 'parallel':
    case 'conditional':
      return `${entry.type}${entry.id === undefined ? '' : ` ${entry.id}`}`;
    case 'loop':
      return `${entry.loopType} ${entry.condition}`;
    case 'foreach':
      return `foreach${entry.concurrency === undefined ? '' : ` by ${String(entry.concurrency)}`}`;
    case 'sleep':
    case 'sleepUntil':
      return `${entry.type} ${entry.duration === undefined ? entry.source : String(entry.duration)}`;
    case 'opaque':
      return `opaque (${entry.reason})`;
  }
}

function definitionText(definition: Location | undefined, options: RenderOptions): string {
  if (definition === undefined || options.definitions !== true) return '';
  return ` at ${shortFile(definition.file, options)}:${String(definition.range.start.line + 1)}`;
}

function shortFile(file: string, options: RenderOptions): string {
  return file.startsWith(`${options.folder}/`) ? file.slice(options.folder.length + 1) : file;
}

export function checkText(check: Compatibility): string {
  switch (check.kind) {
    case 'fits':
      return 'fits';
    case 'opaque':
      return `[unknown: ${check.reason}]`;
    case 'differs':
      return `[${differenceText(check.difference)}]`;
  }
}

function differenceText(difference: Difference): string {
  const path = difference.path.length === 0 ? 'the value' : difference.path.join('.');
  switch (difference.kind) {
    case 'missing':
      return `misses ${path}: ${difference.needs}${difference.similar === undefined ? '' : `, has ${difference.similar}`}`;
    case 'optional':
      return `${path}: ${difference.needs} may be absent`;
    case 'type':
      return `${path} is ${difference.arrives}, not ${difference.needs}`;
  }
}

function knownText(value: Known<string>): string {
  return value.known ? value.value : `? (${value.reason})`;
}

function knownShape(shape: WorkflowModel['input']): string {
  return shape.known ? shape.value.text : `? (${shape.reason})`;
}
