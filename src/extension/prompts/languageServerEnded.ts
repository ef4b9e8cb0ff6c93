import { commands } from 'vscode';
import type { CommandId } from '../commands.ts';
import { showInformation, showWarning } from './notify.ts';

export function sayLanguageServerRestarted(): void {
  void showInformation('Validation stopped and was started again.');
}

export async function sayLanguageServerGaveUp(): Promise<void> {
  const pressed = await showWarning('Validation is off: its process ended three times within a minute.', [
    'Show Log',
    'Restart',
  ]);
  if (pressed === 'Show Log') await commands.executeCommand('sluice.showLog' satisfies CommandId);
  if (pressed === 'Restart') await commands.executeCommand('sluice.restartLanguageServer' satisfies CommandId);
}
