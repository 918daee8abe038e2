/** Behind `.parallel` and `.branch`, a result is read by an id that none of their steps has. */
import { walkEntries } from '../../../../common/model/address.ts';
import type { ProjectModel } from '../../../../common/model/project.ts';
import type { Location } from '../../../../common/model/text.ts';
import type { UnknownResult, WorkflowModel } from '../../../../common/model/workflow.ts';
import type { Finding } from '../../../../common/protocol/rules.ts';
import { changeTo } from '../change-to.ts';
import { code, sourceName } from '../wording.ts';

/** The findings of all workflows. */
export function* unknownResults(project: ProjectModel): Generator<Finding> {
  for (const workflow of project.workflows.values()) {
    for (const entry of workflow.entries) {
      if (entry.type !== 'parallel' && entry.type !== 'conditional') continue;
      for (const result of entry.unknownResults ?? []) {
        if (result.step === undefined || usesOf(project, result.step) === 1) {
          yield finding(workflow, entry, sourceName(entry), result);
        }
      }
    }
  }
}

/** What one place gives to a step, another one may not. */
function usesOf(project: ProjectModel, { file, range }: Location): number {
  let uses = 0;
  for (const workflow of project.workflows.values()) {
    for (const { entry } of walkEntries(workflow.entries)) {
      const place = entry.definition;
      if (place?.file === file && place.range.start.line === range.start.line) uses += 1;
    }
  }
  return uses;
}

function finding(workflow: WorkflowModel, box: Location, boxName: string, result: UnknownResult): Finding {
  const { id, read, similar, correction } = result;
  const hint = similar === undefined ? '' : ` (did you mean ${code(similar)}?)`;
  return {
    rule: 'unknown-step-id',
    severity: 'warning',
    message: `${boxName} has no step ${code(id)}${hint}, so ${code(read)} is \`undefined\`.`,
    file: result.file,
    range: result.range,
    related: [{ file: box.file, range: box.range, message: `${boxName} leaves the results of these steps` }],
    fixes: similar === undefined || correction === undefined ? [] : [changeTo(correction, similar, correction.newText)],
    workflow: workflow.key,
    address: undefined,
  };
}
