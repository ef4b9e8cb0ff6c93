import { ProgressLocation, Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';

/** Lists what the active connection's account has, and saves it as a file for `sluice check --inventory`. */
export async function exportInventory({
  connections,
  inventories,
  log,
}: Pick<App, 'connections' | 'inventories' | 'log'>): Promise<void> {
  const { active } = connections;
  if (!active) throw new UserError('bad-input', 'No connection is active.', 'Choose one with Switch Connection.');
  const snapshot = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Listing ${connectionLabel(active)}…`, cancellable: true },
    async (_, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      const { listAll } = await import('../inventory/lookUp.ts');
      const account = await connections.account(active, cancel.signal);
      await listAll({ inventories, connection: active, account, log }, cancel.signal);
      return inventories.snapshot(active);
    },
  );
  if (!snapshot || Object.keys(snapshot.kinds).length === 0) {
    throw new UserError(
      'access-denied',
      `Nothing of ${connectionLabel(active)} could be listed.`,
      'It takes glue:GetJobs, states:ListStateMachines, lambda:ListFunctions, iam:ListRoles and the like; the log names what is denied.',
    );
  }
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder && { defaultUri: Uri.joinPath(folder, 'sluice-inventory.json') }),
    filters: { JSON: ['json'] },
    title: 'Export Inventory',
  });
  if (!target) return;
  const { writeInventory } = await import('../../core/existence/inventory.ts');
  await workspace.fs.writeFile(target, new TextEncoder().encode(writeInventory(snapshot)));
}
