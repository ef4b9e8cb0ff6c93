import { Uri } from 'vscode';
import { parseConnectionId, type Connection } from '../../core/connections/connection.ts';
import type { RunKey } from '../../core/runs/model.ts';
import { startLocalRun, type LocalRunParts } from '../localRuns/startLocalRun.ts';
import { targetRun } from '../runs/runTarget.ts';
import { findDefinition } from '../workspace/findSource.ts';
import { launchExecution, type StartParts } from '../starts/launchExecution.ts';
import { launchJobRun } from '../starts/launchJobRun.ts';
import { launchWorkflowRun } from '../starts/launchWorkflowRun.ts';
import { jobTargetOf } from '../starts/jobTarget.ts';

/** Starts what a run ran once more, with the same input, arguments or properties. */
export async function rerunWithSameInput(app: StartParts & LocalRunParts, target?: unknown): Promise<void> {
  const key = targetRun(target);
  if (key?.kind === 'localRun') {
    const origin = app.runs.snapshot(key)?.originUri;
    await startLocalRun(app, origin === undefined ? Uri.file(key.resource) : Uri.parse(origin, true));
    return;
  }
  const connection = key && parseConnectionId(key.connectionId);
  if (!connection) return;
  switch (key.kind) {
    case 'execution':
      await rerunExecution(app, connection, key);
      break;
    case 'jobRun': {
      const account = await app.connections.account(connection);
      const run = await account.getJobRun(key.resource, key.id);
      const row = app.pipelines.findItem(connection.id, 'jobs', key.resource);
      const job = (await jobTargetOf(app, row)) ?? { connection, name: key.resource };
      const { arguments: values, workerType, numberOfWorkers } = run;
      await launchJobRun(app, job, {
        arguments: values,
        ...(workerType === undefined || numberOfWorkers === undefined ? {} : { workerType, numberOfWorkers }),
      });
      break;
    }
    case 'workflowRun': {
      const account = await app.connections.account(connection);
      const { properties } = await account.getWorkflowRun(key.resource, key.id);
      await launchWorkflowRun(app, { connection, name: key.resource }, properties);
      break;
    }
  }
}

async function rerunExecution(app: StartParts, connection: Connection, key: RunKey): Promise<void> {
  const name = key.resource.split(':').at(-1) ?? key.resource;
  const known = app.runs.snapshot(key)?.input;
  const input = known ?? (await describedInput(app, connection, key.id));
  const file = await findDefinition(name);
  await launchExecution(app, {
    target: { connection, name, ...(file ? { file } : {}) },
    input,
  });
}

async function describedInput(app: StartParts, connection: Connection, executionArn: string): Promise<string> {
  const account = await app.connections.account(connection);
  return (await account.describeExecution(executionArn)).input ?? '{}';
}
