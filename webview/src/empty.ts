/** What stands in place of a drawing, or beside one without steps: why there is nothing, and what to do. */
import type { GraphModel } from '../../common/protocol/graph.ts';
import { element, replaceChildren } from './dom.ts';
import { icon } from './icons.ts';

export interface Empty {
  readonly root: HTMLElement;
  /** `message` is why there is no drawing, where the host said so. */
  update(graph: GraphModel | undefined, message: string | undefined): void;
}

export function createEmpty(): Empty {
  const root = element('div', { class: 'empty' });
  return {
    root,
    update(graph, message) {
      const text =
        graph === undefined
          ? (message ?? 'Reading the workflow…')
          : graph.nodes.length <= 2
            ? 'This workflow has no steps yet. Add one to its chain, for example .then(step).'
            : undefined;
      root.hidden = text === undefined;
      root.className = graph === undefined ? 'empty' : 'empty beside';
      if (text !== undefined && root.textContent !== text) {
        replaceChildren(root, icon('workflow'), element('p', {}, text));
      }
    },
  };
}
