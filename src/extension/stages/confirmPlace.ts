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

/** How the active stage and a connection differ in account, and its name; undefined where the user went on in spite of it. */
export async function openDifference(
  connection: Connection,
  { connections, stages }: Pick<App, 'connections' | 'stages'>,
): Promise<{ readonly difference: string; readonly stage: string } | undefined> {
  if (connection.kind === 'local') return undefined;
  const { readActiveStage } = await import('./readStages.ts');
  const stage = await readActiveStage(stages);
  if (stage === undefined || accountOfStage(stage) === undefined) return undefined;
  const accountId = await connections.askAccountId(connection);
  const difference = stageDifference(stage, { label: connectionLabel(connection), accountId });
  if (difference === undefined || stages.isAccepted(difference)) return undefined;
  return { difference, stage: stage.name };
}

async function confirmStage(
  connection: Connection,
  { verb, name }: ProtectedAction,
  parts: Pick<App, 'connections' | 'stages'>,
): Promise<void> {
  const open = await openDifference(connection, parts);
  if (open === undefined) return;
  const { difference, stage } = open;
  const { stages } = parts;
  const [goOn, choose] = [`${verb} Anyway`, 'Choose Stage…'];
  const detail = `${verb} ${name} in ${connectionLabel(connection)}? Placeholders have the values of stage ${stage}.`;
  const answer = await window.showWarningMessage(difference, { modal: true, detail }, goOn, choose);
  if (answer === goOn) {
    stages.accept(difference);
    return;
  }
  if (answer === choose) await commands.executeCommand('sluice.chooseStage' satisfies CommandId);
  throw new UserError('aborted', 'Cancelled.');
}
