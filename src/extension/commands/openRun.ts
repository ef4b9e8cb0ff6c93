import { ViewColumn } from 'vscode';
import type { App } from '../app.ts';
import { askRun } from '../runs/runTarget.ts';

/** Opens the document of a run; what it follows, it adds to the Runs view. */
export async function openRun(app: Pick<App, 'runs' | 'runDocuments'>, target?: unknown): Promise<void> {
  const key = await askRun(app, target, 'Open Run');
  await app.runDocuments.show(key, { viewColumn: ViewColumn.Active });
}
