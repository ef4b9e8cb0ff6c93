import { join } from 'node:path';
import * as vscode from 'vscode';
import type { App } from '../app.ts';

/**
 * Shows the folder whose folders are the buckets of the account on this machine: in the system's file browser or, where
 * this machine is not the one with the screen, in a new window.
 */
export async function openLocalS3Folder({ localAccount }: Pick<App, 'localAccount'>): Promise<void> {
  const { stateFolder } = await localAccount.get();
  const folder = vscode.Uri.file(join(stateFolder, 's3'));
  const hasScreen = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  if (hasScreen) await vscode.commands.executeCommand('revealFileInOS', folder);
  else await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
}
