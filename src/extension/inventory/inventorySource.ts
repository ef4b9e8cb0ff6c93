import { workspace } from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Event } from '../../core/base/emitter.ts';
import type { Log } from '../../core/base/log.ts';
import type { Settings } from '../settings.ts';
import type { WorkspaceConnections } from '../connections/workspaceConnections.ts';
import type { Questions } from '../../core/existence/questions.ts';
import type { Inventories } from './inventories.ts';

/** What the language server may ask of the active connection's account. */
export interface InventorySource {
  /** The text of an inventory, or null while nothing is known or nothing is to be checked. Never lists anything. */
  readonly read: () => Promise<string | null>;
  readonly onDidChange: Event<void>;
}

export interface InventoryParts {
  readonly inventories: Inventories;
  readonly connections: WorkspaceConnections;
  readonly settings: Settings;
  readonly log: Log;
}

export interface OnSaveParts extends InventoryParts {
  /** What a document wants to know of the account, by what is known now; undefined where nobody can say. */
  readonly questions: (document: string) => Promise<Questions | undefined>;
}

/** Gives the server what is known, by the setting `sluice.checkResources`. */
export function inventorySource({ inventories, connections, settings }: InventoryParts): InventorySource {
  return {
    read: async () => {
      const { active } = connections;
      const snapshot = active && settings.get('checkResources') !== 'off' ? inventories.snapshot(active) : undefined;
      if (!snapshot) return null;
      const { writeInventory } = await import('../../core/existence/inventory.ts');
      return writeInventory(snapshot);
    },
    onDidChange: (listener) => {
      const parts = new DisposableStore();
      parts.add(inventories.onDidChange(listener));
      parts.add(connections.onDidChange(listener));
      parts.add(settings.onDidChange('checkResources', listener));
      return parts;
    },
  };
}

/** Looks up what a definition or config names when it is saved, where the setting says so. */
export function lookUpOnSave({ inventories, connections, settings, log, questions }: OnSaveParts): Disposable {
  return workspace.onDidSaveTextDocument(async (document) => {
    const { active } = connections;
    if (!active || settings.get('checkResources') !== 'onSave') return;
    const [{ isWorthServing }, { lookUp }] = await Promise.all([
      import('../languageClient/servedDocuments.ts'),
      import('./lookUp.ts'),
    ]);
    if (!isWorthServing(document)) return;
    try {
      const account = await connections.account(active);
      const uri = document.uri.toString();
      await lookUp({ inventories, connection: active, account, log }, async () => await questions(uri));
    } catch (error) {
      log.debug(`The account could not be listed: ${String(error)}`);
    }
  });
}
