import type { App } from './app.ts';
import { deployCommands } from './deployCommands.ts';

/**
 * A command's body. Arguments come from menus, links and other extensions: check them. It may throw UserError, and
 * an abort is silent.
 */
export type Handler = (app: App, ...args: readonly unknown[]) => unknown;

export interface Command {
  /** As package.json shows it: starts with a verb, ends in "…" when it asks. */
  readonly title: string;
  /** False for a command that makes sense only on the thing it is shown at. */
  readonly palette?: false;
  /** Reads the handler's module on first use, so that activation stays light. */
  readonly load: () => Promise<Handler>;
}

/**
 * Every command of Sluice; `sluice.<name>` is its id. To add one: `commands/<name>.ts` exports a function `<name>`
 * whose first parameter is the parts of App that it uses, a line here, and the same id and title in package.json
 * under `contributes.commands` (with a menu `commandPalette`, when `false`, where `palette` is false).
 */
export const commands = {
  ...deployCommands,
  restartLanguageServer: {
    title: 'Restart Language Server',
    load: async () => (await import('./commands/restartLanguageServer.ts')).restartLanguageServer,
  },
  addConnection: {
    title: 'Add Connection…',
    load: async () => (await import('./commands/addConnection.ts')).addConnection,
  },
  switchConnection: {
    title: 'Switch Connection…',
    load: async () => (await import('./commands/switchConnection.ts')).switchConnection,
  },
  chooseStage: {
    title: 'Choose Stage…',
    load: async () => (await import('./commands/chooseStage.ts')).chooseStage,
  },
  switchRegion: {
    title: 'Switch Region…',
    load: async () => (await import('./commands/switchRegion.ts')).switchRegion,
  },
  removeConnection: {
    title: 'Remove Connection…',
    load: async () => (await import('./commands/removeConnection.ts')).removeConnection,
  },
  signIn: {
    title: 'Sign In…',
    load: async () => (await import('./commands/signIn.ts')).signIn,
  },
  useLocal: {
    title: 'Use Local (no AWS account)',
    load: async () => (await import('./commands/useLocal.ts')).useLocal,
  },
  openSamplePipeline: {
    title: 'Open Sample Pipeline…',
    load: async () => (await import('./commands/openSamplePipeline.ts')).openSamplePipeline,
  },
  openWalkthrough: {
    title: 'Open Walkthrough',
    load: async () => (await import('./commands/openWalkthrough.ts')).openWalkthrough,
  },
  refreshPipelines: {
    title: 'Refresh Pipelines',
    load: async () => (await import('./commands/refreshPipelines.ts')).refreshPipelines,
  },
  filterPipelines: {
    title: 'Filter Pipelines…',
    load: async () => (await import('./commands/filterPipelines.ts')).filterPipelines,
  },
  clearPipelinesFilter: {
    title: 'Clear Pipelines Filter',
    load: async () => (await import('./commands/clearPipelinesFilter.ts')).clearPipelinesFilter,
  },
  refreshRow: {
    title: 'Refresh',
    palette: false,
    load: async () => (await import('./commands/refreshRow.ts')).refreshRow,
  },
  retryRow: {
    title: 'Retry',
    palette: false,
    load: async () => (await import('./commands/retryRow.ts')).retryRow,
  },
  loadMore: {
    title: 'Load More',
    palette: false,
    load: async () => (await import('./commands/loadMore.ts')).loadMore,
  },
  pinRow: {
    title: 'Pin to Top',
    palette: false,
    load: async () => (await import('./commands/pinRow.ts')).pinRow,
  },
  unpinRow: {
    title: 'Unpin',
    palette: false,
    load: async () => (await import('./commands/unpinRow.ts')).unpinRow,
  },
  copyName: {
    title: 'Copy Name',
    palette: false,
    load: async () => (await import('./commands/copyName.ts')).copyName,
  },
  copyArn: {
    title: 'Copy ARN',
    palette: false,
    load: async () => (await import('./commands/copyArn.ts')).copyArn,
  },
  openInConsole: {
    title: 'Open in AWS Console',
    palette: false,
    load: async () => (await import('./commands/openInConsole.ts')).openInConsole,
  },
  copyPolicyStatement: {
    title: 'Copy Policy Statement',
    palette: false,
    load: async () => (await import('./commands/copyPolicyStatement.ts')).copyPolicyStatement,
  },
  openSource: {
    title: 'Open Source',
    palette: false,
    load: async () => (await import('./commands/openSource.ts')).openSource,
  },
  openRun: {
    title: 'Open Run',
    load: async () => (await import('./commands/openRun.ts')).openRun,
  },
  stopRun: {
    title: 'Stop Run',
    load: async () => (await import('./commands/stopRun.ts')).stopRun,
  },
  filterRun: {
    title: 'Filter…',
    palette: false,
    load: async () => (await import('./commands/filterRun.ts')).filterRun,
  },
  showRunErrors: {
    title: 'Errors Only',
    palette: false,
    load: async () => (await import('./commands/showRunErrors.ts')).showRunErrors,
  },
  showAllRunLines: {
    title: 'Show All Lines',
    palette: false,
    load: async () => (await import('./commands/showAllRunLines.ts')).showAllRunLines,
  },
  openFullLog: {
    title: 'Open Full Log',
    load: async () => (await import('./commands/openFullLog.ts')).openFullLog,
  },
  saveRunLog: {
    title: 'Save Run Log As…',
    load: async () => (await import('./commands/saveRunLog.ts')).saveRunLog,
  },
  clearRunData: {
    title: 'Clear Run Data',
    load: async () => (await import('./commands/clearRunData.ts')).clearRunData,
  },
  clearRunResults: {
    title: 'Clear Run Results',
    load: async () => (await import('./commands/clearRunResults.ts')).clearRunResults,
  },
  redriveRun: {
    title: 'Redrive from the Failure',
    load: async () => (await import('./commands/redriveRun.ts')).redriveRun,
  },
  removeRun: {
    title: 'Remove from List',
    palette: false,
    load: async () => (await import('./commands/removeRun.ts')).removeRun,
  },
  retryRun: {
    title: 'Retry Now',
    palette: false,
    load: async () => (await import('./commands/retryRun.ts')).retryRun,
  },
  openConsolePage: {
    title: 'Open in AWS Console',
    palette: false,
    load: async () => (await import('./commands/openConsolePage.ts')).openConsolePage,
  },
  openScriptLine: {
    title: 'Go to Line',
    palette: false,
    load: async () => (await import('./commands/openScriptLine.ts')).openScriptLine,
  },
  startExecution: {
    title: 'Start Execution…',
    load: async () => (await import('./commands/startExecution.ts')).startExecution,
  },
  startJobRun: {
    title: 'Start Job Run…',
    load: async () => (await import('./commands/startJobRun.ts')).startJobRun,
  },
  startWorkflowRun: {
    title: 'Start Workflow Run…',
    load: async () => (await import('./commands/startWorkflowRun.ts')).startWorkflowRun,
  },
  startTrigger: {
    title: 'Start Trigger',
    palette: false,
    load: async () => (await import('./commands/startTrigger.ts')).startTrigger,
  },
  runScriptLocally: {
    title: 'Run Script Locally',
    load: async () => (await import('./commands/runScriptLocally.ts')).runScriptLocally,
  },
  debugScriptLocally: {
    title: 'Debug Script Locally',
    load: async () => (await import('./commands/debugScriptLocally.ts')).debugScriptLocally,
  },
  runScriptLocallyWith: {
    title: 'Run Script Locally with Arguments…',
    load: async () => (await import('./commands/runScriptLocallyWith.ts')).runScriptLocallyWith,
  },
  openPysparkRepl: {
    title: 'Open PySpark REPL',
    load: async () => (await import('./commands/openPysparkRepl.ts')).openPysparkRepl,
  },
  checkLocalGlue: {
    title: 'Check Local Glue',
    load: async () => (await import('./commands/checkLocalGlue.ts')).checkLocalGlue,
  },
  startWithThisInput: {
    title: 'Start with This Input',
    palette: false,
    load: async () => (await import('./commands/startWithThisInput.ts')).startWithThisInput,
  },
  saveInput: {
    title: 'Save Input beside the Definition…',
    palette: false,
    load: async () => (await import('./commands/saveInput.ts')).saveInput,
  },
  rerunWithSameInput: {
    title: 'Re-run with Same Input',
    palette: false,
    load: async () => (await import('./commands/rerunWithSameInput.ts')).rerunWithSameInput,
  },
  addMock: {
    title: 'Add Mock…',
    load: async () => (await import('./commands/addMock.ts')).addMock,
  },
  resetLocalAccount: {
    title: 'Reset Local Account…',
    load: async () => (await import('./commands/resetLocalAccount.ts')).resetLocalAccount,
  },
  openLocalS3Folder: {
    title: 'Open Local S3 Folder',
    load: async () => (await import('./commands/openLocalS3Folder.ts')).openLocalS3Folder,
  },
  showGraph: {
    title: 'Show Graph',
    load: async () => (await import('./commands/showGraph.ts')).showGraph,
  },
  validateOnAws: {
    title: 'Validate Definition on AWS',
    load: async () => (await import('./commands/validateOnAws.ts')).validateOnAws,
  },
  formatDefinition: {
    title: 'Format Definition',
    load: async () => (await import('./commands/formatDefinition.ts')).formatDefinition,
  },
  testState: {
    title: 'Test State…',
    load: async () => (await import('./commands/testState.ts')).testState,
  },
  exportInventory: {
    title: 'Export Inventory…',
    load: async () => (await import('./commands/exportInventory.ts')).exportInventory,
  },
  exportGraph: {
    title: 'Export Graph…',
    load: async () => (await import('./commands/exportGraph.ts')).exportGraph,
  },
  showLog: { title: 'Show Log', load: async () => (await import('./commands/showLog.ts')).showLog },
} satisfies Readonly<Record<string, Command>>;

export type CommandId = `sluice.${keyof typeof commands}`;
