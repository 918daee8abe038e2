/** What the mouse and the focus do on the drawing: on the elements of nodes, and on the picture of them from far away. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { DataPlace, GraphEdge, GraphNode } from '../../common/protocol/graph.ts';
import { secondLine } from '../../common/graph/words.ts';
import type { Viewport } from './viewport.ts';

export interface DrawingEvents {
  readonly onSelect: (node: EntryAddress) => void;
  readonly onOpen: (node: EntryAddress, target: 'use' | 'definition', focus: boolean) => void;
  readonly onFocus: (node: EntryAddress) => void;
  /** Asks to fold an open nested workflow, or to open a folded one. */
  readonly onFold: (node: EntryAddress) => void;
  /** The pointer is on a line, or on none any more. */
  readonly onEdge: (edge: GraphEdge | undefined, clientX: number, clientY: number) => void;
  /** Asks for the declaration of the schema of what flows. */
  readonly onData: (place: DataPlace) => void;
}

/** On lines and the texts beside them; `edgeOf` finds a line by its id. */
export function listenToEdges(
  layer: Element,
  events: DrawingEvents,
  edgeOf: (id: string) => GraphEdge | undefined,
): void {
  const find = ({ target }: Event): GraphEdge | undefined => {
    const id = target instanceof Element ? target.closest('[data-edge]')?.getAttribute('data-edge') : undefined;
    return typeof id === 'string' ? edgeOf(id) : undefined;
  };
  const show = (event: Event): void => {
    if (event instanceof PointerEvent) events.onEdge(find(event), event.clientX, event.clientY);
  };
  layer.addEventListener('pointerover', show);
  layer.addEventListener('pointerout', (event) => {
    if (event instanceof PointerEvent) events.onEdge(undefined, event.clientX, event.clientY);
  });
  layer.addEventListener('click', (event) => {
    const edge = find(event);
    if (edge?.shape?.declared !== undefined) events.onData(edge.carries);
  });
}

/** On the elements of nodes. */
export function listenNear(tree: HTMLElement, events: DrawingEvents): void {
  const nodeOf = (event: Event): EntryAddress | undefined => {
    const target = event.target instanceof Element ? event.target.closest('[data-node]') : null;
    return target instanceof HTMLElement && target.classList.contains('inert')
      ? undefined
      : (target?.getAttribute('data-node') ?? undefined);
  };
  tree.addEventListener('click', (event) => {
    const node = nodeOf(event);
    if (node === undefined) return;
    if (isFoldButton(event)) {
      events.onFold(node);
      return;
    }
    events.onSelect(node);
    events.onOpen(node, event.altKey ? 'definition' : 'use', event.altKey);
  });
  tree.addEventListener('dblclick', (event) => {
    const node = nodeOf(event);
    if (node !== undefined && !isFoldButton(event)) events.onOpen(node, 'definition', true);
  });
  tree.addEventListener('focusin', (event) => {
    const node = nodeOf(event);
    if (node !== undefined) events.onFocus(node);
  });
}

function isFoldButton(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('.fold') !== null;
}

/**
 * On the picture from far away: `nodeAt` finds the innermost node at a point of the drawing, and nothing while the picture is not
 * shown. A click selects, a double click comes near, the name of what is under the pointer shows as a tooltip.
 */
export function listenFar(
  viewport: Viewport,
  picture: HTMLElement,
  events: DrawingEvents,
  nodeAt: (x: number, y: number) => GraphNode | undefined,
): void {
  const isPicture = ({ target }: MouseEvent): boolean =>
    !picture.hidden && (target === picture || target === viewport.root || target === viewport.space);
  const find = (event: MouseEvent): GraphNode | undefined => {
    if (!isPicture(event)) return undefined;
    const [x, y] = viewport.pointAt(event.clientX, event.clientY);
    return nodeAt(x, y);
  };
  viewport.root.addEventListener('click', (event) => {
    const node = find(event);
    if (node === undefined || isDot(node)) return;
    events.onSelect(node.id);
    events.onOpen(node.id, event.altKey ? 'definition' : 'use', event.altKey);
  });
  viewport.root.addEventListener('dblclick', (event) => {
    if (!isPicture(event)) return;
    const [x, y] = viewport.pointAt(event.clientX, event.clientY);
    viewport.zoomTo(1);
    viewport.centre(x, y);
  });
  viewport.root.addEventListener('pointermove', (event) => {
    const node = find(event);
    const text = node === undefined ? '' : [node.title, secondLine(node)].filter((part) => part !== '').join('\n');
    if (picture.title !== text) picture.title = text;
    viewport.root.classList.toggle('over-node', node !== undefined);
  });
}

function isDot(node: GraphNode): boolean {
  return node.parent !== undefined && (node.kind === 'start' || node.kind === 'end');
}
