import { connectionLabel, connectionName, type Connection } from '../../core/connections/connection.ts';
import type { Connections } from '../../views/connections.ts';

export interface StatusText {
  /** With codicons. */
  readonly text: string;
  /** Plain lines, the most important first. */
  readonly tooltip: readonly string[];
  /** What a screen reader says. */
  readonly spoken: string;
  readonly isProtected: boolean;
}

/** What the status bar says of the active connection. */
export function presentStatus(
  connection: Connection,
  known: Pick<Connections, 'accountId' | 'isProtected'>,
): StatusText {
  const isProtected = known.isProtected(connection);
  const label = connectionLabel(connection);
  const accountId = known.accountId(connection);
  const suffix = isProtected ? ' PROTECTED' : '';
  return {
    text: `$(${connection.kind === 'local' ? 'vm' : 'plug'}) ${label}${suffix}`,
    tooltip: [
      ...(connection.kind === 'local'
        ? ['Sluice works with the account on this machine.']
        : [`Sluice works with ${whose(connection)} in ${connection.region}.`]),
      ...(accountId === undefined || connection.kind === 'local' ? [] : [`Account ${accountId}`]),
      ...(isProtected ? ['Protected: starting, uploading and changing ask for the name first.'] : []),
      'Click to switch.',
    ],
    spoken: `Sluice connection ${label}${suffix}`,
    isProtected,
  };
}

function whose(connection: Connection): string {
  return connection.kind === 'environment'
    ? 'the credentials of the environment'
    : `profile "${connectionName(connection)}"`;
}
