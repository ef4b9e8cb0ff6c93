import type { App } from '../app.ts';
import { connectionSteps } from '../connections/askConnection.ts';
import { runSteps } from '../prompts/steps.ts';

/** Asks for a profile and a region, and makes that the active connection. */
export async function addConnection({
  connections,
  listProfiles,
}: Pick<App, 'connections' | 'listProfiles'>): Promise<void> {
  const regions = connections.all.filter(({ kind }) => kind !== 'local').map(({ region }) => region);
  const { connection } = await runSteps('Add Connection', {}, connectionSteps(listProfiles, regions));
  if (connection) await connections.use(connection);
}
