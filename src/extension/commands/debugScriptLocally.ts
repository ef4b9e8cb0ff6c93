import { debug, Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { baseName } from '../../core/runs/traceback.ts';
import type { App } from '../app.ts';

/** Starts a script on this machine under the debugger: of an editor, a lens, or the explorer. */
export async function debugScriptLocally(_app: Pick<App, 'log'>, target?: unknown): Promise<void> {
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (uri?.path.endsWith('.py') !== true) {
    throw new UserError('bad-input', 'This is no Python script.', 'Open a Python script, then debug it.');
  }
  const name = `Debug ${baseName(uri.path)}`;
  const configuration = { type: 'sluice', request: 'launch', name, script: uri.fsPath };
  await debug.startDebugging(workspace.getWorkspaceFolder(uri), configuration);
}
