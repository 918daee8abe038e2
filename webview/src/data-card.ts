/** What flows over a line, in full, beside the pointer; for the keyboard beside the node that it leads into. */
import type { ShapeField } from '../../common/model/flow.ts';
import type { GraphEdge } from '../../common/protocol/graph.ts';
import { withCode } from './details.ts';
import { element, replaceChildren } from './dom.ts';
import type { Child } from './dom.ts';
import { icon } from './icons.ts';

export interface DataCard {
  readonly root: HTMLElement;
  /** Shows what flows over `edge` near a point of the window. */
  show(edge: GraphEdge, names: { readonly from: string; readonly to: string }, clientX: number, clientY: number): void;
  hide(): void;
}

const distance = 14;

export function createDataCard(): DataCard {
  const root = element('div', { class: 'data-card', attributes: { role: 'tooltip' } });
  root.hidden = true;
  return {
    root,
    show(edge, { from, to }, clientX, clientY) {
      replaceChildren(root, ...contents(edge, from, to));
      root.hidden = false;
      const around = root.parentElement?.getBoundingClientRect() ?? new DOMRect();
      const { width, height } = root.getBoundingClientRect();
      // On the other side of the pointer where there is no room on this one.
      const [x, y] = [clientX - around.left, clientY - around.top];
      const left = x + distance + width <= around.width ? x + distance : Math.max(4, x - distance - width);
      const top = Math.max(4, Math.min(y + distance, around.height - height - 4));
      root.style.left = `${left}px`;
      root.style.top = `${top}px`;
    },
    hide() {
      root.hidden = true;
    },
  };
}

function contents({ shape, finding, kind }: GraphEdge, from: string, to: string): readonly Child[] {
  return [
    element(
      'p',
      { class: 'data-card-head' },
      kind === 'loop-back' ? `From ${from} again into it` : `From ${from} to ${to}`,
    ),
    finding !== undefined &&
      element(
        'p',
        { class: `finding ${finding.severity}` },
        icon(finding.severity),
        element('span', {}, ...withCode(finding.message)),
      ),
    ...(shape === undefined
      ? [element('p', { class: 'unknown' }, 'What flows here is not known from the source')]
      : shape.fields === undefined || shape.fields.length === 0
        ? [element('code', { class: 'type' }, shape.text)]
        : [element('dl', { class: 'fields' }, ...shape.fields.flatMap(field))]),
    shape?.declared !== undefined && element('p', { class: 'data-card-hint' }, 'Click the line to go to the schema'),
  ];
}

function field({ name, optional, text }: ShapeField): readonly HTMLElement[] {
  return [element('dt', {}, name, optional && '?'), element('dd', {}, element('code', {}, text))];
}
