import { parseConnectionId } from '../../core/connections/connection.ts';
import type { Connections } from '../../views/connections.ts';
import type { ScriptOf } from '../../views/runs/inline/scriptResults.ts';

/** Where the script of a job lies, as its account says. */
export function scriptLocationOf(connections: Pick<Connections, 'account'>): ScriptOf {
  return async (connectionId, jobName) => {
    const connection = parseConnectionId(connectionId);
    if (!connection) return undefined;
    const account = await connections.account(connection);
    return (await account.glue.getJob(jobName)).scriptLocation;
  };
}
