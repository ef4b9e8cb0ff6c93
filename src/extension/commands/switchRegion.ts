import { environmentConnection, profileConnection } from '../../core/connections/connection.ts';
import { UserError } from '../../core/base/userError.ts';
import type { App } from '../app.ts';
import { askRegion } from '../connections/askConnection.ts';
import { connectionOf } from '../connections/connectionOf.ts';
import { back } from '../prompts/steps.ts';

/** Takes a connection to another region, in its place in the tree. `target` is a row, or absent for the active one. */
export async function switchRegion({ connections }: Pick<App, 'connections'>, target?: unknown): Promise<void> {
  const connection = connectionOf(target) ?? connections.active;
  if (!connection || connection.kind === 'local') {
    throw new UserError('not-supported', 'The Local connection has no regions.', 'Add a connection to an AWS profile.');
  }
  const others = connections.all.filter(({ kind }) => kind !== 'local').map(({ region }) => region);
  const region = await askRegion({ title: 'Switch Region', canGoBack: false }, undefined, others);
  if (region === back) return;
  await connections.replace(
    connection,
    connection.kind === 'profile' ? profileConnection(connection.profile, region) : environmentConnection(region),
  );
}
