import { window } from 'vscode';
import { noFilter } from '../../views/runs/document/presentFilter.ts';
import type { App } from '../app.ts';

/** Shows all lines in the run document in front again. */
export function showAllRunLines({ runDocuments }: Pick<App, 'runDocuments'>): void {
  const uri = window.activeTextEditor?.document.uri;
  if (uri) runDocuments.setFilter(uri, noFilter);
}
