import { commands } from 'vscode';

/** Shows the four steps that a first evening with Sluice takes. */
export async function openWalkthrough(): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', 'sluice.sluice#start', false);
}
