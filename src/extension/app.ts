import type { Uri } from 'vscode';
import type { JsonFiles } from '../core/base/jsonFiles.ts';
import type { Log } from '../core/base/log.ts';
import type { ListProfiles } from './connections/profileChoice.ts';
import type { WorkspaceConnections } from './connections/workspaceConnections.ts';
import type { ContextKeys } from './contextKeys.ts';
import type { LanguageFeatures } from './languageClient/languageFeatures.ts';
import type { Settings } from './settings.ts';
import type { ExtensionState } from './state.ts';

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
  readonly connections: WorkspaceConnections;
  readonly listProfiles: ListProfiles;
  /** Folder of the packaged sample pipeline. */
  readonly sample: Uri;
}
