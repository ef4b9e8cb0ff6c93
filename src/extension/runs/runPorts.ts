import type { JsonFiles } from '../../core/base/jsonFiles.ts';
import { parseConnectionId } from '../../core/connections/connection.ts';
import type { RunFile } from '../../core/runs/savedRuns.ts';
import type { RunStoreOptions } from '../../core/runs/store.ts';
import type { Connections } from '../../views/connections.ts';

const fileName = 'runs';

/** The list of runs among the documents of this user. */
export function runFile(files: JsonFiles): RunFile {
  return {
    load: async () => await files.read(fileName),
    update: async (change) => await files.update(fileName, change),
  };
}

/** Whom to ask about a run: the account of its connection, also where this workspace does not show it. */
export function runPortsOf(connections: Pick<Connections, 'account'>): RunStoreOptions['portsOf'] {
  return async (connectionId) => {
    const connection = parseConnectionId(connectionId);
    return connection && (await connections.account(connection));
  };
}
