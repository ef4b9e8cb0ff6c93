import type { Connection } from '../../core/connections/connection.ts';
import type { RunKey } from '../../core/runs/model.ts';
import { deployToLocalAccount } from '../deploy/deployToLocalAccount.ts';
import { pickStarted } from '../prompts/pickStarted.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import type { StartParts } from './launchExecution.ts';
import { openStarted } from './openStarted.ts';
import { startKey } from './startHistory.ts';
import { startOnce } from './startOnce.ts';

export interface WorkflowTarget {
  readonly connection: Connection;
  readonly name: string;
}

/** Asks on a protected connection, deploys to Local, starts one run with these properties, and shows it. */
export async function launchWorkflowRun(
  app: StartParts,
  { connection, name }: WorkflowTarget,
  properties: Readonly<Record<string, string>>,
): Promise<void> {
  await confirmPlace(connection, { verb: 'Start', name }, app);
  if (connection.kind === 'local') await deployToLocalAccount(app);
  const { glue } = await app.connections.account(connection);
  const id = await startOnce(app.clock, {
    name,
    start: async () => await glue.startWorkflowRun(name, properties),
    recent: async () => (await glue.listWorkflowRuns(name, { pageSize: 10 })).items,
    ask: pickStarted,
  });
  const atMs = app.clock.now();
  const key: RunKey = { connectionId: connection.id, kind: 'workflowRun', resource: name, id };
  app.runs.track(key, { startedByUser: true, name, startedMs: atMs });
  await openStarted(app, key);
  await app.startHistory.remember(startKey(connection.id, 'workflowRun', name), { atMs, values: properties });
}
