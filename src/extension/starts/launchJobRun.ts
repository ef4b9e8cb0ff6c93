import type { StartJobRunOptions } from '../../aws/glue/api.ts';
import type { RunKey } from '../../core/runs/model.ts';
import { deployToLocalAccount } from '../deploy/deployToLocalAccount.ts';
import { reportProblems } from '../deploy/reportProblems.ts';
import { pickStarted } from '../prompts/pickStarted.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import type { JobTarget } from './jobTarget.ts';
import type { StartParts } from './launchExecution.ts';
import { openStarted } from './openStarted.ts';
import { startKey } from './startHistory.ts';
import { startOnce } from './startOnce.ts';

/** Asks on a protected connection, deploys to Local, starts one run, and shows it. */
export async function launchJobRun(app: StartParts, target: JobTarget, options: StartJobRunOptions): Promise<void> {
  const { connection, name, file } = target;
  await confirmPlace(connection, { verb: 'Start', name }, app);
  if (connection.kind === 'local' && file) reportProblems(await deployToLocalAccount(app), file);
  const { glue } = await app.connections.account(connection);
  const id = await startOnce(app.clock, {
    name,
    start: async () => await glue.startJobRun(name, options),
    recent: async () => (await glue.listJobRuns(name, { pageSize: 10 })).items,
    ask: pickStarted,
  });
  const atMs = app.clock.now();
  const key: RunKey = { connectionId: connection.id, kind: 'jobRun', resource: name, id };
  app.runs.track(key, { startedByUser: true, name, startedMs: atMs, ...(file ? { originUri: file.toString() } : {}) });
  await openStarted(app, key);
  const { arguments: values, workerType, numberOfWorkers, timeoutMinutes } = options;
  await app.startHistory.remember(startKey(connection.id, 'jobRun', name), {
    atMs,
    ...(values ? { values } : {}),
    ...(workerType === undefined ? {} : { workerType }),
    ...(numberOfWorkers === undefined ? {} : { numberOfWorkers }),
    ...(timeoutMinutes === undefined ? {} : { timeoutMinutes }),
  });
}
