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

export type AnsweredStep =
  | { readonly kind: 'step'; readonly step: SuspendedStep }
  /** Nothing waits there: why, in a sentence. */
  | { readonly kind: 'gone'; readonly text: string }
  | { readonly kind: 'dismissed' };

/** The step that `named` names among those that wait, or the one that the author picks. */
export async function answeredStep(
  surface: Pick<RunSurface, 'window'>,
  title: string,
  steps: readonly SuspendedStep[],
  named: { readonly step?: readonly string[]; readonly index?: number | undefined },
): Promise<AnsweredStep> {
  if (steps.length === 0) {
    const text = `${title} does not wait for an answer any more: it was resumed or ended elsewhere, or its storage has no such run.`;
    return { kind: 'gone', text };
  }
  const { step: path, index } = named;
  const fitting = steps.filter(
    ({ step, index: item }) =>
      (path === undefined || step.join('.') === path.join('.')) && (index === undefined || item === index),
  );
  if (path !== undefined && fitting.length === 0) {
    return { kind: 'gone', text: `${stepLabel({ step: path, index })} of ${title} does not wait any more.` };
  }
  const step = await chooseStep(surface, title, fitting);
  if (step === undefined) return { kind: 'dismissed' };
  return step.blocked === undefined ? { kind: 'step', step } : { kind: 'gone', text: step.blocked };
}

/** The only one, or the one that is picked; undefined when the author gave up. */
async function chooseStep(
  surface: Pick<RunSurface, 'window'>,
  title: string,
  steps: readonly SuspendedStep[],
): Promise<SuspendedStep | undefined> {
  if (steps.length <= 1) return steps[0];
  const items = steps.map((step): StepItem => ({
    label: step.blocked === undefined ? stepLabel(step) : `$(circle-slash) ${stepLabel(step)}`,
    detail: step.blocked ?? payloadText(step),
    step,
  }));
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
