import { Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import type { App } from '../app.ts';
import { chooseLocalRun } from '../localRuns/chooseLocalRun.ts';
import { localScript } from '../localRuns/localRunPlace.ts';
import { namedFiles } from '../localRuns/namedFiles.ts';
import { openRepl, type ReplWish } from '../localRuns/openRepl.ts';
import { testJob } from '../testing/testJob.ts';

/** Opens PySpark in the Glue container: as the job of a script, or where none is in front, as the jobs of the folder run. */
export async function openPysparkRepl(app: App, target?: unknown): Promise<void> {
  if (!workspace.isTrusted) {
    const message = 'This folder is in Restricted Mode, so nothing of it runs.';
    throw new UserError('untrusted-workspace', message, 'Trust it to go on.');
  }
  await openRepl(app, await wishOf(app, target));
}

async function wishOf(app: App, target: unknown): Promise<ReplWish> {
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (uri?.scheme === 'file' && uri.path.endsWith('.py') && workspace.getWorkspaceFolder(uri)) {
    const script = await localScript(uri);
    const choice = await chooseLocalRun(app, script, { asks: false });
    return { ...choice, folder: script.folder, scope: script.uri, files: await namedFiles(script, choice.job) };
  }
  const folder = workspace.workspaceFolders?.find(({ uri: { scheme } }) => scheme === 'file');
  if (!folder) {
    throw new UserError('bad-input', 'PySpark needs a folder that is open and on a disk.', 'Open one, then try again.');
  }
  const job = { ...(await testJob(app, folder)), name: folder.name };
  return { job, folder, scope: folder.uri, files: new Map(), env: {}, usesAws: true };
}
