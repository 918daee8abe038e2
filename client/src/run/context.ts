/** Whether a run cannot do without a request context. */
import { isObject, namesOf } from '../../../common/schema/index.ts';
import type { LoadedWorkflow } from './protocol.ts';

export function needsContext({ requestContextSchema }: Pick<LoadedWorkflow, 'requestContextSchema'>): boolean {
  return isObject(requestContextSchema) && namesOf(requestContextSchema['required']).length > 0;
}
