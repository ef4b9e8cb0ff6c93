import { Uri } from 'vscode';
import type { Account } from '../../aws/account.ts';
import type { StateMachineSummary } from '../../aws/stepFunctions/api.ts';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import { fileKind, machineName } from '../../core/workspace/workspaceFile.ts';
import type { Connections } from '../../views/connections.ts';
import type { Pipelines } from '../../views/pipelines/loadPipelines.ts';
import { findDefinition } from '../workspace/findSource.ts';

/** A state machine that can be started: by its ARN, or on Local by the file that it is deployed from first. */
export interface MachineTarget {
  readonly connection: Connection;
  readonly name: string;
  readonly arn?: string;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly file?: Uri;
}

/** The machine that a tree row, a definition file or a machine's own facts name; undefined for anything else. */
export async function machineTargetOf(
  { pipelines, connections }: { readonly pipelines: Pipelines; readonly connections: Connections },
  target: unknown,
): Promise<MachineTarget | undefined> {
  if (target instanceof Uri) {
    if (fileKind(target.path.replace(/^.*\//, '')) !== 'definition') return undefined;
    return { connection: activeConnection(connections), name: machineName(target.path), file: target };
  }
  const node = pipelines.find(target);
  if (node?.kind !== 'item' || node.item.kind !== 'machine') return undefined;
  const { arn, name, type } = node.item.machine;
  const file = await findDefinition(name);
  return { connection: node.connection, name, arn, type, ...(file ? { file } : {}) };
}

/** The connection that commands use. Throws `credentials-missing` where there is none. */
export function activeConnection({ active }: Pick<Connections, 'active'>): Connection {
  if (active) return active;
  throw new UserError('credentials-missing', 'There is no connection to start it on.', 'Add one, or use Local.');
}

/** The machine of this name. Rejects with `not-found` where the account has none. */
export async function findMachine(account: Account, name: string, signal?: AbortSignal): Promise<StateMachineSummary> {
  for await (const page of account.stepFunctions.listStateMachines(signal)) {
    const found = page.find((machine) => machine.name === name);
    if (found) return found;
  }
  throw new UserError(
    'not-found',
    `There is no state machine ${name} in ${connectionLabel(account.connection)}.`,
    'Deploy it there, or switch to Local, where starting deploys it.',
  );
}
