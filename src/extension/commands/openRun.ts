import { ViewColumn } from 'vscode';
import type { App } from '../app.ts';
import { askRun } from '../runs/runTarget.ts';

/** Opens the document of a run, or a further part of a long one; what it follows, it adds to the Runs view. */
export async function openRun(
  app: Pick<App, 'runs' | 'runDocuments'>,
  target?: unknown,
  part?: unknown,
): Promise<void> {
  const key = await askRun(app, target, 'Open Run');
  // Menus hand over the other selected rows here.
  const wanted = typeof part === 'number' && Number.isSafeInteger(part) && part > 0 ? part : 1;
  await app.runDocuments.show(key, { viewColumn: ViewColumn.Active }, wanted);
}
