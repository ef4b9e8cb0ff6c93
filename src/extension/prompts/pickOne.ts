import { window, type QuickPickItem } from 'vscode';

/** One of a few choices; undefined where the user left. */
export async function pickOne<T>(
  title: string,
  choices: readonly (QuickPickItem & { readonly value: T })[],
): Promise<T | undefined> {
  return (await window.showQuickPick(choices, { title }))?.value;
}
