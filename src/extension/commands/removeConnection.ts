import type { App } from '../app.ts';
import { askConnection } from '../connections/askConnection.ts';
import { connectionOf } from '../connections/connectionOf.ts';
import { back } from '../prompts/steps.ts';

/** Takes a connection out of this workspace; profiles and runs stay. `target` is its row, or absent for a pick. */
export async function removeConnection({ connections }: Pick<App, 'connections'>, target?: unknown): Promise<void> {
  const at = { title: 'Remove Connection', canGoBack: false };
  const connection = connectionOf(target) ?? (await askConnection(at, connections.all, connections.active));
  if (connection !== back) await connections.remove(connection);
}
