import { QuickPickItemKind, window } from 'vscode';
import type { Account } from '../../aws/account.ts';
import { fileKind, machineName } from '../../core/workspace/workspaceFile.ts';
import type { MachineTarget } from '../starts/machineTarget.ts';
import { startKey } from '../starts/startHistory.ts';
import { listWorkspaceFiles } from '../workspace/workspaceFiles.ts';
import { pickOne, type Back, type Choice, type StepPosition } from './steps.ts';

/** Which machine: that of the open file first, then those started lately, then the rest by name. */
export async function pickMachine(
  at: StepPosition,
  account: Account,
  recent: readonly string[],
): Promise<MachineTarget | Back> {
  const open = window.activeTextEditor?.document.uri.toString();
  return await pickOne<MachineTarget>({
    at,
    placeholder: 'Which state machine?',
    items: listTargets(account).then((targets) => choices(targets, recent, open)),
  });
}

function choices(
  targets: readonly MachineTarget[],
  recent: readonly string[],
  open: string | undefined,
): readonly Choice<MachineTarget>[] {
  const rank = (target: MachineTarget): number => {
    if (open !== undefined && target.file?.toString() === open) return -1;
    const at = recent.indexOf(startKey(target.connection.id, 'execution', target.name));
    return at === -1 ? recent.length : at;
  };
  const sorted = targets.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const first = sorted.filter((target) => rank(target) < recent.length);
  const item = (target: MachineTarget): Choice<MachineTarget> => ({
    label: target.name,
    description: [target.type === 'EXPRESS' ? 'Express' : '', target.arn === undefined ? 'in this workspace' : '']
      .filter(Boolean)
      .join(' · '),
    value: target,
  });
  const rest = sorted.slice(first.length).map(item);
  if (first.length === 0 || rest.length === 0) return [...first.map(item), ...rest];
  return [...first.map(item), { label: 'others', kind: QuickPickItemKind.Separator }, ...rest];
}

/** Deployed machines with the files that they come from; on Local also those that are in the workspace only. */
async function listTargets(account: Account): Promise<readonly MachineTarget[]> {
  const { connection } = account;
  const files = new Map(
    (await listWorkspaceFiles()).flatMap(({ uris }) =>
      [...uris].flatMap(([path, uri]) => (fileKind(path) === 'definition' ? [[machineName(path), uri] as const] : [])),
    ),
  );
  const targets: MachineTarget[] = [];
  for await (const page of account.stepFunctions.listStateMachines()) {
    for (const { name, arn, type } of page) {
      const file = files.get(name);
      targets.push({ connection, name, arn, type, ...(file ? { file } : {}) });
      if (connection.kind === 'local') files.delete(name);
    }
  }
  if (connection.kind !== 'local') return targets;
  return [...targets, ...[...files].map(([name, file]) => ({ connection, name, file }))];
}
