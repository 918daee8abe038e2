/** The graph panel: takes states from the extension host, draws them, and asks back. */
import './panel.css';
import type { EntryAddress } from '../../common/model/address.ts';
import { panelProtocolVersion } from '../../common/protocol/panel.ts';
import type { HostToPanel, PanelHostState, RevealTarget } from '../../common/protocol/panel.ts';
import { createAnnouncer } from './announcer.ts';
import { createNoticeBar, createRunBar } from './banners.ts';
import { createClock } from './clock.ts';
import { createDetails } from './details.ts';
import { element } from './dom.ts';
import { createEmpty } from './empty.ts';
import { createExport } from './export/export.ts';
import type { Shown } from './export/export.ts';
import { shownOf } from './export/shown.ts';
import { acquireHost } from './host.ts';
import { listenToNodeKeys, listenToPageKeys } from './keyboard.ts';
import { createAnswering } from './replay/answering.ts';
import { createReplay } from './replay/replay.ts';
import { runView } from './run-view.ts';
import type { RunView } from './run-view.ts';
import { createStage } from './stage.ts';
import {
  highlightedNode,
  initialState,
  marksOf,
  noticeToShow,
  problemAfter,
  reduce,
  savedStateOf,
  selectedNode,
} from './state.ts';
import type { Action, PanelState } from './state.ts';
import { createSearchBar } from './search/search-bar.ts';
import { createToolbar } from './toolbar.ts';
import { runSentence } from './words.ts';

const host = acquireHost();
const saved = host.getState();

let state: PanelState = initialState(saved ?? { selected: undefined });
/** What the host said last: the source as it is now, whatever is drawn. */
let told: PanelHostState | undefined;
/** What the run says about the drawing on screen. */
let shownRun: RunView | undefined;
const clock = createClock(() => dispatch({ type: 'tick', now: Date.now() }));

const stage = createStage(saved, {
  onSelect: (node) => dispatch({ type: 'select', node }),
  onOpen: open,
  onFocus: (node) => dispatch({ type: 'focus', node }),
  onFold: (node) => dispatch({ type: 'toggle-folding', node }),
  onData: ({ node, side }) => open(node, side, true),
  onZoomed: (zoom) => toolbar.showZoom(zoom),
  onMoved: save,
});
const exporting = createExport({
  isReady: () => state.host?.graph !== undefined && state.view !== undefined,
  shown: shownForExport,
  post: (message) => host.postMessage(message),
});
const toolbar = createToolbar(
  {
    onZoom: (change) => stage.zoom(change),
    onRun: () => host.postMessage({ type: 'run' }),
    onCancel: () => host.postMessage({ type: 'cancel' }),
    onResume: () => host.postMessage({ type: 'resume', node: undefined }),
    onProblems: nextProblem,
    onFoldAll: () => dispatch({ type: 'fold-all' }),
    onOpenAll: () => dispatch({ type: 'open-all' }),
    onSearch: openSearch,
    onList: toggleList,
    onShowAll: () => host.postMessage({ type: 'show-all-workflows' }),
  },
  exporting.root,
);
const notice = createNoticeBar();
const runBar = createRunBar({
  onSelect: goTo,
  onPin: (pinned) => host.postMessage({ type: 'pin', pinned }),
  onCompare: (runId) => host.postMessage({ type: 'compare-run', runId }),
  onClear: () => host.postMessage({ type: 'clear-run' }),
});
const replay = createReplay({
  post: (message) => host.postMessage(message),
  onChange: showRun,
  onSelect: (node) => dispatch({ type: 'select', node }),
  onCopy: copy,
  announce: (text) => announcer.say(text),
  stepsHeight: saved?.stepsHeight,
  onStepsHeight: save,
});
const answering = createAnswering({
  post: (message) => host.postMessage(message),
  nodes: () => state.host?.graph?.nodes ?? [],
  onAsked(node) {
    if (node !== undefined) dispatch({ type: 'select', node });
    render(state);
  },
  announce: (text) => announcer.say(text),
});
const details = createDetails(element('div', {}, answering.root, replay.pane), {
  onOpen: (node, target) => open(node, target, true),
  onClose: closeDetails,
  onResume: (node) => host.postMessage({ type: 'resume', node }),
});
const empty = createEmpty();
const searchBar = createSearchBar({
  onQuery: (query) => dispatch({ type: 'search', query }),
  onStep: (direction) => dispatch({ type: 'search-step', direction }),
  onClose: closeSearch,
});
stage.root.append(searchBar.root);
const announcer = createAnnouncer();

document.body.append(
  element(
    'div',
    { class: 'panel' },
    element('header', {}, toolbar.root, notice.root, replay.changes, runBar.root),
    element('main', {}, stage.root, empty.root, details.root),
    replay.dock,
    announcer.root,
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
  toolbar.update(hostState, state, replay.status());
  notice.update(noticeToShow(state));
  runBar.update(moment, run, replay.now(), told?.pinned !== undefined);
  empty.update(graph, hostState?.notice?.message);
  stage.root.hidden = graph === undefined;
  searchBar.update(state.search);
  if (view !== undefined) {
    const look = { run, now: replay.now(), ...marksOf(state) };
    const { folded } = state;
    const list = graph && folded && state.list ? { model: graph, folded, ...look } : undefined;
    stage.show({ graph: view, ...look }, anchor, list);
  }
  const selected = selectedNode(state);
  const selectedRun = selected === undefined ? undefined : run?.nodes.get(selected.id);
  details.update(selected, selectedRun?.status === 'suspended' && replay.isAtEnd());
  replay.draw({ selected: selected?.id, run: selectedRun });
  answering.showAt(selected);
  const match = state.search?.current;
  if (match !== undefined && match !== previous.search?.current) stage.reveal(match);
  else if (state.selected !== previous.selected) stage.reveal(state.selected);
  else if (state.highlighted !== previous.highlighted) stage.reveal(highlightedNode(state));
  shownRun = run;
  exporting.update();
  announcer.tellRun(replay.status(), () =>
    moment === undefined ? undefined : `Run: ${runSentence(moment, replay.now())}`,
  );
  clock.run(replay.isLive());
  save();
}

function open(node: EntryAddress, target: RevealTarget, focus: boolean): void {
  host.postMessage({ type: 'reveal', node, target, focus });
}

function goTo(node: EntryAddress): void {
  dispatch({ type: 'select', node });
  stage.focus(node);
}

function openSearch(): void {
  dispatch({ type: 'search', query: state.search?.query ?? '' });
  searchBar.focus();
}

function toggleList(): void {
  const hasKeyboard = stage.root.contains(document.activeElement);
  dispatch({ type: 'toggle-list' });
  if (state.focused === undefined) return;
  stage.reveal(state.focused);
  if (hasKeyboard) stage.focus(state.focused);
}

/** The keyboard goes on from what was found. */
function closeSearch(): void {
  dispatch({ type: 'close-search' });
  if (state.focused !== undefined) stage.focus(state.focused);
}

function closeDetails(): void {
  const node = state.selected;
  dispatch({ type: 'select', node: undefined });
  if (node !== undefined) stage.focus(node);
}

function nextProblem(): void {
  const next = problemAfter(state);
  if (next !== undefined) goTo(next);
}

function shownForExport(): Shown | undefined {
  return shownOf(state, shownRun, replay.moment(), replay.now());
}

function copy(text: string, what: string): void {
  host.postMessage({ type: 'copy', text });
  announcer.say(`Copied ${what}`);
}

function save(): void {
  const kept = savedStateOf(state, stage.position() ?? saved, replay.stepsHeight());
  if (kept !== undefined) host.setState(kept);
}

listenToNodeKeys(stage.canvas, {
  onMove(direction) {
    dispatch({ type: 'move', direction });
    if (state.focused === undefined) return;
    stage.focus(state.focused);
    stage.reveal(state.focused);
  },
  onSource(node, target) {
    dispatch({ type: 'select', node });
    open(node, target, true);
  },
  onFold: (node) => dispatch({ type: 'toggle-folding', node }),
  onData: (node) => announcer.say(stage.toggleData(node) ?? ''),
  onToggleSelection: (node) => dispatch({ type: 'select', node: state.selected === node ? undefined : node }),
});

listenToPageKeys({
  onZoom: (change) => stage.zoom(change),
  onFoldAll: () => dispatch({ type: 'fold-all' }),
  onOpenAll: () => dispatch({ type: 'open-all' }),
  onSearch: openSearch,
  onList: toggleList,
  onSearchStep: (direction) => dispatch({ type: 'search-step', direction }),
  onEscape() {
    if (state.selected !== undefined) closeDetails();
    else if (state.search !== undefined) closeSearch();
    else return false;
    return true;
  },
});

window.addEventListener('message', (event: MessageEvent<HostToPanel>) => {
  const message = event.data;
  switch (message.type) {
    case 'state':
      if (message.protocol !== panelProtocolVersion) dispatch({ type: 'outdated' });
      else take(message.state);
      return;
    case 'select':
      dispatch({ type: 'select', node: message.node });
      return;
    case 'highlight':
      dispatch({ type: 'highlight', node: message.node });
      return;
    case 'run':
    case 'run-events':
    case 'payload':
      replay.receive(message);
      return;
    case 'question':
    case 'answer-issues':
      answering.receive(message);
      return;
    case 'export':
      exporting.take(message);
  }
});

render(state);
host.postMessage({ type: 'ready', protocol: panelProtocolVersion });
