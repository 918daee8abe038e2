/** Which of the steps that wait gets the answer. */
import type * as vscode from 'vscode';
import { cutText } from '../../../../common/runlog/json.ts';
import type { SuspendedStep } from '../connection.ts';
import { stepName } from '../output.ts';
import type { RunSurface } from '../surface.ts';

interface StepItem extends vscode.QuickPickItem {
  readonly step: SuspendedStep;
}

const maxPayload = 300;

/** The only one, or the one that is picked; undefined when the author gave up. */
export async function chooseStep(
  surface: Pick<RunSurface, 'window'>,
  title: string,
  steps: readonly SuspendedStep[],
): Promise<SuspendedStep | undefined> {
  if (steps.length <= 1) return steps[0];
  const items = steps.map((step): StepItem => ({ label: stepLabel(step), detail: payloadText(step), step }));
  const chosen = await surface.window.showQuickPick(items, {
    title: `Resume ${title}`,
    placeHolder: `${steps.length} steps wait for an answer: select one`,
    matchOnDetail: true,
  });
  return chosen?.step;
}

/** `single › legal`, and for an item of a foreach `legal [2]`. */
export function stepLabel({ step, index }: Pick<SuspendedStep, 'step' | 'index'>): string {
  return index === undefined ? stepName(step) : `${stepName(step)} [${index}]`;
}

/** What the step says it waits for, on one line; undefined when it says nothing. */
export function payloadText({ payload }: Pick<SuspendedStep, 'payload'>): string | undefined {
  const nothing = payload === null || (typeof payload === 'object' && Object.keys(payload).length === 0);
  return nothing ? undefined : cutText(JSON.stringify(payload), maxPayload);
}
