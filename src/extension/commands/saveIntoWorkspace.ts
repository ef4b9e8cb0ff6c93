import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { deployedScheme } from '../../views/deployed/deployedUri.ts';
import type { App } from '../app.ts';
import { pullJob, pullMachine, pullWorkflow } from '../deploy/pull.ts';

/**
 * Saves what is deployed into the workspace, and opens it: the job (config and script), workflow (with its triggers) or
 * state machine of a tree row, else the script or definition that is shown.
 */
export async function saveIntoWorkspace(
  app: Pick<App, 'connections' | 'drifts' | 'files' | 'localFolder' | 'pipelines'>,
  target?: unknown,
): Promise<void> {
  const node = app.pipelines.find(target);
  if (node?.kind === 'item') {
    const account = await app.connections.account(node.connection);
    if (node.item.kind === 'job') await pullJob(app, account, node.item.job);
    if (node.item.kind === 'workflow') await pullWorkflow(account, node.item.workflow);
    if (node.item.kind === 'machine') await pullMachine(account, node.item.machine);
    return;
  }
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
