/** The graph panel: takes states from the extension host, draws them, and asks back. */
import './panel.css';
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphModel, GraphView } from '../../common/protocol/graph.ts';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type {
  HostToPanel,
  PanelHostState,
  PanelNotice,
  PanelSavedState,
  PanelToHost,
} from '../../common/protocol/panel.ts';
import type { RunStatus } from '../../common/runlog/events.ts';
import { anchorOf } from './anchor.ts';
import { createNoticeBar, createRunBar } from './banners.ts';
import { createDetails } from './details.ts';
import { element, replaceChildren } from './dom.ts';
import { createDrawing } from './drawing.ts';
import { createExport } from './export/export.ts';
import type { Shown } from './export/export.ts';
import { svgRun } from './export/run.ts';
import { icon } from './icons.ts';
import { createReplay } from './replay/replay.ts';
import { runView } from './run-view.ts';
import type { RunView } from './run-view.ts';
import { highlightedNode, initialState, reduce, selectedNode } from './state.ts';
import type { Action, PanelState } from './state.ts';
import { createToolbar } from './toolbar.ts';
import { createViewport } from './viewport.ts';
import { runSentence } from './words.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: PanelToHost): void;
  getState(): PanelSavedState | undefined;
  setState(state: PanelSavedState): void;
};

const host = acquireVsCodeApi();
const saved = host.getState();
const zoomStep = 1.2;
const nothing: ReadonlySet<EntryAddress> = new Set();

let state: PanelState = initialState({ selected: saved?.selected, folded: saved?.folded });
/** The drawing on screen; undefined before the first one. */
let drawn: GraphView | undefined;
/** What the host said last: the source as it is now, whatever is drawn. */
let told: PanelHostState | undefined;
/** What the run says about the drawing on screen. */
let shownRun: RunView | undefined;
/** The status of the run that was announced last. */
let announced: RunStatus | undefined;
let ticking: ReturnType<typeof setInterval> | undefined;

const viewport = createViewport(() => {
  toolbar.showZoom(viewport.position().zoom);
  followLater();
});
const followLater = oncePerFrame(() => {
  drawing.follow();
  save();
});
const drawing = createDrawing(viewport, {
  onSelect: (node) => dispatch({ type: 'select', node }),
  onOpen: open,
  onFocus: (node) => dispatch({ type: 'focus', node }),
  onFold: (node) => dispatch({ type: 'toggle-folding', node }),
});
const exporting = createExport({ shown: shownForExport, post: (message) => host.postMessage(message) });
const toolbar = createToolbar(
  {
    onZoom: zoom,
    onRun: () => host.postMessage({ type: 'run' }),
    onCancel: () => host.postMessage({ type: 'cancel' }),
    onResume: () => host.postMessage({ type: 'resume', node: undefined }),
    onProblems: nextProblem,
    onFoldAll: () => dispatch({ type: 'fold-all' }),
    onOpenAll: () => dispatch({ type: 'open-all' }),
    onShowAll: () => host.postMessage({ type: 'show-all-workflows' }),
  },
  exporting.root,
);
const notice = createNoticeBar();
const runBar = createRunBar({
  onSelect: goTo,
  onPin: (pinned) => host.postMessage({ type: 'pin', pinned }),
  onClear: () => host.postMessage({ type: 'clear-run' }),
});
const replay = createReplay({
  post: (message) => host.postMessage(message),
  onChange: showRun,
  onSelect: (node) => dispatch({ type: 'select', node }),
  onCopy: copy,
  announce,
});
const details = createDetails(replay.pane, {
  onOpen: (node, target) => open(node, target, true),
  onClose: closeDetails,
  onResume: (node) => host.postMessage({ type: 'resume', node }),
});
const empty = element('div', { class: 'empty' });
const live = element('div', { class: 'visually-hidden', attributes: { role: 'status', 'aria-live': 'polite' } });

document.body.append(
  element(
    'div',
    { class: 'panel' },
    element('header', {}, toolbar.root, notice.root, replay.changes, runBar.root),
    element('main', {}, viewport.root, empty, details.root),
    replay.dock,
    live,
  ),
);

function dispatch(action: Action): void {
  const next = reduce(state, action);
  if (next === state) return;
  const previous = state;
  state = next;
  render(previous, action.type === 'toggle-folding' ? action.node : state.selected);
}

function take(hostState: PanelHostState): void {
  told = hostState;
  replay.setSource(hostState.graph);
  dispatch({ type: 'host', state: { ...hostState, graph: replay.model() }, now: Date.now() });
}

/** Another moment of the run, or another drawing of it. */
function showRun(): void {
  const graph = replay.model();
  if (told !== undefined && state.host?.graph !== graph) {
    dispatch({ type: 'host', state: { ...told, graph }, now: Date.now() });
  } else render(state);
}

/** `anchor` is the node that stays in place when the drawing changes. */
function render(previous: PanelState, anchor?: EntryAddress): void {
  const { host: hostState, view } = state;
  const graph = hostState?.graph;
  const moment = replay.moment();
  const run =
    graph !== undefined && view !== undefined && moment !== undefined
      ? runView({ nodes: graph.nodes, edges: view.edges }, moment)
      : undefined;
  toolbar.update(hostState, state.folded, replay.status());
  notice.update(noticeOf(state));
  runBar.update(moment, run, replay.now(), told?.pinned === true);
  drawEmpty(graph);
  if (view !== undefined) {
    draw(view, run, anchor);
    drawn = view;
  }
  const selected = selectedNode(state);
  const selectedRun = selected === undefined ? undefined : run?.nodes.get(selected.id);
  details.update(selected, selectedRun?.status === 'suspended' && replay.isAtEnd());
  replay.draw({ selected: selected?.id, run: selectedRun });
  if (state.selected !== previous.selected) reveal(state.selected);
  else if (state.highlighted !== previous.highlighted) reveal(highlightedNode(state));
  shownRun = run;
  exporting.update();
  announceRun();
  tickWhile(replay.isLive());
  save();
}

function draw(view: GraphView, run: RunView | undefined, preferred: EntryAddress | undefined): void {
  const { selected, focused } = state;
  const anchor = drawn === undefined || view === drawn ? undefined : anchorOf(drawn, view, viewport.sight(), preferred);
  if (view !== drawn) viewport.resize(view.width, view.height, anchor?.dx, anchor?.dy);
  if (drawn === undefined) {
    if (saved === undefined) viewport.fit('readable');
    else viewport.restore(saved);
    toolbar.showZoom(viewport.position().zoom);
  } else if (anchor?.node.folding?.folded === true) viewport.reveal(anchor.node, { instant: true });
  const now = replay.now();
  drawing.update({ graph: view, run, selected, highlighted: highlightedNode(state), focused, found: nothing, now });
}

function drawEmpty(graph: GraphModel | undefined): void {
  const text =
    graph === undefined
      ? (state.host?.notice?.message ?? 'Reading the workflow…')
      : graph.nodes.length <= 2
        ? 'This workflow has no steps yet. Add one to its chain, for example .then(step).'
        : undefined;
  empty.hidden = text === undefined;
  viewport.root.hidden = graph === undefined;
  empty.className = graph === undefined ? 'empty' : 'empty beside';
  if (text !== undefined && empty.textContent !== text) {
    replaceChildren(empty, icon('workflow'), element('p', {}, text));
  }
}

function noticeOf({ host: hostState, outdated }: PanelState): PanelNotice | undefined {
  if (outdated) {
    return { kind: 'failed', message: 'The extension was updated. Close this graph and show it again.' };
  }
  // Without a drawing the notice stands in the middle instead.
  if (hostState?.graph === undefined) return undefined;
  const { incomplete } = hostState.graph.workflow;
  return (
    hostState.notice ??
    (incomplete === undefined
      ? undefined
      : { kind: 'structure-only', message: `Part of this workflow cannot be read: ${incomplete}` })
  );
}

function reveal(id: EntryAddress | undefined): void {
  const node = state.view?.nodes.find((candidate) => candidate.id === id);
  if (node === undefined) return;
  // Of a container its header is enough.
  viewport.reveal(node.container ? { ...node, height: 48 } : node);
}

function open(node: EntryAddress, target: 'use' | 'definition', focus: boolean): void {
  host.postMessage({ type: 'reveal', node, target, focus });
}

function goTo(node: EntryAddress): void {
  dispatch({ type: 'select', node });
  drawing.focus(node);
}

function closeDetails(): void {
  const node = state.selected;
  dispatch({ type: 'select', node: undefined });
  if (node !== undefined) drawing.focus(node);
}

function nextProblem(): void {
  const nodes = state.host?.graph?.nodes.filter((node) => node.findings.length > 0) ?? [];
  const current = nodes.findIndex((node) => node.id === state.selected);
  const next = nodes[(current + 1) % Math.max(1, nodes.length)];
  if (next !== undefined) goTo(next.id);
}

function zoom(change: 'in' | 'out' | 'reset' | 'fit'): void {
  if (change === 'in') viewport.zoomBy(zoomStep);
  else if (change === 'out') viewport.zoomBy(1 / zoomStep);
  else if (change === 'reset') viewport.zoomTo(1);
  else viewport.fit('whole');
}

/** Runs `work` before the next picture, however often it is asked for until then. */
function oncePerFrame(work: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      work();
    });
  };
}

function shownForExport(): Shown | undefined {
  const model = state.host?.graph;
  const { view, folded } = state;
  if (model === undefined || view === undefined) return undefined;
  const moment = replay.moment();
  const { title } = model.workflow;
  const run = shownRun && moment && svgRun(shownRun, moment, replay.now(), title);
  return { model, view, folded, run };
}

function announce(text: string): void {
  live.textContent = text;
}

/** The run itself is told of, not the moments of it that are looked at. */
function announceRun(): void {
  const status = replay.status();
  if (status === announced) return;
  announced = status;
  const moment = replay.moment();
  if (moment === undefined || status === undefined) return;
  announce(status === 'running' ? 'Run started' : `Run: ${runSentence(moment, replay.now())}`);
}

function copy(text: string, what: string): void {
  host.postMessage({ type: 'copy', text });
  announce(`Copied ${what}`);
}

function tickWhile(running: boolean): void {
  if (running === (ticking !== undefined)) return;
  if (running) {
    ticking = setInterval(() => dispatch({ type: 'tick', now: Date.now() }), 1000);
  } else {
    clearInterval(ticking);
    ticking = undefined;
  }
}

function save(): void {
  if (state.host === undefined) return;
  // Until there is a drawing, what was saved for it stays.
  const position = drawn === undefined && saved !== undefined ? saved : viewport.position();
  host.setState({
    target: state.host.target,
    zoom: position.zoom,
    scrollX: position.scrollX,
    scrollY: position.scrollY,
    selected: state.selected,
    folded: state.folded === undefined ? undefined : [...state.folded],
  });
}

const moves = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'first',
  End: 'last',
} as const;

function isMove(key: string): key is keyof typeof moves {
  return key in moves;
}

viewport.canvas.addEventListener('keydown', (event) => {
  const node = event.target instanceof Element ? event.target.getAttribute('data-node') : null;
  if (node === null || event.ctrlKey || event.metaKey) return;
  if (isMove(event.key)) {
    dispatch({ type: 'move', direction: moves[event.key] });
    if (state.focused !== undefined) {
      drawing.focus(state.focused);
      reveal(state.focused);
    }
  } else if (event.key === 'Enter') {
    dispatch({ type: 'select', node });
    open(node, event.altKey ? 'definition' : 'use', true);
  } else if (event.key === 'F12') open(node, 'definition', true);
  else if (event.key === 'f') dispatch({ type: 'toggle-folding', node });
  else if (event.key === ' ') dispatch({ type: 'select', node: state.selected === node ? undefined : node });
  else return;
  event.preventDefault();
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '+' || event.key === '=') zoom('in');
  else if (event.key === '-') zoom('out');
  else if (event.key === '0') zoom('reset');
  else if (event.key === '1') zoom('fit');
  else if (event.key === '[') dispatch({ type: 'fold-all' });
  else if (event.key === ']') dispatch({ type: 'open-all' });
  else if (event.key === 'Escape' && state.selected !== undefined) closeDetails();
  else return;
  event.preventDefault();
});

window.addEventListener('message', (event: MessageEvent<HostToPanel>) => {
  const message = event.data;
  switch (message.type) {
    case 'state':
      if (message.protocol !== panelProtocolVersion) dispatch({ type: 'outdated' });
      else take(message.state);
      return;
    case 'highlight':
      dispatch({ type: 'highlight', node: message.node });
      return;
    case 'run':
    case 'run-events':
    case 'payload':
      replay.receive(message);
      return;
    case 'export':
      exporting.take(message);
  }
});

render(state);
host.postMessage({ type: 'ready', protocol: panelProtocolVersion });
