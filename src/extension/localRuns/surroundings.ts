import type { Reach } from '../../core/glue/localRun/index.ts';
import type { ServedCredentials } from '../../processes/docker/relay/credentialsServer.ts';
import type { App } from '../app.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { connectionLabel } from '../../core/connections/connection.ts';
import { waitFor } from '../connections/waitFor.ts';
import { withProgress, withSlowProgress } from '../prompts/progress.ts';

/** Whose data a run sees, and the way there. */
export interface Surroundings {
  readonly reach: Reach;
  readonly region: string;
  /** Of the run's key: a connection's id, or `machine` for none. */
  readonly connectionId: string;
  readonly credentials?: (signal: AbortSignal) => Promise<ServedCredentials>;
  /** Address of the Local connection, at that moment. */
  readonly endpoint?: () => Promise<string>;
}

/** What a run without an account is tracked under. */
export const noConnectionId = 'machine';
const noRegion = 'us-east-1';

/**
 * The active connection as a run on this machine sees it, or none. Credentials are fetched once before anything starts,
 * so that a sign-in that has ended is told at once; on a protected connection the user confirms. Rejects with UserError.
 */
export async function surroundingsOf(
  { connections, localAccount, stages }: Pick<App, 'connections' | 'localAccount' | 'stages'>,
  { usesAws, name }: { readonly usesAws: boolean; readonly name: string },
  signal?: AbortSignal,
): Promise<Surroundings> {
  const { active } = connections;
  if (!active || !usesAws) return { reach: 'none', region: active?.region ?? noRegion, connectionId: noConnectionId };
  const action = { verb: 'Run with its credentials', name };
  await waitFor(confirmPlace(active, action, { connections, stages }), signal);
  const account = await withSlowProgress(
    `Opening ${connectionLabel(active)}`,
    async (wanted) => await connections.account(active, wanted),
    signal,
  );
  const credentials = async (wanted: AbortSignal): Promise<ServedCredentials> => await account.credentials(wanted);
  await withProgress(`Fetching credentials for ${name}`, credentials, signal);
  const known = { region: active.region, connectionId: active.id, credentials };
  if (active.kind !== 'local') return { ...known, reach: 'aws' };
  return { ...known, reach: 'local', endpoint: async () => (await localAccount.get()).endpoint };
}
