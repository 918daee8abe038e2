/** State of the panel and how it changes. Pure: rendering follows from it. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphNode } from '../../common/protocol/graph.ts';
import type { PanelHostState } from '../../common/protocol/panel.ts';
import { focusableNodes, neighbour } from './navigation.ts';
import type { Direction } from './navigation.ts';

export interface PanelState {
  /** Undefined until the host has spoken. */
  readonly host: PanelHostState | undefined;
  /** The host speaks another version of the protocol. */
  readonly outdated: boolean;
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
  | { readonly type: 'tick'; readonly now: number };

export function initialState(selected: EntryAddress | undefined): PanelState {
  return { host: undefined, outdated: false, selected, highlighted: undefined, focused: selected, now: 0 };
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
      return { ...state, selected: action.node, focused: action.node ?? state.focused };
    case 'focus':
      return { ...state, focused: action.node };
    case 'move':
      return moved(state, action.direction);
    case 'tick':
      return { ...state, now: action.now };
  }
}

/** Selection and focus stay on their node while it exists; a drawing that is not there yet keeps them for later. */
function withHost(state: PanelState, host: PanelHostState, now: number): PanelState {
  const next = { ...state, host, now };
  if (host.graph === undefined) return next;
  const nodes = focusableNodes(host.graph);
  const kept = (id: EntryAddress | undefined) => (nodes.some((node) => node.id === id) ? id : undefined);
  return { ...next, selected: kept(state.selected), focused: kept(state.focused) ?? nodes[0]?.id };
}

function moved(state: PanelState, direction: Direction): PanelState {
  const graph = state.host?.graph;
  if (graph === undefined || state.focused === undefined) return state;
  const target = neighbour(graph, state.focused, direction);
  if (target === undefined) return state;
  // With the details open they follow the focus; closed they stay closed.
  return { ...state, focused: target, selected: state.selected === undefined ? undefined : target };
}

export function selectedNode(state: PanelState): GraphNode | undefined {
  return state.host?.graph?.nodes.find((node) => node.id === state.selected);
}
