import { commands, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { App } from '../app.ts';
import { copySample, hasSample } from '../sample.ts';

/** Copies the packaged sample into a folder of the user's choice and opens it. */
export async function openSamplePipeline({ sample }: Pick<App, 'sample'>): Promise<void> {
  if (!(await hasSample(sample))) {
    throw new UserError('not-found', 'The sample is missing from this installation.', 'Install Sluice again.');
  }
  const chosen = await window.showOpenDialog({
    title: 'Folder to put the sample pipeline into',
    openLabel: 'Put Sample Here',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const parent = chosen?.[0];
  if (!parent) return;
  const target = await copySample(sample, parent);
  const forceNewWindow = workspace.workspaceFolders !== undefined;
  await commands.executeCommand('vscode.openFolder', target, { forceNewWindow });
}
