/** What stands for one line of the drawing: the line itself, and the texts on it. */
import type { EntryAddress } from '../../common/model/address.ts';
import type { GraphEdge } from '../../common/protocol/graph.ts';
import { element, replaceChildren, setAttributes, svgElement } from './dom.ts';
import { icon } from './icons.ts';
import { arrowHead, markPoint, roundedPath } from './paths.ts';
import { place } from './place.ts';
import type { RunView } from './run-view.ts';

/** Undefined while no run is laid over the drawing. */
export type EdgeState = 'passed' | 'idle' | undefined;

export function edgeState(edge: GraphEdge, run: RunView | undefined): EdgeState {
  if (run === undefined) return undefined;
  return run.passed.has(edge.id) ? 'passed' : 'idle';
}

function edgeClasses(base: string, edge: GraphEdge, state: EdgeState): string {
  const parts = [base, edge.kind];
  if (state !== undefined) parts.push(state);
  if (edge.finding !== undefined) parts.push(`finding-${edge.finding.severity}`);
  return parts.join(' ');
}

export function drawEdge(target: Element, edge: GraphEdge, state: EdgeState): void {
  setAttributes(target, { class: edgeClasses('edge', edge, state), 'data-edge': edge.id });
  const data = roundedPath(edge.points);
  replaceChildren(
    target,
    // A wide invisible line, so that the thin one is easy to point at.
    svgElement('path', { class: `edge-hit${edge.shape?.declared === undefined ? '' : ' leads'}`, d: data }),
    svgElement('path', { class: 'edge-line', d: data }),
    endsAtNode(edge) && svgElement('path', { class: 'edge-arrow', d: arrowHead(edge.points) }),
  );
}

/** Lines that leave a container's inside end at its border and go on as the next line: no arrow in between. */
function endsAtNode(edge: GraphEdge): boolean {
  return edge.kind === 'loop-back' || !edge.from.startsWith(`${edge.to}/`);
}

export function drawEdgeTexts(
  target: Element,
  edge: GraphEdge,
  state: EdgeState,
  onSelect: (node: EntryAddress) => void,
): void {
  target.className = edgeClasses('edge-texts', edge, state);
  const { label, finding, data } = edge;
  target.setAttribute('data-edge', edge.id);
  const children: HTMLElement[] = [];
  if (label !== undefined) {
    const chip = element('span', { class: 'condition', title: label.text }, label.text);
    place(chip, label);
    children.push(chip);
  }
  if (data !== undefined) {
    const text = element('span', { class: 'edge-data' }, data.text);
    place(text, data);
    children.push(text);
  }
  if (finding !== undefined) {
    const [x, y] = markPoint(edge.points);
    const select = (event: Event) => {
      event.stopPropagation();
      onSelect(edge.to);
    };
    const mark = element(
      'span',
      { class: `edge-mark ${finding.severity}`, title: finding.message, on: { click: select } },
      icon(finding.severity),
    );
    mark.style.left = `${x - 10}px`;
    mark.style.top = `${y - 10}px`;
    children.push(mark);
  }
  replaceChildren(target, ...children);
}
