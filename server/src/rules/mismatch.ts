/** What the rules about data that does not fit share: how severe it is, its words, and where the data comes from. */
import type { Difference, Mismatch } from '../../../common/model/flow.ts';
import type { ProjectModel } from '../../../common/model/project.ts';
import type { FlowEntry, WorkflowModel } from '../../../common/model/workflow.ts';
import type { RelatedLocation, Severity } from '../../../common/protocol/rules.ts';
import { installationFor } from '../project/installation.ts';
import { isAtLeast } from '../project/version.ts';
import type { Source } from './edges.ts';
import { capital, code, differenceText, fieldText, keyedText, sourceName } from './wording.ts';

/** Mastra validates what a step receives since 1.0; before, the step ran with the wrong data. */
export function severityOfInput(project: ProjectModel, file: string): Severity {
  const mastra = installationFor(project, file);
  return mastra.kind === 'missing' || isAtLeast(mastra.version, 1, 0) ? 'error' : 'warning';
}

/** `itself` stands for a loop's body, fed with its own output the next time round. */
export function mismatchMessage(target: string, source: Source | 'itself', difference: Difference): string {
  if (source === 'itself')
    return `${target} ${differenceText(difference, 'needs', 'its own output, which feeds the next round,')}`;
  const keyed = source.kind === 'entry' && !source.element ? keyedText(source.entry, difference, 'needs') : undefined;
  return `${target} ${keyed ?? differenceText(difference, 'needs', providerName(source))}`;
}

/**
 * Where a step always returns what its schema keeps quiet about: what it returns is not validated, so it arrives when the
 * workflow runs. Undefined for everything else; what a tool returns is validated.
 */
export function unsaidMessage(
  target: string,
  verb: string,
  provider: FlowEntry | undefined,
  { difference, isReturned }: Mismatch,
): string | undefined {
  if (isReturned !== true || provider?.type !== 'step') return undefined;
  const needed = fieldText(difference.path, difference.needs);
  return `${target} ${verb} ${needed}, which ${sourceName(provider)} returns, but its output schema does not say so.`;
}

/** What is handed on, at the declaration of who hands it on. */
export function provision(workflow: WorkflowModel, source: Source, { arrives }: Mismatch): RelatedLocation {
  const { file, range } =
    source.kind === 'input'
      ? { file: workflow.file, range: workflow.nameRange }
      : (source.entry.definition ?? source.entry);
  return { file, range, message: `${capital(providerName(source))} provides ${code(arrives.text)}` };
}

/** The provider as it stands in the middle of a sentence. */
export function providerName(source: Source): string {
  const name = source.kind === 'input' ? "the workflow's input" : sourceName(source.entry);
  return source.element ? `each element of ${name}` : name;
}
