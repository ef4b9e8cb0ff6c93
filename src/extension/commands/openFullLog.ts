import { Uri, window } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { App } from '../app.ts';
import { askRun } from '../runs/runTarget.ts';

/** Opens a run's whole log, with full lines and timestamps, as a file. */
export async function openFullLog(app: Pick<App, 'runs' | 'fullLogs'>, target?: unknown): Promise<void> {
  const key = await askRun(app, target, 'Open Full Log');
  const run = app.runs.snapshot(key);
  if (!run) throw new UserError('not-found', 'Nothing is known of this run yet.', 'Open the run first.');
  await window.showTextDocument(Uri.file(await app.fullLogs.write(run)), { preview: false });
}
