/** What a picture shows of a run: what the page does. Pure. */
import type { SvgRun } from '../../../common/graph/svg.ts';
import type { Moment } from '../../../common/replay/moment.ts';
import type { RunView } from '../run-view.ts';
import { runLine, runSentence } from '../words.ts';

/** `now` in milliseconds since the epoch, for what still runs; `locale` that of the editor. */
export function svgRun(view: RunView, moment: Moment, now: number, title: string, locale?: string): SvgRun {
  const nodes = [...view.nodes].map(([id, run]) => [id, { status: run.status, line: runLine(run, now) }] as const);
  const started = new Date(moment.startedAt).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  return {
    nodes: new Map(nodes),
    passed: view.passed,
    caption: `${title} · ${runSentence(moment, now)} · started ${started}`,
  };
}
