/** What waits for an answer in a stored run. */
import { toJson } from '../../../../common/runlog/json.ts';
import type { SuspendedStep } from '../connection.ts';
import { inputSchemaOf } from './schemas.ts';
import type { Details, StoredRun, StoredStep } from './shapes.ts';
import { foreachItems, metaOf, pathOf, payloadOf, statusOf } from './stored.ts';
import type { StoredItem } from './stored.ts';

/**
 * Every suspended path once: of a nested workflow the steps inside it, of a foreach each item that waits. Empty for a run that is not
 * suspended as a whole. Schemas come from the workflow's details, in which nested steps have dotted ids.
 */
export function suspendedSteps(run: StoredRun, details: Pick<Details, 'allSteps'>): readonly SuspendedStep[] {
  if (run.status !== 'suspended') return [];
  const steps = run.steps ?? {};
  const known = details.allSteps ?? {};
  const ids = new Set([...Object.keys(steps), ...Object.keys(known).filter((id) => known[id]?.isWorkflow === true)]);
  const waiting = Object.entries(steps).filter(([, step]) => statusOf(step) === 'suspended');
  return waiting.flatMap(([id, step]): readonly SuspendedStep[] => {
    const inside = waiting.some(([other]) => other !== id && other.startsWith(`${id}.`));
    if (inside) return [];
    const path = pathOf(id, ids);
    const items = foreachItems(step);
    if (items.length === 0) return [one(path, undefined, step)];
    return items.flatMap((item, index) => (item.status === 'suspended' ? [one(path, index, item)] : []));
  });

  function one(path: readonly string[], index: number | undefined, at: StoredStep | StoredItem): SuspendedStep {
    const whole = [...path, ...innerPath(at)];
    const schema = known[whole.join('.')]?.resumeSchema;
    return { step: whole, index, payload: payloadOf(at), resumeSchema: inputSchemaOf(schema) };
  }
}

/** From a nested workflow to the step in it that waits, as Mastra notes it. */
function innerPath(at: StoredStep | StoredItem): readonly string[] {
  const path = toJson(metaOf(at.suspendPayload)['path']);
  return Array.isArray(path) ? path.filter((part) => typeof part === 'string') : [];
}
