import type { Uri } from 'vscode';
import type { Clock } from '../core/base/clock.ts';
import type { JsonFiles } from '../core/base/jsonFiles.ts';
import type { Log } from '../core/base/log.ts';
import type { RunStore } from '../core/runs/store.ts';
import type { EngineProgram } from '../processes/docker/engineProgram.ts';
import type { DeployedDocuments } from '../views/deployed/document.ts';
import type { GraphPanels } from '../views/graph/graphPanels.ts';
import type { Pipelines } from '../views/pipelines/loadPipelines.ts';
import type { RunDocuments } from '../views/runs/document/runDocuments.ts';
import type { OutputDocuments } from '../views/runs/output/outputDocuments.ts';
import type { InlineResults } from '../views/runs/inline/inlineResults.ts';
import type { LocalAccountHolder } from './connections/localAccountHolder.ts';
import type { ListProfiles } from './connections/profileChoice.ts';
import type { WorkspaceConnections } from './connections/workspaceConnections.ts';
import type { ContextKeys } from './contextKeys.ts';
import type { Inventories } from './inventory/inventories.ts';
import type { LanguageFeatures } from './languageClient/languageFeatures.ts';
import type { LocalRuns } from './localRuns/localRuns.ts';
import type { FullLogs } from './runs/fullLog.ts';
import type { StageChoice } from './stages/stageChoice.ts';
import type { InputEditors } from './starts/inputEditors.ts';
import type { StartHistory } from './starts/startHistory.ts';
import type { Settings } from './settings.ts';
import type { Drifts } from './deploy/drifts.ts';
import type { PlanDocuments } from './deploy/planDocuments.ts';
import type { ExtensionState } from './state.ts';
import type { AwsFindings } from './validation/awsFindings.ts';
import type { HostIndex } from './workspace/hostIndex.ts';
import type { LocalFolder } from './connections/localFolder.ts';
import type { JobIndex } from './workspace/jobIndex.ts';
import type { MissedFiles } from './workspace/missedFiles.ts';

/** What `compose` made, as commands see it. A command names the parts that it uses: `Pick<App, 'settings'>`. */
export interface App {
  readonly log: Log;
  /** Shows the log to the user. */
  readonly showLog: () => void;
  readonly settings: Settings;
  readonly languageFeatures: LanguageFeatures;
  readonly contextKeys: ContextKeys;
  readonly state: ExtensionState;
  /** Documents of this machine, over all workspaces. */
  readonly files: JsonFiles;
  /** Where the account behind the Local connection is kept, with what Sluice notes of it. */
  readonly localFolder: LocalFolder;
  readonly connections: WorkspaceConnections;
  /** The account behind the Local connection. */
  readonly localAccount: LocalAccountHolder;
  readonly listProfiles: ListProfiles;
  /** What the accounts have, as far as it was listed. */
  readonly inventories: Inventories;
  /** The tree of the side bar, without its view. */
  readonly pipelines: Pipelines;
  readonly deployedDocuments: DeployedDocuments;
  /** Both sides of what a deploy would change. */
  readonly planDocuments: PlanDocuments;
  readonly clock: Clock;
  readonly startHistory: StartHistory;
  readonly inputEditors: InputEditors;
  /** What was started or watched here. */
  readonly runs: RunStore;
  readonly runDocuments: RunDocuments;
  /** Scripts that this window runs on this machine. */
  readonly localRuns: LocalRuns;
  /** The jobs of the workspace's config files. */
  readonly jobIndex: JobIndex;
  readonly missedFiles: MissedFiles;
  /** How they differ from those of the active connection. */
  readonly drifts: Drifts;
  /** What of the workspace tools deploy. */
  readonly hosts: HostIndex;
  /** Program that starts deploy tools in a terminal. */
  readonly toolLauncher: string;
  /** The stage whose values placeholders have. */
  readonly stages: StageChoice;
  /** Where Python environments are kept, for all workspaces. */
  readonly pythonCacheFolder: string;
  /** Removes, once, the containers of windows that are gone. Never rejects. */
  readonly removeLeftovers: (program: EngineProgram) => Promise<void>;
  readonly outputDocuments: OutputDocuments;
  readonly fullLogs: FullLogs;
  readonly inlineResults: InlineResults;
  readonly graphs: GraphPanels;
  readonly awsFindings: AwsFindings;
  /** Folder of the packaged sample pipeline. */
  readonly sample: Uri;
}
