/** State of the panel and how it changes. Pure: rendering follows from it. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { Folded } from '../../common/graph/boxes.ts';
import { drawnFor, foldAll, initialFolding, openAround, toggleFolding } from '../../common/graph/folding.ts';
import { layoutGraph } from '../../common/graph/view.ts';
import type { GraphModel, GraphNode, GraphView } from '../../common/protocol/graph.ts';
import type { PanelHostState } from '../../common/protocol/panel.ts';
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
  | { readonly type: 'open-all' }
  | { readonly type: 'tick'; readonly now: number };

/** What was kept from before a reload of the window. */
export interface Kept {
  readonly selected: EntryAddress | undefined;
  readonly folded?: readonly EntryAddress[] | undefined;
}

export function initialState({ selected, folded }: Kept): PanelState {
  return {
    host: undefined,
    outdated: false,
    view: undefined,
    folded: folded === undefined ? undefined : new Set(folded),
    selected,
    highlighted: undefined,
    focused: selected,
    now: 0,
  };
}

export function reduce(state: PanelState, action: Action): PanelState {
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
    case 'toggle-folding':
      return refolded(state, (graph, folded) => toggleFolding(graph, folded, action.node));
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

export function selectedNode(state: PanelState): GraphNode | undefined {
  return state.view?.nodes.find((node) => node.id === state.selected);
}

/** What to highlight: the entry that the cursor is in, or the folded workflow that hides it. */
export function highlightedNode({ host, folded, highlighted }: PanelState): EntryAddress | undefined {
  if (highlighted === undefined || host?.graph === undefined || folded === undefined) return undefined;
  return drawnFor(host.graph, folded, highlighted);
}
