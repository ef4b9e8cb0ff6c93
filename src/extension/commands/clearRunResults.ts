import { window } from 'vscode';
import type { App } from '../app.ts';

/** Takes what runs have left in the editor in front. */
export function clearRunResults({ inlineResults }: Pick<App, 'inlineResults'>): void {
  const document = window.activeTextEditor?.document;
  if (document) inlineResults.clear(document);
}
