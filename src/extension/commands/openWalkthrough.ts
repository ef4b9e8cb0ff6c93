import { commands } from 'vscode';
import type { App } from '../app.ts';

/** Shows the four steps that a first evening with Sluice takes. */
export async function openWalkthrough({ contextKeys }: Pick<App, 'contextKeys'>): Promise<void> {
  await commands.executeCommand('workbench.action.openWalkthrough', 'sluice.sluice#start', false);
  contextKeys.set('sluice.isWalkthroughOpened', true);
}
