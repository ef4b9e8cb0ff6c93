import { window } from 'vscode';
import { errorsOnly } from '../../views/runs/document/presentFilter.ts';
import type { App } from '../app.ts';

/** Shows only errors in the run document in front. */
export function showRunErrors({ runDocuments }: Pick<App, 'runDocuments'>): void {
  const uri = window.activeTextEditor?.document.uri;
  if (uri) runDocuments.setFilter(uri, errorsOnly);
}
