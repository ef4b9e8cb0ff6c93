import { ProgressLocation, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { localConnection } from '../../core/connections/connection.ts';
import type { DeployRecord } from '../../core/deploy/plan.ts';
import type { App } from '../app.ts';
import { allRows, deployItems } from './deployItems.ts';
import { readLocalRecord, writeLocalRecord } from './localRecord.ts';
import { saveEdited } from './saveEdited.ts';
import { readWorkspaceDeployables, type WorkspaceDeployables } from './workspaceDeployables.ts';

export interface LocalDeploy {
  /** How many things were created, updated or uploaded. */
  readonly deployed: number;
  readonly problems: WorkspaceDeployables['problems'];
}

type Parts = Pick<App, 'connections' | 'drifts' | 'localFiles' | 'pipelines'>;

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
  const options = {
    items,
    record: await readLocalRecord(app.localFiles),
    save: async (record: DeployRecord) => await writeLocalRecord(app.localFiles, record),
    report,
  };
  const put = (await deployItems(account, options, signal)).filter((step) => step.kind === 'put');
  if (put.length > 0) app.drifts.forget();
  if (put.some(({ item }) => item.kind !== 'object')) app.pipelines.renew([localConnection]);
  return { deployed: put.length, problems };
}
