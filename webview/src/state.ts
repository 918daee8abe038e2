/** State of the panel and how it changes. Pure: rendering follows from it. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { Folded } from '../../common/graph/boxes.ts';
import {
  drawnFor,
  drawnNodes,
  foldAll,
  initialFolding,
  openAround,
  toggleFolding,
} from '../../common/graph/folding.ts';
import { layoutGraph } from '../../common/graph/view.ts';
import type { GraphModel, GraphNode, GraphView } from '../../common/protocol/graph.ts';
import type { PanelHostState, PanelNotice, PanelSavedState } from '../../common/protocol/panel.ts';
import { searchFor, stepSearch } from './search/find.ts';
import type { Search } from './search/find.ts';
import { focusableNodes, neighbour } from './navigation.ts';
import type { Direction } from './navigation.ts';

export interface PanelState {
  /** Undefined until the host has spoken. */
  readonly host: PanelHostState | undefined;
  /** The host speaks another version of the protocol. */
  readonly outdated: boolean;
  /** The drawing of the host's model; undefined until there is one. */
  readonly view: GraphView | undefined;
  /** The nested workflows that are folded; undefined until there is a drawing. */
  readonly folded: Folded | undefined;
  /** True while the list stands in place of the drawing. */
  readonly list: boolean;
  /** Undefined while nothing is searched. */
  readonly search: Search | undefined;
  /** What the search found, as it is drawn. */
  readonly found: ReadonlySet<EntryAddress>;
  readonly selected: EntryAddress | undefined;
  /** The entry that the cursor in the source is in. */
  readonly highlighted: EntryAddress | undefined;
  /** The node that Tab leads to. */
  readonly focused: EntryAddress | undefined;
  /** Milliseconds since the epoch, for what still runs. */
  readonly now: number;
}

export type Action =
  | { readonly type: 'host'; readonly state: PanelHostState; readonly now: number }
  | { readonly type: 'outdated' }
  | { readonly type: 'highlight'; readonly node: EntryAddress | undefined }
  | { readonly type: 'select'; readonly node: EntryAddress | undefined }
  | { readonly type: 'focus'; readonly node: EntryAddress }
  | { readonly type: 'move'; readonly direction: Direction }
  /** Folds an open nested workflow, or opens a folded one. */
  | { readonly type: 'toggle-folding'; readonly node: EntryAddress }
  | { readonly type: 'fold-all' }
  /** Searches anew; an empty query opens the search. */
  | { readonly type: 'search'; readonly query: string }
  | { readonly type: 'search-step'; readonly direction: 'next' | 'previous' }
  | { readonly type: 'close-search' }
  | { readonly type: 'open-all' }
  /** Shows the list in place of the drawing, or the drawing again. */
  | { readonly type: 'toggle-list' }
  | { readonly type: 'tick'; readonly now: number };

/** What was kept from before a reload of the window. */
export interface Kept {
  readonly selected: EntryAddress | undefined;
  readonly folded?: readonly EntryAddress[] | undefined;
  readonly list?: boolean | undefined;
}

const nothing: ReadonlySet<EntryAddress> = new Set();

export function initialState({ selected, folded, list = false }: Kept): PanelState {
  return {
    host: undefined,
    outdated: false,
    view: undefined,
    folded: folded === undefined ? undefined : new Set(folded),
    list,
    search: undefined,
    found: nothing,
    selected,
    highlighted: undefined,
    focused: selected,
    now: 0,
  };
}

export function reduce(state: PanelState, action: Action): PanelState {
  const next = changed(state, action);
  const isFoundAlike = next.search === state.search && next.view === state.view;
  return isFoundAlike ? next : { ...next, found: foundNodes(next) };
}

function changed(state: PanelState, action: Action): PanelState {
  switch (action.type) {
    case 'host':
      return withHost(state, action.state, action.now);
    case 'outdated':
      return { ...state, outdated: true };
    case 'highlight':
      return { ...state, highlighted: action.node };
    case 'select':
      return selected(state, action.node);
    case 'focus':
      return { ...state, focused: action.node };
    case 'move':
      return moved(state, action.direction);
    case 'search':
      return searched(state, action.query);
    case 'search-step':
      return state.search === undefined ? state : showMatch(state, stepSearch(state.search, action.direction));
    case 'close-search':
      return { ...state, search: undefined };
    case 'toggle-folding':
      return refolded(state, (graph, folded) => toggleFolding(graph, folded, action.node));
    case 'toggle-list':
      return { ...state, list: !state.list };
    case 'fold-all':
      return refolded(state, foldAll);
    case 'open-all':
      return refolded(state, () => new Set());
    case 'tick':
      return { ...state, now: action.now };
  }
}

/** Selection and focus stay on their node while it exists; a drawing that is not there yet keeps them for later. */
function withHost(state: PanelState, host: PanelHostState, now: number): PanelState {
  const next = { ...state, host, now };
  const { graph } = host;
  if (graph === undefined) return { ...next, view: undefined };
  if (graph === state.host?.graph && state.view !== undefined) return next;
  return drawn(next, graph, state.folded ?? initialFolding(graph));
}

/** Selection and focus on what is not drawn any more go to what it is folded in, else to nothing. */
function drawn(state: PanelState, graph: GraphModel, folded: Folded): PanelState {
  const view = layoutGraph(graph, { folded });
  const focusable = focusableNodes(view);
  const ids = new Set(focusable.map((node) => node.id));
  const kept = (id: EntryAddress | undefined): EntryAddress | undefined => {
    const shown = id === undefined ? undefined : drawnFor(graph, folded, id);
    return shown !== undefined && ids.has(shown) ? shown : undefined;
  };
  return {
    ...state,
    view,
    folded,
    search: state.search && searchFor(graph, state.search.query, state.search.current, undefined),
    selected: kept(state.selected),
    focused: kept(state.focused) ?? focusable[0]?.id,
  };
}

function refolded(state: PanelState, change: (graph: GraphModel, folded: Folded) => Folded): PanelState {
  const graph = state.host?.graph;
  if (graph === undefined || state.folded === undefined) return state;
  const folded = change(graph, state.folded);
  return folded === state.folded ? state : drawn(state, graph, folded);
}

function searched(state: PanelState, query: string): PanelState {
  const graph = state.host?.graph;
  if (graph === undefined) return state;
  return showMatch(state, searchFor(graph, query, state.search?.current, state.focused));
}

/** What was found is drawn, and Tab leads there. */
function showMatch(state: PanelState, search: Search): PanelState {
  const { current } = search;
  if (current === undefined) return { ...state, search };
  const opened = refolded({ ...state, search }, (graph, folded) => openAround(graph, folded, current));
  return { ...opened, focused: current };
}

/** What is selected is drawn: the workflows around it are opened. */
function selected(state: PanelState, node: EntryAddress | undefined): PanelState {
  if (node === undefined) return { ...state, selected: undefined };
  const opened = refolded(state, (graph, folded) => openAround(graph, folded, node));
  return { ...opened, selected: node, focused: node };
}

function moved(state: PanelState, direction: Direction): PanelState {
  const { view } = state;
  if (view === undefined || state.focused === undefined) return state;
  const target = neighbour(view, state.focused, direction);
  if (target === undefined) return state;
  // With the details open they follow the focus; closed they stay closed.
  return { ...state, focused: target, selected: state.selected === undefined ? undefined : target };
}

/** Why the drawing may not be what the source says; the host's own notice comes first. */
export function noticeToShow({ host, outdated }: PanelState): PanelNotice | undefined {
  if (outdated) {
    return { kind: 'failed', message: 'The extension was updated. Close this graph and show it again.' };
  }
  // Without a drawing the notice stands in the middle instead.
  if (host?.graph === undefined) return undefined;
  const { incomplete } = host.graph.workflow;
  return (
    host.notice ??
    (incomplete === undefined
      ? undefined
      : { kind: 'structure-only', message: `Part of this workflow cannot be read: ${incomplete}` })
  );
}

export function selectedNode(state: PanelState): GraphNode | undefined {
  return state.view?.nodes.find((node) => node.id === state.selected);
}

/** What to highlight: the entry that the cursor is in, or the folded workflow that hides it. */
export function highlightedNode({ host, folded, highlighted }: PanelState): EntryAddress | undefined {
  if (highlighted === undefined || host?.graph === undefined || folded === undefined) return undefined;
  return drawnFor(host.graph, folded, highlighted);
}

/** What to mark as found: the matches, or the folded workflows that hide them. */
function foundNodes({ host, folded, search }: PanelState): ReadonlySet<EntryAddress> {
  if (search === undefined || host?.graph === undefined || folded === undefined) return nothing;
  const drawn = drawnNodes(host.graph, folded);
  return new Set(search.matches.flatMap((id) => drawn.get(id) ?? []));
}

/** The node with problems that comes after the selected one, and after the last the first. */
export function problemAfter({ host, selected }: PanelState): EntryAddress | undefined {
  const nodes = host?.graph?.nodes.filter((node) => node.findings.length > 0) ?? [];
  const current = nodes.findIndex((node) => node.id === selected);
  return nodes[(current + 1) % Math.max(1, nodes.length)]?.id;
}

/** What is marked on the drawing. */
export function marksOf(state: PanelState): {
  readonly selected: EntryAddress | undefined;
  readonly highlighted: EntryAddress | undefined;
  readonly focused: EntryAddress | undefined;
  readonly found: ReadonlySet<EntryAddress>;
  readonly match: EntryAddress | undefined;
} {
  const { selected, focused, found, search } = state;
  return { selected, highlighted: highlightedNode(state), focused, found, match: search?.current };
}

/**
 * What to keep over a reload of the window; `position` is that of the viewport, where there was a drawing, `stepsHeight` that of the
 * list of steps in pixels, where one was chosen.
 */
export function savedStateOf(
  state: PanelState,
  position: Pick<PanelSavedState, 'zoom' | 'scrollX' | 'scrollY'> | undefined,
  stepsHeight: number | undefined,
): PanelSavedState | undefined {
  if (state.host === undefined) return undefined;
  const { zoom, scrollX, scrollY } = position ?? { zoom: 1, scrollX: 0, scrollY: 0 };
  return {
    target: state.host.target,
    zoom,
    scrollX,
    scrollY,
    selected: state.selected,
    folded: state.folded === undefined ? undefined : [...state.folded],
    ...(state.list && { list: true }),
    ...(state.host.pinned !== undefined && state.host.pinned !== '' && { pinned: state.host.pinned }),
    ...(stepsHeight !== undefined && { stepsHeight }),
  };
}
