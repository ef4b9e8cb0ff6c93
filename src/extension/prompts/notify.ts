import * as vscode from 'vscode';

/** An error as a notification; gives the title of the button that was pressed, if any. */
export async function showError(message: string, buttons: readonly string[] = []): Promise<string | undefined> {
  return await vscode.window.showErrorMessage(message, ...buttons);
}

export async function showWarning(message: string, buttons: readonly string[] = []): Promise<string | undefined> {
  return await vscode.window.showWarningMessage(message, ...buttons);
}

/** A question in a dialog; gives whether its one button was pressed. */
export async function confirm(question: string, detail: string, button: string): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}

export async function showInformation(message: string, buttons: readonly string[] = []): Promise<string | undefined> {
  return await vscode.window.showInformationMessage(message, ...buttons);
}
