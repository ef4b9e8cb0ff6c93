import { UserError } from '../../core/base/userError.ts';
import { parseConnectionId } from '../../core/connections/connection.ts';
import { runTitle } from '../../core/runs/runTitle.ts';
import type { App } from '../app.ts';
import { askRun } from '../runs/runTarget.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { canRedrive } from '../../views/runs/inline/presentHover.ts';

/** Goes on with an execution at the states that failed. */
export async function redriveRun(app: Pick<App, 'runs' | 'connections' | 'stages'>, target?: unknown): Promise<void> {
  const { runs, connections } = app;
  const key = await askRun(app, target, 'Redrive', (run) => canRedrive(run, Date.now()));
  const connection = parseConnectionId(key.connectionId);
  if (!connection) throw new UserError('not-found', 'The connection of this run was removed.');
  await confirmPlace(connection, { verb: 'Redrive', name: runTitle(key) }, app);
  await (await connections.account(connection)).stepFunctions.redriveExecution(key.id);
  runs.track(key, { startedByUser: true });
}
