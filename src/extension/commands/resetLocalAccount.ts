import type { App } from '../app.ts';
import { confirm, showInformation } from '../prompts/notify.ts';

const detail =
  'Its jobs, workflows, state machines, runs, logs and S3 objects are deleted. Files of the workspace stay. This cannot be undone.';

/** Removes all that the account on this machine holds, after a question; refuses while a run is on in it. */
export async function resetLocalAccount({ localAccount }: Pick<App, 'localAccount'>): Promise<void> {
  if (!(await confirm('Reset the local account?', detail, 'Reset'))) return;
  const account = await localAccount.get();
  await account.reset();
  await showInformation('The local account is empty. Start or deploy something to fill it again.');
}
