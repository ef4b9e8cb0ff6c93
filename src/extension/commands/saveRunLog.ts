import { homedir } from 'node:os';
import { join } from 'node:path';
import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { runTitle } from '../../core/runs/runTitle.ts';
import type { App } from '../app.ts';
import { writeFullLog } from '../runs/fullLog.ts';
import { askRun } from '../runs/runTarget.ts';

/** Saves a run's whole log where the user says. */
export async function saveRunLog(app: Pick<App, 'runs'>, target?: unknown): Promise<void> {
  const key = await askRun(app, target, 'Save Run Log');
  const run = app.runs.snapshot(key);
  if (!run) throw new UserError('not-found', 'Nothing is known of this run yet.', 'Open the run first.');
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  const file = await window.showSaveDialog({
    title: 'Save Run Log',
    defaultUri: Uri.joinPath(folder, `${runTitle(key).replace(/[^\w.-]+/g, '-')}.log`),
  });
  if (!file) return;
  if (file.scheme !== 'file') throw new UserError('not-supported', 'A log is saved to a disk of this machine only.');
  await writeFullLog(run, join(file.fsPath));
}
