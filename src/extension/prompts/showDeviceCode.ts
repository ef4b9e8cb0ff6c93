import * as vscode from 'vscode';
import { UserError } from '../../core/base/userError.ts';

/** Shows the code that the user compares with the sign-in page. Rejects with `aborted` when the user leaves. */
export async function showDeviceCode(profile: string, userCode: string): Promise<void> {
  const open = 'Open Page';
  const answer = await vscode.window.showInformationMessage(
    `${userCode} is the code to sign in to profile "${profile}"`,
    { modal: true, detail: 'The page shows the same code. Confirm it there only if it does.' },
    open,
  );
  if (answer !== open) throw new UserError('aborted', 'Cancelled.');
}
