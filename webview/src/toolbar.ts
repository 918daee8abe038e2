/** The bar on top: which workflow this is, what is wrong with it, how large it is drawn, Run and Cancel. */
import { canFold, isStep } from '../../common/graph/boxes.ts';
import type { GraphFinding, GraphModel } from '../../common/protocol/graph.ts';
import type { PanelHostState } from '../../common/protocol/panel.ts';
import type { RunStatus } from '../../common/runlog/events.ts';
import { element, replaceChildren, setAttributes } from './dom.ts';
import { icon } from './icons.ts';
import type { IconName } from './icons.ts';
import type { PanelState } from './state.ts';
import { countLabel, problemsLabel, worstSeverity } from './words.ts';

export interface ToolbarEvents {
  readonly onZoom: (change: 'in' | 'out' | 'reset' | 'fit') => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onResume: () => void;
  /** Asks to go to the next problem. */
  readonly onProblems: () => void;
  readonly onShowAll: () => void;
  readonly onFoldAll: () => void;
  readonly onOpenAll: () => void;
  readonly onSearch: () => void;
  /** Asks for the list in place of the drawing, or for the drawing again. */
  readonly onList: () => void;
}

export interface Toolbar {
  readonly root: HTMLElement;
  /** `run` is the status of the run by now, whatever moment of it is shown. */
  update(
    host: PanelHostState | undefined,
    drawn: Pick<PanelState, 'folded' | 'list'>,
    run: RunStatus | undefined,
  ): void;
  showZoom(zoom: number): void;
}

/** `more` are further buttons, after those about the size of the drawing. */
export function createToolbar(events: ToolbarEvents, ...more: readonly HTMLElement[]): Toolbar {
  const name = element('h1', { class: 'name' });
  const steps = element('span', { class: 'steps' });
  const problems = element('button', { class: 'button problems', on: { click: events.onProblems } });
  const zoom = button('zoom', 'Zoom to 100% (0)', () => events.onZoom('reset'));
  const zooming = [
    iconButton('zoomOut', 'Zoom out (-)', () => events.onZoom('out')),
    zoom,
    iconButton('zoomIn', 'Zoom in (+)', () => events.onZoom('in')),
    iconButton('fit', 'Show the whole workflow (1)', () => events.onZoom('fit')),
  ];
  const search = iconButton('search', 'Search steps (Ctrl+F)', events.onSearch);
  const list = iconButton('list', 'Show as a list (L)', events.onList);
  const folding = [
    iconButton('foldAll', 'Fold all nested workflows ([)', events.onFoldAll),
    iconButton('openAll', 'Open all nested workflows (])', events.onOpenAll),
  ] as const;
  const run = element(
    'button',
    { class: 'button primary run', on: { click: events.onRun } },
    icon('run'),
    element('span', {}, 'Run'),
  );
  const cancel = element(
    'button',
    { class: 'button secondary cancel', title: 'Cancel the run', on: { click: events.onCancel } },
    icon('stop'),
    element('span', {}, 'Cancel'),
  );
  const resume = element(
    'button',
    {
      class: 'button primary resume',
      title: 'Answer what the suspended run waits for',
      on: { click: events.onResume },
    },
    icon('resume'),
    element('span', {}, 'Resume'),
  );
  const root = element(
    'div',
    { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': 'Workflow' } },
    iconButton('overview', 'Show all workflows', events.onShowAll),
    name,
    steps,
    problems,
    element('span', { class: 'stretch' }),
    search,
    list,
    ...folding,
    ...zooming,
    ...more,
    element('span', { class: 'divider' }),
    resume,
    run,
    cancel,
  );
  return {
    root,
    update(host, drawn, status) {
      const graph = host?.graph;
      const title = graph?.workflow.title ?? host?.target.title ?? 'Workflow';
      name.textContent = title;
      name.title = graph?.workflow.description === undefined ? title : `${title}\n${graph.workflow.description}`;
      steps.textContent = graph === undefined ? '' : countLabel(graph.nodes.filter(isStep).length, 'step');
      drawProblems(problems, graph === undefined ? [] : allFindings(graph));
      for (const control of [search, list]) control.disabled = graph === undefined;
      // A list has one size.
      for (const control of zooming) control.disabled = graph === undefined || drawn.list;
      setAttributes(list, { 'aria-pressed': String(drawn.list) });
      const foldable = graph?.nodes.filter(canFold) ?? [];
      for (const control of folding) control.hidden = foldable.length === 0;
      folding[0].disabled = foldable.every((node) => drawn.folded?.has(node.id) === true);
      folding[1].disabled = !foldable.some((node) => drawn.folded?.has(node.id) === true);
      const running = status === 'running';
      const suspended = status === 'suspended';
      run.hidden = running;
      // One thing to do stands out: the run that waits comes before the next one.
      run.className = `button ${suspended ? 'secondary' : 'primary'} run`;
      resume.hidden = !suspended;
      cancel.hidden = !running && !suspended;
      run.disabled = host?.canRun !== true;
      run.title = host?.canRun === true ? 'Run this workflow' : 'This workflow cannot be run until it is read';
    },
    showZoom(value) {
      zoom.textContent = `${Math.round(value * 100)}%`;
    },
  };
}

/** Findings of everything that is drawn; those of a workflow that is nested twice count twice. */
function allFindings(graph: GraphModel): readonly GraphFinding[] {
  return graph.nodes.flatMap((node) => node.findings);
}

function drawProblems(target: HTMLButtonElement, findings: readonly GraphFinding[]): void {
  const severity = worstSeverity(findings);
  target.hidden = severity === undefined;
  if (severity === undefined) return;
  target.className = `button problems ${severity}`;
  target.title = [...findings.map((finding) => finding.message), '', 'Select to go to the next one'].join('\n');
  setAttributes(target, { 'aria-label': `${problemsLabel(findings)}, go to the next one` });
  replaceChildren(target, icon(severity), element('span', {}, problemsLabel(findings)));
}

function button(className: string, title: string, onClick: () => void): HTMLButtonElement {
  return element('button', { class: `button ${className}`, title, on: { click: onClick } });
}

export function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  return element(
    'button',
    { class: 'button icon-button', title: label, attributes: { 'aria-label': label }, on: { click: onClick } },
    icon(name),
  );
}
