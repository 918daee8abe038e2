/** A step that is to be selected in the drawing, as soon as there is one. */
import type { GraphModel } from '../../../common/protocol/graph.ts';
import type { HostToPanel } from '../../../common/protocol/panel.ts';

export interface WantedStep {
  /** `step`: ids of the workflows on the way and of the step, as the events of a run have them. */
  readonly want: (step: readonly string[]) => void;
  /** There may be a drawing now. */
  readonly offer: () => void;
}

/** `drawn`: what the page shows; undefined while it shows nothing. */
export function createWantedStep(
  post: (message: HostToPanel) => void,
  drawn: () => GraphModel | undefined,
): WantedStep {
  let wanted: readonly string[] | undefined;
  const offer = (): void => {
    const graph = drawn();
    if (graph === undefined || wanted === undefined) return;
    const id = wanted.join('.');
    wanted = undefined;
    const node = graph.nodes.find(({ step }) => step?.join('.') === id);
    if (node !== undefined) post({ type: 'select', node: node.id });
  };
  return {
    offer,
    want(step) {
      wanted = step;
      offer();
    },
  };
}
