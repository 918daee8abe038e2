/** Runs in a page: the layout as the panel does it. */
import { layoutGraph } from '../../../common/graph/view.ts';

globalThis.layOutWorkflow = (model) => {
  const start = performance.now();
  layoutGraph(model);
  return performance.now() - start;
};
