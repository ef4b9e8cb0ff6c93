import * as vscode from 'vscode';

/** An error as a notification; gives the title of the button that was pressed, if any. */
export async function showError(message: string, buttons: readonly string[] = []): Promise<string | undefined> {
  return await vscode.window.showErrorMessage(message, ...buttons);
}

export async function showWarning(message: string, buttons: readonly string[] = []): Promise<string | undefined> {
  return await vscode.window.showWarningMessage(message, ...buttons);
}

export async function showInformation(message: string, buttons: readonly string[] = []): Promise<string | undefined> {
  return await vscode.window.showInformationMessage(message, ...buttons);
}
