import { workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { WorkspaceSettings } from '../../processes/localAccount/workspaceSettings.ts';
import type { Settings } from '../settings.ts';

/** What the local account is told of this window. A workspace that is not trusted has no code that it may run. */
export function localWorkspace(settings: Settings): WorkspaceSettings {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return {
    folders: workspace.isTrusted ? folders.map(({ uri }) => uri.fsPath) : [],
    mockFile: settings.get('local.mockFile'),
    functions: workspace.isTrusted ? settings.get('local.functions') : {},
    waitScale: settings.get('local.waitScale'),
    containers: { engine: settings.get('localRun.engine'), images: settings.get('localRun.images') },
  };
}

/** Calls `listener` whenever what `localWorkspace` gives may have changed. */
export function onDidChangeLocalWorkspace(settings: Settings, listener: () => void): Disposable {
  const parts = new DisposableStore();
  const names = ['local.mockFile', 'local.functions', 'local.waitScale', 'localRun.engine', 'localRun.images'] as const;
  for (const name of names) {
    parts.add(settings.onDidChange(name, listener));
  }
  parts.add(workspace.onDidChangeWorkspaceFolders(listener));
  parts.add(workspace.onDidGrantWorkspaceTrust(listener));
  return parts;
}
