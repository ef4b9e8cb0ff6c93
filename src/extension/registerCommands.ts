import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable.ts';
import type { App } from './app.ts';
import type { Boundary } from './boundary.ts';
import { commands as table, type Command } from './commands.ts';

/** Registers the whole table; every handler runs inside the boundary. */
export function registerCommands(
  registry: Pick<typeof vscode.commands, 'registerCommand'>,
  app: App,
  boundary: Boundary,
): Disposable {
  const registrations = new DisposableStore();
  for (const [name, command] of Object.entries<Command>(table)) {
    const id = `sluice.${name}`;
    registrations.add(
      registry.registerCommand(
        id,
        async (...args: readonly unknown[]) =>
          await boundary.run(id, async () => {
            const handler = await command.load();
            return await handler(app, ...args);
          }),
      ),
    );
  }
  return registrations;
}
