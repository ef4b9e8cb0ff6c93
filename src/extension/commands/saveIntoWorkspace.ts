import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { deployedScheme } from '../../views/deployed/deployedUri.ts';
import type { App } from '../app.ts';

/** Saves the deployed script or definition that is shown into a file of the workspace, and opens that. */
export async function saveIntoWorkspace(_app: Pick<App, 'log'>, target?: unknown): Promise<void> {
  const source = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (source?.scheme !== deployedScheme) return;
  const folder = workspace.workspaceFolders?.[0];
  if (!folder) {
    throw new UserError('not-found', 'No folder is open to save into.', 'Open a folder and try again.');
  }
  const document = await workspace.openTextDocument(source);
  const name = source.path.split('/').at(-1) ?? 'script.py';
  const file = await window.showSaveDialog({
    title: 'Save into Workspace',
    saveLabel: 'Save',
    defaultUri: Uri.joinPath(folder.uri, name),
  });
  if (!file) return;
  await workspace.fs.writeFile(file, new TextEncoder().encode(document.getText()));
  await window.showTextDocument(file, { preview: false });
}
