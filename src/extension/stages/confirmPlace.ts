import { commands, window } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { accountOfStage, stageDifference } from '../../core/workspace/stageAccount.ts';
import type { App } from '../app.ts';
import type { CommandId } from '../commands.ts';
import { confirmProtected, type ProtectedAction } from '../prompts/confirmProtected.ts';

/**
 * Before anything is started, uploaded or changed: asks where the active stage is of another account than the connection,
 * and lets the user type the name on a protected connection. Resolves when it may go on; rejects with `aborted` when the
 * user leaves.
 */
export async function confirmPlace(
  connection: Connection,
  action: ProtectedAction,
  { connections, stages }: Pick<App, 'connections' | 'stages'>,
): Promise<void> {
  await confirmStage(connection, action, { connections, stages });
  await confirmProtected(connection, action, async (each) => await connections.askProtected(each));
}

async function confirmStage(
  connection: Connection,
  { verb, name }: ProtectedAction,
  { connections, stages }: Pick<App, 'connections' | 'stages'>,
): Promise<void> {
  if (connection.kind === 'local') return;
  const { readActiveStage } = await import('./readStages.ts');
  const stage = await readActiveStage(stages);
  if (stage === undefined || accountOfStage(stage) === undefined) return;
  const label = connectionLabel(connection);
  const difference = stageDifference(stage, { label, accountId: await connections.askAccountId(connection) });
  if (difference === undefined || stages.isAccepted(difference)) return;
  const [goOn, choose] = [`${verb} Anyway`, 'Choose Stage…'];
  const answer = await window.showWarningMessage(
    difference,
    { modal: true, detail: `${verb} ${name} in ${label}? Placeholders have the values of stage ${stage.name}.` },
    goOn,
    choose,
  );
  if (answer === goOn) {
    stages.accept(difference);
    return;
  }
  if (answer === choose) await commands.executeCommand('sluice.chooseStage' satisfies CommandId);
  throw new UserError('aborted', 'Cancelled.');
}
