import { UserError } from '../../core/base/userError.ts';
import { parseConnectionId } from '../../core/connections/connection.ts';
import { isTerminal, type RunKey, type RunKind } from '../../core/runs/model.ts';
import { runTitle } from '../../core/runs/runTitle.ts';
import type { Account } from '../../aws/account.ts';
import type { App } from '../app.ts';
import { confirmStop } from '../prompts/confirmProtected.ts';
import { askRun } from '../runs/runTarget.ts';

/** Stops a run; on a protected connection it asks first. */
export async function stopRun(app: Pick<App, 'runs' | 'connections' | 'localRuns'>, target?: unknown): Promise<void> {
  const key = await askRun(app, target, 'Stop Run', ({ outcome }) => !isTerminal(outcome.state));
  const { runs, connections } = app;
  const known = runs.snapshot(key);
  const { kind } = key;
  const answer = kind === 'localRun' ? app.localRuns.stop(key.id) : 'unknown';
  // What has ended a moment ago is still shown as running.
  if (answer === 'ended' || (known && isTerminal(known.outcome.state))) {
    throw new UserError('conflict', `${runTitle(key)} has ended already.`);
  }
  if (kind === 'localRun') {
    if (answer === 'stopped') return;
    throw new UserError('not-supported', `${runTitle(key)} runs in another window.`, 'Stop it there.');
  }
  const connection = parseConnectionId(key.connectionId);
  if (!connection) throw new UserError('not-found', 'The connection of this run was removed.');
  await confirmStop(connection, runTitle(key), async (each) => await connections.askProtected(each));
  await stop(await connections.account(connection), kind, key);
  runs.hurry(key);
}

async function stop({ stepFunctions, glue }: Account, kind: Exclude<RunKind, 'localRun'>, key: RunKey): Promise<void> {
  const { resource, id } = key;
  switch (kind) {
    case 'execution':
      await stepFunctions.stopExecution(id, { error: 'Stopped', cause: 'Stopped from Sluice.' });
      break;
    case 'jobRun':
      await glue.stopJobRun(resource, id);
      break;
    case 'workflowRun':
      await glue.stopWorkflowRun(resource, id);
      break;
  }
}
