import { ProgressLocation, Uri, window, workspace } from 'vscode';
import { UserError } from '../../core/base/userError.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import type { App } from '../app.ts';

/** Lists what the active connection's account has, and saves it as a file for `sluice check --inventory`. */
export async function exportInventory({
  connections,
  inventories,
}: Pick<App, 'connections' | 'inventories'>): Promise<void> {
  const { active } = connections;
  if (!active) throw new UserError('bad-input', 'No connection is active.', 'Choose one with Switch Connection.');
  const snapshot = await window.withProgress(
    { location: ProgressLocation.Notification, title: `Listing ${connectionLabel(active)}…`, cancellable: true },
    async (_, token) => {
      const cancel = new AbortController();
      token.onCancellationRequested(() => cancel.abort());
      await inventories.refresh(active, await connections.account(active, cancel.signal), cancel.signal);
      return inventories.snapshot(active);
    },
  );
  if (!snapshot || Object.keys(snapshot.kinds).length === 0) {
    throw new UserError(
      'access-denied',
      `Nothing of ${connectionLabel(active)} could be listed.`,
      'It takes glue:GetJobs, glue:ListWorkflows and states:ListStateMachines.',
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
