import { join } from 'node:path';
import { commands, env, Uri, window, workspace, type ExtensionContext } from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable.ts';
import { localConnection } from '../core/connections/connection.ts';
import { RunStore } from '../core/runs/store.ts';
import { systemClock } from '../processes/systemClock.ts';
import { deployedScheme } from '../views/deployed/deployedUri.ts';
import { DeployedDocuments } from '../views/deployed/document.ts';
import { GraphPanels } from '../views/graph/graphPanels.ts';
import { Pipelines } from '../views/pipelines/loadPipelines.ts';
import { PipelinesProvider } from '../views/pipelines/provider.ts';
import { registerDocumentProviders } from '../views/runs/document/documentProviders.ts';
import { RunDocuments } from '../views/runs/document/runDocuments.ts';
import { InlineResults } from '../views/runs/inline/inlineResults.ts';
import { OutputDocuments } from '../views/runs/output/outputDocuments.ts';
import { RunsProvider } from '../views/runs/tree/provider.ts';
import type { App } from './app.ts';
import { Boundary } from './boundary.ts';
import { boundaryEffects } from './boundaryEffects.ts';
import { registerCommands } from './registerCommands.ts';
import { watchAwsToolkit } from './awsToolkit/watchAwsToolkit.ts';
import { registerLenses } from './codeLens/registerLenses.ts';
import { AccountCache } from './connections/accountCache.ts';
import { ConnectionList } from './connections/connectionList.ts';
import { listProfiles } from './connections/listProfiles.ts';
import { LocalAccountHolder } from './connections/localAccountHolder.ts';
import { LocalFolder } from './connections/localFolder.ts';
import { localWorkspace, onDidChangeLocalWorkspace } from './connections/localWorkspace.ts';
import { accountOpener } from './connections/openAccount.ts';
import { showConnectionStatus } from './connections/statusBar.ts';
import { watchAwsFiles } from './connections/watchAwsFiles.ts';
import { WorkspaceConnections } from './connections/workspaceConnections.ts';
import { ContextKeys } from './contextKeys.ts';
import { JsonFileStore } from './jsonFileStore.ts';
import { LanguageFeatures } from './languageClient/languageFeatures.ts';
import { toLog } from './log.ts';
import { followGlueScript } from './localRuns/followGlueScript.ts';
import { leftoverRemover } from './localRuns/leftoverRemover.ts';
import { LocalRuns } from './localRuns/localRuns.ts';
import { Drifts } from './deploy/drifts.ts';
import { PlanDocuments, planScheme } from './deploy/planDocuments.ts';
import { registerScriptDebugging } from './debug/scriptDebugging.ts';
import { DriftOnUse } from './pipelines/driftOnUse.ts';
import { setPipelinesFilter } from './pipelines/filter.ts';
import { pinnedResources } from './pipelines/pins.ts';
import { StoredRuns } from './pipelines/trackedRuns.ts';
import { sayLanguageServerGaveUp, sayLanguageServerRestarted } from './prompts/languageServerEnded.ts';
import { showError, showWarning } from './prompts/notify.ts';
import { askMfaCode } from './prompts/askMfaCode.ts';
import { followShownRun } from './runs/followShownRun.ts';
import { FullLogs } from './runs/fullLog.ts';
import { runFile, runPortsOf } from './runs/runPorts.ts';
import { scriptLocationOf } from './runs/scriptLocation.ts';
import { showRunCount } from './runs/showRunCount.ts';
import { tellRunEnds } from './runs/tellRunEnds.ts';
import { EditorAssociations, Settings } from './settings.ts';
import { registerUploadOnSave } from './uploads/registerUploadOnSave.ts';
import { InputEditors } from './starts/inputEditors.ts';
import { StartHistory } from './starts/startHistory.ts';
import { AwsFindings } from './validation/awsFindings.ts';
import { validateOnSave } from './validation/validateOnSave.ts';
import { Inventories } from './inventory/inventories.ts';
import { inventorySource, lookUpOnSave } from './inventory/inventorySource.ts';
import { MissedFiles } from './workspace/missedFiles.ts';
import { HostIndex } from './workspace/hostIndex.ts';
import { JobIndex } from './workspace/jobIndex.ts';
import { registerTesting } from './testing/registerTesting.ts';
import { registerLocalRunTasks } from './tasks/localRunTasks.ts';
import { StageChoice } from './stages/stageChoice.ts';
import { globalState, TypedMemento, workspaceState, type ExtensionState } from './state.ts';

/** Makes every part and wires them; disposing the result ends them all. The only place that constructs. */
export function compose(context: ExtensionContext): Disposable {
  const parts = new DisposableStore();
  const channel = parts.add(window.createOutputChannel('Sluice', { log: true }));
  const log = toLog(channel);
  const boundary = new Boundary(log, boundaryEffects);
  const onSetAside = (path: string): void => {
    log.warn(`Set aside a state file that is not JSON: ${path}`);
    void showWarning(`A state file of Sluice was damaged and has been set aside as ${path}.`);
  };

  const settings = new Settings(workspace);
  const contextKeys = new ContextKeys(commands.executeCommand);
  const state: ExtensionState = {
    workspace: new TypedMemento(context.workspaceState, workspaceState),
    global: new TypedMemento(context.globalState, globalState),
  };

  const pythonCacheFolder = join(context.globalStorageUri.fsPath, 'python');
  // An account for each workspace: two checkouts of one repository hold different things under the same names.
  const ownFolder = (context.storageUri ?? context.globalStorageUri).fsPath;
  const localFolder = new LocalFolder(settings, ownFolder, onSetAside);
  const localAccount = parts.add(
    new LocalAccountHolder(async (signal) => {
      const { ensureLocalAccount } = await import('../processes/localAccount/ensureLocalAccount.ts');
      const account = await ensureLocalAccount(
        {
          entry: context.asAbsolutePath('dist/localAccount.js'),
          stateFolder: localFolder.state,
          cacheFolder: pythonCacheFolder,
          workspace: localWorkspace(settings),
          log,
        },
        signal,
      );
      for (const { file, setAsideAs } of account.problems) onSetAside(setAsideAs ?? file);
      return account;
    }, systemClock),
  );
  parts.add(localFolder.onDidChange(() => localAccount.renew()));
  parts.add(onDidChangeLocalWorkspace(settings, () => localAccount.update(localWorkspace(settings))));
  const open = accountOpener({
    clock: systemClock,
    log,
    environment: process.env,
    isTrusted: () => workspace.isTrusted,
    local: async (signal) => await localAccount.get(signal),
    askMfaCode,
  });
  const list = new ConnectionList(state.workspace);
  const suggest = (): void => list.suggest(settings.get('initialConnection') === 'local' ? [localConnection] : []);
  suggest();
  parts.add(settings.onDidChange('initialConnection', suggest));
  const connections = parts.add(new WorkspaceConnections(list, new AccountCache(open, log), settings));
  const countConnections = (): void => contextKeys.set('sluice.connectionCount', connections.all.length);
  parts.add(connections.onDidChange(countConnections));
  countConnections();
  parts.add(showConnectionStatus(connections));
  parts.add(
    watchAwsFiles(process.env, () => connections.renew(connections.all.filter(({ kind }) => kind === 'profile'))),
  );
  parts.add(localAccount.onDidEnd(() => connections.renew(connections.all.filter(({ kind }) => kind === 'local'))));
  parts.add(workspace.onDidGrantWorkspaceTrust(() => connections.renew(connections.all)));
  parts.add(watchAwsToolkit({ log, settings, state, associations: new EditorAssociations(workspace) }));

  const files = new JsonFileStore(join(context.globalStorageUri.fsPath, 'state'), onSetAside);
  const runs = parts.add(
    new RunStore({
      portsOf: runPortsOf(connections),
      loadWatch: async () => (await import('../core/runs/watch.ts')).watch,
      clock: systemClock,
      log,
      file: runFile(files),
      retention: () => ({ days: settings.get('runs.keepDays'), runs: 500 }),
      random: Math.random,
    }),
  );
  const restored = runs.restore();
  const runDocuments = parts.add(new RunDocuments({ store: runs, restored, clock: systemClock, log }));
  parts.add(registerDocumentProviders(runDocuments));
  parts.add(followShownRun({ runs, runDocuments, contextKeys }));
  parts.add(showRunCount(runs));
  const inlineResults = parts.add(
    new InlineResults({ store: runs, clock: systemClock, log, scriptOf: scriptLocationOf(connections) }),
  );
  parts.add(tellRunEnds({ runs, runDocuments, clock: systemClock, log }));
  parts.add(new RunsProvider(runs, systemClock, env.language)).show();
  const inventories = parts.add(new Inventories(systemClock, (connection) => connections.accountId(connection)));
  parts.add(connections.onDidRenew((renewed) => inventories.forget(renewed)));
  const inventoryParts = { inventories, connections, settings, log };
  const pipelines = parts.add(
    new Pipelines({
      clock: systemClock,
      tracked: parts.add(new StoredRuns(runs)),
      connections: () => connections.all,
      account: async (connection, signal) =>
        (await import('./inventory/recordAccount.ts')).recordAccount(
          connection,
          await connections.account(connection, signal),
          inventories,
        ),
      pinned: (connection, section) => pinnedResources(state, connection, section),
    }),
  );
  parts.add(connections.onDidChange(() => pipelines.redraw()));
  parts.add(connections.onDidRenew((renewed) => pipelines.renew(renewed)));

  const deployedDocuments = new DeployedDocuments(connections);
  parts.add(workspace.registerTextDocumentContentProvider(deployedScheme, deployedDocuments));

  const planDocuments = new PlanDocuments();
  parts.add(workspace.registerTextDocumentContentProvider(planScheme, planDocuments));

  const inputEditors = new InputEditors();
  const missedFiles = parts.add(new MissedFiles(systemClock));
  const jobIndex = parts.add(new JobIndex(missedFiles));
  const hosts = parts.add(new HostIndex(missedFiles));
  const drifts = parts.add(new Drifts({ connections, places: { files, localFolder }, clock: systemClock, log }));
  parts.add(followGlueScript({ contextKeys, jobIndex, hosts }));
  parts.add(registerLenses({ connections, drifts, hosts, inputEditors, jobIndex }));

  const graphs = parts.add(
    new GraphPanels({
      extensionUri: context.extensionUri,
      clock: systemClock,
      log,
      runOf: (document) => inlineResults.runOf(document),
      onDidChangeRuns: runs.onDidChange,
      showError: (message) => void showError(message),
      siblings: async (document) => await (await import('./workspace/glueSiblings.ts')).glueSiblings(document),
    }),
  );

  const stages = parts.add(new StageChoice(state));
  const languageFeatures = parts.add(
    new LanguageFeatures({
      serverModule: context.asAbsolutePath('dist/languageServer.js'),
      channel,
      log,
      now: () => systemClock.now(),
      areChecksOn: (document) => settings.get('validation.definitions', document),
      inventory: inventorySource(inventoryParts),
      stages,
      connections,
      missedFiles,
      onRestarted: sayLanguageServerRestarted,
      onGaveUp: () => void sayLanguageServerGaveUp(),
    }),
  );
  parts.add(lookUpOnSave({ ...inventoryParts, questions: async (uri) => await languageFeatures.questions(uri) }));

  const app: App = {
    log,
    showLog: () => channel.show(),
    settings,
    contextKeys,
    state,
    languageFeatures,
    files,
    localFolder,
    connections,
    localAccount,
    listProfiles,
    inventories,
    pipelines,
    deployedDocuments,
    planDocuments,
    clock: systemClock,
    startHistory: new StartHistory(files),
    inputEditors,
    runs,
    runDocuments,
    outputDocuments: parts.add(new OutputDocuments(systemClock)),
    inlineResults,
    graphs,
    awsFindings: parts.add(new AwsFindings()),
    localRuns: parts.add(new LocalRuns(runs, systemClock, log)),
    jobIndex,
    missedFiles,
    drifts,
    hosts,
    toolLauncher: context.asAbsolutePath('dist/toolLauncher.js'),
    stages,
    pythonCacheFolder,
    removeLeftovers: leftoverRemover(log),
    fullLogs: new FullLogs(join(context.globalStorageUri.fsPath, 'logs')),
    sample: Uri.joinPath(context.extensionUri, 'sample'),
  };

  parts.add(validateOnSave(app));
  parts.add(registerCommands(commands, app, boundary));
  parts.add(registerScriptDebugging(() => app, boundary));
  parts.add(registerLocalRunTasks(() => app));
  parts.add(registerTesting(() => app, boundary));
  parts.add(registerUploadOnSave(() => app, boundary));
  const rowDrifts = parts.add(
    new DriftOnUse({ drifts, hosts, jobIndex, log, redraw: (nodes) => pipelines.redrawRows(nodes) }),
  );
  void setPipelinesFilter(app, state.workspace.get('pipelinesFilter'));
  parts
    .add(
      new PipelinesProvider(pipelines, () => ({
        nowMs: systemClock.now(),
        locale: env.language,
        isProtected: (connection) => connections.isProtected(connection),
        isSlow: (connection) => connections.isSlow(connection),
        drift: (node) => rowDrifts.of(node),
      })),
    )
    .show();
  return parts;
}
