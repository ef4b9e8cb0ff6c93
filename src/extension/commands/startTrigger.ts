import type { Account } from '../../aws/account.ts';
import type { GlueTrigger } from '../../aws/glue/api.ts';
import type { Clock } from '../../core/base/clock.ts';
import { UserError } from '../../core/base/userError.ts';
import type { RunSummary } from '../../core/runs/model.ts';
import { deployToLocalAccount } from '../deploy/deployToLocalAccount.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { showInformation } from '../prompts/notify.ts';
import type { StartParts } from '../starts/launchExecution.ts';
import { openStarted } from '../starts/openStarted.ts';

/** Times that the account is asked for the run, and how long between them: a new run is listed a moment later. */
const looks = 5;
const lookMs = 1_000;

/** Fires the on-demand trigger of a tree row and shows the runs that it starts; activates a trigger of another kind. */
export async function startTrigger(app: StartParts, target?: unknown): Promise<void> {
  const node = app.pipelines.find(target);
  if (node?.kind !== 'trigger')
    throw new UserError('not-found', 'The trigger is no longer listed.', 'Refresh the view.');
  const { connection, trigger } = node;
  const { name } = trigger;
  await confirmPlace(connection, { verb: 'Start', name }, app);
  if (connection.kind === 'local') await deployToLocalAccount(app);
  const account = await app.connections.account(connection);
  if (trigger.kind !== 'ON_DEMAND') {
    await account.glue.startTrigger(name);
    app.pipelines.refresh(node);
    void showInformation(`Trigger ${name} is active.`);
    return;
  }
  const before = new Set((await newestRuns(account, trigger)).map(({ key }) => key.id));
  await account.glue.startTrigger(name);
  const runs = await newRuns(account, trigger, { before, clock: app.clock });
  for (const { key, startedMs } of runs) {
    app.runs.track(key, { startedByUser: true, ...(startedMs !== undefined && { startedMs }) });
  }
  app.pipelines.refresh(node);
  const [first] = runs;
  if (first) await openStarted(app, first.key);
  else void showInformation(`Trigger ${name} was started. Its runs are not listed yet.`);
}

/** The newest runs of what the trigger starts. An on-demand trigger of a workflow starts the workflow. */
async function newestRuns({ glue }: Account, { workflowName, actions }: GlueTrigger): Promise<readonly RunSummary[]> {
  if (workflowName !== undefined) return (await glue.listWorkflowRuns(workflowName, { pageSize: 10 })).items;
  const jobs = actions.flatMap(({ jobName }) => jobName ?? []);
  const pages = await Promise.all(jobs.map(async (job) => await glue.listJobRuns(job, { pageSize: 10 })));
  return pages.flatMap(({ items }) => items);
}

interface Since {
  /** Ids of the runs that were there before. */
  readonly before: ReadonlySet<string>;
  readonly clock: Clock;
}

async function newRuns(account: Account, trigger: GlueTrigger, { before, clock }: Since): Promise<RunSummary[]> {
  for (let look = 1; ; look += 1) {
    const found = (await newestRuns(account, trigger)).filter(({ key }) => !before.has(key.id));
    if (found.length > 0 || look === looks) return found;
    await clock.sleep(lookMs);
  }
}
