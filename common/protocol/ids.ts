/** Names that package.json contributes and code refers to. test/architecture.test.ts compares the two. */

export const commandIds = {
  showGraph: 'mastra.showWorkflowGraph',
  runWorkflow: 'mastra.runWorkflow',
  cancelRun: 'mastra.cancelRun',
  resumeRun: 'mastra.resumeRun',
  restartServer: 'mastra.restartServer',
  showLog: 'mastra.showLog',
} as const;

/** Commands about graph panels. */
export const graphCommandIds = {
  exportGraph: 'mastra.exportGraph',
  openAnotherGraph: 'mastra.openAnotherGraph',
} as const;

/** Commands about recorded runs. */
export const runsCommandIds = {
  showRun: 'mastra.showRun',
  resumeRecorded: 'mastra.resumeRecorded',
  followRun: 'mastra.followRun',
  rerun: 'mastra.rerun',
  rerunEdited: 'mastra.rerunEdited',
  pinRun: 'mastra.pinRun',
  unpinRun: 'mastra.unpinRun',
  exportRun: 'mastra.exportRun',
  deleteRun: 'mastra.deleteRun',
  importRun: 'mastra.importRun',
  deleteAllRuns: 'mastra.deleteAllRuns',
  refreshRuns: 'mastra.refreshRuns',
  groupRuns: 'mastra.groupRuns',
  filterRuns: 'mastra.filterRuns',
  clearRunFilter: 'mastra.clearRunFilter',
} as const;

/** Commands about the runs that servers store. */
export const storedRunsCommandIds = {
  importServerRuns: 'mastra.importServerRuns',
} as const;

/** The container in the activity bar that holds our views. */
export const viewContainerId = 'mastra';
export const runsViewId = 'mastra.runs';
export const runViewId = 'mastra.run';

/** Commands on the rows of the view that shows one run. */
export const runViewCommandIds = {
  goToStep: 'mastra.goToStep',
  copyStepInput: 'mastra.copyStepInput',
  copyStepOutput: 'mastra.copyStepOutput',
  openStepInput: 'mastra.openStepInput',
  openStepOutput: 'mastra.openStepOutput',
  showStepInGraph: 'mastra.showStepInGraph',
  resumeStep: 'mastra.resumeStep',
} as const;

/** Context key that is set while the Runs view shows only some runs. */
export const runsFilteredContext = 'mastra.runs.filtered';

/** Commands about the servers that runs go to. */
export const serverCommandIds = {
  chooseServer: 'mastra.chooseServer',
  addServer: 'mastra.addServer',
  editServer: 'mastra.editServer',
  setDevToken: 'mastra.setDevToken',
  removeServer: 'mastra.removeServer',
  testServer: 'mastra.testServer',
  useServer: 'mastra.useServer',
  startDev: 'mastra.startDev',
  stopDev: 'mastra.stopDev',
  restartDev: 'mastra.restartDev',
  showDevOutput: 'mastra.showDevOutput',
  openStudio: 'mastra.openStudio',
  copyServerUrl: 'mastra.copyServerUrl',
  refreshServers: 'mastra.refreshServers',
} as const;

export const serversViewId = 'mastra.servers';

export const graphViewType = 'mastra.workflowGraph';
export const formViewType = 'mastra.inputForm';

/** The page with all workflows of the workspace. */
export const overviewViewType = 'mastra.workflows';
export const overviewCommandId = 'mastra.showAllWorkflows';

export const compareViewType = 'mastra.compareRuns';
export const compareCommandId = 'mastra.compareRuns';

/** Context key that holds the paths of the files with workflows, as `resourcePath` has them: menus of an editor show up only in those. */
export const workflowFilesContext = 'mastra.workflowFiles';

export const logChannelName = 'Mastra';
export const runOutputChannelName = 'Mastra Run';
export const devOutputChannelName = 'Mastra Dev';
