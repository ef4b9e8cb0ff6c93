import { workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';
import { accountKey, AppliedRecord } from '../deploy/appliedRecord.ts';
import { askRole } from '../deploy/askRole.ts';
import { carryOut } from '../deploy/carryOut.ts';
import { deployTarget } from '../deploy/deployTarget.ts';
import { jobSources } from '../deploy/jobSources.ts';
import { planJob } from '../deploy/planJob.ts';
import { planMachine } from '../deploy/planMachine.ts';
import { confirm } from '../prompts/notify.ts';
import { withProgress } from '../prompts/progress.ts';
import { activeConnection } from '../starts/machineTarget.ts';

/** Brings a job with its script, or a state machine, in the active connection to what the workspace holds. */
export async function deploy(
  app: Pick<App, 'connections' | 'files' | 'jobDrifts' | 'jobIndex' | 'log' | 'pipelines' | 'planDocuments'>,
  target?: unknown,
): Promise<void> {
  if (!workspace.isTrusted) {
    const message = 'This folder is in Restricted Mode, so nothing of it is deployed.';
    throw new UserError('untrusted-workspace', message, 'Trust it to go on.');
  }
  const found = await deployTarget(app, target);
  const connection = activeConnection(app.connections);
  const name = found.kind === 'job' ? found.job.config.name : found.file.name;
  const title = `Comparing ${name} with ${connectionLabel(connection)}`;
  const plan = await withProgress(title, async (signal, report) => {
    const account = await app.connections.account(connection, signal);
    if (found.kind === 'machine') return await planMachine(app, account, { file: found.file, report, askRole }, signal);
    const record = new AppliedRecord(app.files, `${await accountKey(account, signal)}/job/${name}`);
    const job = { config: found.job.config, sources: await jobSources(found.job) };
    return await planJob({ record, log: app.log, confirm }, account, job, signal);
  });
  await carryOut(app, plan);
  app.jobDrifts.forget();
}
