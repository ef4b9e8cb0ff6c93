import { ProgressLocation, window, workspace } from 'vscode';
import type { Account, StateMachineSummary } from '../../aws/account.ts';
import { UserError } from '../../core/base/userError.ts';
import { localConnection } from '../../core/connections/connection.ts';
import { applyDeploy, describeStep, type DeployPort } from '../../core/deploy/apply.ts';
import type { Deployable } from '../../core/deploy/deployable.ts';
import { planDeploy, type DeployStep } from '../../core/deploy/plan.ts';
import type { App } from '../app.ts';
import { readLocalRecord, writeLocalRecord } from './localRecord.ts';
import { readWorkspaceDeployables, type WorkspaceDeployables } from './workspaceDeployables.ts';

export interface LocalDeploy {
  readonly account: Account;
  /** How many things were created, updated or uploaded. */
  readonly deployed: number;
  readonly problems: WorkspaceDeployables['problems'];
}

type Parts = Pick<App, 'connections' | 'files' | 'pipelines'>;

/** Brings the account on this machine to what the workspace holds: only what changed, or is gone there. */
export async function deployToLocalAccount(app: Parts, signal?: AbortSignal): Promise<LocalDeploy> {
  if (!workspace.isTrusted) {
    throw new UserError(
      'untrusted-workspace',
      'Deploying runs what is in this folder, and the folder is in Restricted Mode.',
      'Trust it to go on.',
    );
  }
  await saveEdited();
  return await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Deploying to Local', cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const cancel = token.onCancellationRequested(() => abort.abort());
      const ended = signal ? AbortSignal.any([signal, abort.signal]) : abort.signal;
      try {
        return await deploy(app, ended, (message) => progress.report({ message }));
      } finally {
        cancel.dispose();
      }
    },
  );
}

/** Edit and run is one step: what is deployed is what the editors show. */
async function saveEdited(): Promise<void> {
  const edited = workspace.textDocuments.filter(
    (document) => document.isDirty && !document.isUntitled && workspace.getWorkspaceFolder(document.uri),
  );
  await Promise.all(edited.map(async (document) => await document.save()));
}

async function deploy(app: Parts, signal: AbortSignal, report: (message: string) => void): Promise<LocalDeploy> {
  const account = await app.connections.account(localConnection, signal);
  const machines = await listMachines(account, signal);
  const types = new Map(machines.map(({ name, type }) => [name, type]));
  const { items, problems } = await readWorkspaceDeployables((name) => types.get(name) ?? 'STANDARD');
  const record = await readLocalRecord(app.files);
  const known = items.filter(({ id, checksum }) => record[id] === checksum);
  const present = await presentItems(account, known, new Set(types.keys()), signal);
  const steps = planDeploy(items, record, (item) => present.has(item.id));
  const done: Record<string, string> = { ...record };
  try {
    for await (const { state, step, index, total } of applyDeploy(steps, portOf(account), signal)) {
      if (state === 'doing') report(`${describeStep(step)} (${index + 1} of ${total})`);
      else if (step.kind === 'put') done[step.item.id] = step.item.checksum;
    }
  } finally {
    if (steps.length > 0) await writeLocalRecord(app.files, done);
  }
  const deployed = steps.filter(isPut).length;
  if (steps.some((step) => isPut(step) && step.item.kind !== 'object')) app.pipelines.renew([localConnection]);
  return { account, deployed, problems };
}

function isPut(step: DeployStep): step is Extract<DeployStep, { kind: 'put' }> {
  return step.kind === 'put';
}

function portOf({ glue, s3, stepFunctions }: Account): DeployPort {
  return {
    ensureBucket: async (bucket, signal) => await s3.ensureBucket(bucket, signal),
    putObject: async (location, body, signal) => await s3.putObject(location, body, signal),
    putJob: async (input, signal) => await glue.putJob(input, signal),
    putWorkflow: async (input, signal) => await glue.putWorkflow(input, signal),
    putTrigger: async (input, signal) => await glue.putTrigger(input, signal),
    putStateMachine: async (input, signal) => await stepFunctions.putStateMachine(input, signal),
  };
}

async function listMachines(account: Account, signal: AbortSignal): Promise<readonly StateMachineSummary[]> {
  return await all(account.stepFunctions.listStateMachines(signal));
}

/** Which of the items that were deployed before are still there. */
async function presentItems(
  account: Account,
  known: readonly Deployable[],
  machines: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  if (known.length === 0) return new Set();
  const jobs = new Set((await all(account.glue.listJobs(signal))).map(({ name }) => name));
  const workflows = new Set((await all(account.glue.listWorkflows(signal))).map(({ name }) => name));
  const triggers = new Set<string>();
  for (const workflow of workflows) {
    for (const { name } of await account.glue.listTriggersOfWorkflow(workflow, signal)) triggers.add(name);
  }
  const isThere = async (item: Deployable): Promise<boolean> => {
    switch (item.kind) {
      case 'object':
        return (await account.s3.headObject(item.location, signal)) !== undefined;
      case 'job':
        return jobs.has(item.name);
      case 'workflow':
        return workflows.has(item.name);
      case 'trigger':
        // A trigger outside of a workflow is in no list that is read here; putting it again changes nothing.
        return triggers.has(item.name);
      case 'machine':
        return machines.has(item.name);
    }
  };
  const answers = await Promise.all(known.map(async (item) => ((await isThere(item)) ? item.id : undefined)));
  return new Set(answers.filter((id) => id !== undefined));
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
  const rows: T[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}
