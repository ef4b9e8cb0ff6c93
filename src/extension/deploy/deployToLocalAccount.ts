import { ProgressLocation, window, workspace } from 'vscode';
import type { Account } from '../../aws/account.ts';
import { UserError } from '../../core/base/userError.ts';
import { localConnection } from '../../core/connections/connection.ts';
import type { Deployable } from '../../core/deploy/deployable.ts';
import type { DeployRecord } from '../../core/deploy/plan.ts';
import type { App } from '../app.ts';
import { appliedRecordOf, type RecordPlaces } from './appliedRecord.ts';
import { allRows, deployItems } from './deployItems.ts';
import { readLocalRecord, writeLocalRecord } from './localRecord.ts';
import { saveEdited } from './saveEdited.ts';
import { readWorkspaceDeployables, type WorkspaceDeployables } from './workspaceDeployables.ts';

export interface LocalDeploy {
  /** How many things were created, updated or uploaded. */
  readonly deployed: number;
  readonly problems: WorkspaceDeployables['problems'];
}

type Parts = Pick<App, 'connections' | 'drifts' | 'files' | 'localFolder' | 'pipelines'>;

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

async function deploy(app: Parts, signal: AbortSignal, report: (message: string) => void): Promise<LocalDeploy> {
  const account = await app.connections.account(localConnection, signal);
  const machines = await allRows(account.stepFunctions.listStateMachines(signal));
  const types = new Map(machines.map(({ name, type }) => [name, type]));
  const { items, problems } = await readWorkspaceDeployables((name) => types.get(name) ?? 'STANDARD');
  const record = await readLocalRecord(app.localFolder.records);
  const save = async (after: DeployRecord): Promise<void> => {
    await writeLocalRecord(app.localFolder.records, after);
    await recordJobs(
      app,
      account,
      items.filter(({ id, checksum }) => after[id] === checksum && record[id] !== checksum),
    );
    // Also after half of it.
    app.drifts.forget();
    app.pipelines.renew([localConnection]);
  };
  const steps = await deployItems(account, { items, record, save, report }, signal);
  return { deployed: steps.filter(({ kind }) => kind === 'put').length, problems };
}

/** Deploy compares with what was last applied, here as in AWS: a field that is taken out since is taken out there. */
async function recordJobs(places: RecordPlaces, account: Account, items: readonly Deployable[]): Promise<void> {
  for (const item of items) {
    if (item.kind !== 'job') continue;
    const applied = await appliedRecordOf(places, account, `job/${item.name}`);
    await applied.add({ input: item.input });
  }
}
