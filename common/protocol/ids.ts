/** Names that package.json contributes and code refers to. test/architecture.test.ts compares the two. */

export const commandIds = {
  showGraph: 'mastra.showWorkflowGraph',
  runWorkflow: 'mastra.runWorkflow',
  cancelRun: 'mastra.cancelRun',
  resumeRun: 'mastra.resumeRun',
  restartServer: 'mastra.restartServer',
  showLog: 'mastra.showLog',
} as const;

export const graphViewType = 'mastra.workflowGraph';

/** Context key that holds the paths of the files with workflows, as `resourcePath` has them: menus of an editor show up only in those. */
export const workflowFilesContext = 'mastra.workflowFiles';

export const logChannelName = 'Mastra';
export const runOutputChannelName = 'Mastra Run';
