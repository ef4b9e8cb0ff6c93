import type { Reach } from '../../core/glue/localRun/index.ts';
import type { ServedCredentials } from '../../processes/docker/relay/credentialsServer.ts';
import type { App } from '../app.ts';
import { confirmPlace } from '../stages/confirmPlace.ts';
import { withProgress } from '../prompts/progress.ts';

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
): Promise<Surroundings> {
  const { active } = connections;
  if (!active || !usesAws) return { reach: 'none', region: active?.region ?? noRegion, connectionId: noConnectionId };
  const action = { verb: 'Run with its credentials', name };
  await confirmPlace(active, action, { connections, stages });
  const account = await connections.account(active);
  const credentials = async (signal: AbortSignal): Promise<ServedCredentials> => await account.credentials(signal);
  await withProgress(`Fetching credentials for ${name}`, credentials);
  const known = { region: active.region, connectionId: active.id, credentials };
  if (active.kind !== 'local') return { ...known, reach: 'aws' };
  return { ...known, reach: 'local', endpoint: async () => (await localAccount.get()).endpoint };
}
