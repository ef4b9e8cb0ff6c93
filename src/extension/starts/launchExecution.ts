import { ProgressLocation, window } from 'vscode';
import type { Account } from '../../aws/account.ts';
import type { StateMachineSummary, SyncExecutionResult } from '../../aws/stepFunctions/api.ts';
import { connectionLabel, localConnection } from '../../core/connections/connection.ts';
import { formatDuration } from '../../core/runs/format.ts';
import { checkInput } from '../../core/runs/jsonInput.ts';
import type { RunKey } from '../../core/runs/model.ts';
import type { App } from '../app.ts';
import { deployToLocalAccount } from '../deploy/deployToLocalAccount.ts';
import { reportProblems } from '../deploy/reportProblems.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { showError, showInformation } from '../prompts/notify.ts';
import { findMachine, type MachineTarget } from './machineTarget.ts';
import { openStarted } from './openStarted.ts';
import { startKey } from './startHistory.ts';

/** What commands that start something use of the app. */
export type StartParts = Pick<
  App,
  | 'connections'
  | 'drifts'
  | 'files'
  | 'localFolder'
  | 'pipelines'
  | 'runs'
  | 'runDocuments'
  | 'outputDocuments'
  | 'startHistory'
  | 'settings'
  | 'stages'
  | 'clock'
>;

export interface ExecutionStart {
  readonly target: MachineTarget;
  /** JSON text, not checked yet. */
  readonly input: string;
  readonly name?: string;
}

/** Checks the input, asks on a protected connection, deploys to Local, starts, and shows the run. */
export async function launchExecution(app: StartParts, start: ExecutionStart): Promise<void> {
  const { target } = start;
  const { connection } = target;
  const input = checkInput(start.input);
  await confirmPlace(connection, { verb: 'Start', name: target.name }, app);
  if (connection.kind === 'local' && target.file) reportProblems(await deployToLocalAccount(app), target.file);
  const account = await app.connections.account(connection);
  const machine = await machineOf(account, target);
  const options = { input, ...(start.name === undefined ? {} : { name: start.name }) };
  if (machine.type === 'EXPRESS') {
    await runExpress(app, { account, machine, target, options });
  } else {
    const id = await account.stepFunctions.startExecution(machine.arn, options);
    const key = track(app, { machine, target, input, id });
    await openStarted(app, key);
  }
  const atMs = app.clock.now();
  await app.startHistory.remember(startKey(connection.id, 'execution', target.name), { atMs, input });
}

async function machineOf(account: Account, { arn, type, name }: MachineTarget): Promise<StateMachineSummary> {
  // The endpoint on this machine may have been emptied since the row was read.
  if (arn === undefined || type === undefined || account.connection.id === localConnection.id) {
    return await findMachine(account, name);
  }
  return { arn, name, type };
}

interface Tracked {
  readonly machine: StateMachineSummary;
  readonly target: MachineTarget;
  readonly input: string;
  readonly id: string;
}

function track(app: StartParts, { machine, target, input, id }: Tracked, result?: SyncExecutionResult): RunKey {
  const key: RunKey = { connectionId: target.connection.id, kind: 'execution', resource: machine.arn, id };
  app.runs.track(key, {
    startedByUser: true,
    name: machine.name,
    input,
    ...(target.file ? { originUri: target.file.toString() } : {}),
    ...(result ? { outcome: result } : { startedMs: app.clock.now() }),
  });
  return key;
}

interface ExpressStart {
  readonly account: Account;
  readonly machine: StateMachineSummary;
  readonly target: MachineTarget;
  readonly options: { readonly input: string; readonly name?: string };
}

/** An Express execution answers when it has ended, after five minutes at most. */
async function runExpress(app: StartParts, { account, machine, target, options }: ExpressStart): Promise<void> {
  const title = `Running ${machine.name} in ${connectionLabel(target.connection)}`;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      const cancel = token.onCancellationRequested(() => abort.abort());
      try {
        return await account.stepFunctions.startSyncExecution(machine.arn, options, abort.signal);
      } finally {
        cancel.dispose();
      }
    },
  );
  track(app, { machine, target, input: options.input, id: result.executionArn }, result);
  void showResult(app, machine.name, result);
}

/** Not awaited: the notification stays as long as the user likes. */
async function showResult({ outputDocuments }: StartParts, name: string, result: SyncExecutionResult): Promise<void> {
  const took = formatDuration(result.endedMs - result.startedMs);
  if (result.state !== 'succeeded') {
    const why = result.cause ?? result.error ?? result.awsState;
    await showError(`${name} failed after ${took}: ${why}`);
    return;
  }
  const show = 'Show Output';
  if ((await showInformation(`${name} succeeded in ${took}.`, [show])) !== show) return;
  await outputDocuments.show(name, result.output ?? 'null');
}
