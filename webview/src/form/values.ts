/** Values of sections, compared. No DOM. */
import type { FormIssue, FormValues } from '../../../common/protocol/form.ts';
import type { Json } from '../../../common/runlog/events.ts';
import { equalJson, isList, isObject, property } from '../../../common/schema/index.ts';

/** What stands at the place that an issue names; undefined when nothing does. */
function valueAt(values: FormValues, { section, path }: FormIssue): Json | undefined {
  return path.reduce<Json | undefined>((value, step) => {
    if (isList(value)) return value[Number(step)];
    return isObject(value) ? property(value, step) : undefined;
  }, values[section]);
}

/** The issues whose place still holds what was checked. */
export function stillTrue(
  issues: readonly FormIssue[],
  checked: FormValues,
  current: FormValues,
): readonly FormIssue[] {
  return issues.filter((issue) => equalJson(valueAt(checked, issue), valueAt(current, issue)));
}

/** Local issues, and those of the workflow at other places: one sentence at a field is enough. */
export function together(local: readonly FormIssue[], remote: readonly FormIssue[]): readonly FormIssue[] {
  const placeOf = ({ section, path }: FormIssue): string => JSON.stringify([section, ...path]);
  const taken = new Set(local.map(placeOf));
  return [...local, ...remote.filter((issue) => !taken.has(placeOf(issue)))];
}
