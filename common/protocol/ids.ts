/** Names that package.json contributes and code refers to. test/architecture.test.ts compares the two. */

export const commandIds = {
  showGraph: 'mastra.showWorkflowGraph',
  runWorkflow: 'mastra.runWorkflow',
  cancelRun: 'mastra.cancelRun',
  restartServer: 'mastra.restartServer',
  showLog: 'mastra.showLog',
} as const;

export const graphViewType = 'mastra.workflowGraph';

/** Context key that is true while at least one workflow is known: commands show in the palette only then. */
export const hasWorkflowsContext = 'mastra.hasWorkflows';

export const logChannelName = 'Mastra';
export const runOutputChannelName = 'Mastra Run';
