import type { Moment } from '../../../common/replay/moment.ts';
import type { RunView } from '../run-view.ts';
import type { PanelState } from '../state.ts';
import type { Shown } from './export.ts';
import { svgRun } from './run.ts';

/** What an export draws: the drawing as it is shown, with the run on it. Undefined while there is none. */
export function shownOf(
  { host, view, folded }: PanelState,
  run: RunView | undefined,
  moment: Moment | undefined,
  now: number,
): Shown | undefined {
  const model = host?.graph;
  if (model === undefined || view === undefined) return undefined;
  return { model, view, folded, run: run && moment && svgRun(run, moment, now, model.workflow.title) };
}
