import type { Connection } from '../core/connections/connection.ts';

/**
 * Facts about a tree row that menus of package.json ask for as `viewItem =~ /\bword\b/`. A row's contextValue is the
 * facts that hold for it, so that a menu needs one word instead of a list of row kinds.
 */
export const itemFacts = [
  /** The row of a connection. */
  'connection',
  /** The row of a connection that has a region of AWS. */
  'remoteConnection',
  /** The row of the connection to the account on this machine. */
  'localConnection',
  'job',
  'workflow',
  'machine',
  /** A trigger that a start fires, or activates. */
  'startableTrigger',
  /** A run that is on. */
  'activeRun',
  /** A run that has ended. */
  'endedRun',
  /** What is under the row was read from an account, and can be read again. */
  'readable',
  /** The row stands for something with a name of its own. */
  'named',
  'hasArn',
  /** The AWS console has a page for it. */
  'inConsole',
  /** A script or a definition is behind it. */
  'hasSource',
  'pinned',
  'unpinned',
  /** Something could not be read. */
  'failed',
  /** An IAM action was denied. */
  'denied',
  /** The profile gives no credentials that work. */
  'chooseProfile',
  /** The sign-in of the profile has expired. */
  'signedOut',
  /** The row of a connection to a profile. */
  'profileConnection',
  /** A run on Local that ended at a task without a mocked response. */
  'missedMock',
  /** A run that cannot be followed just now. */
  'unwatchedRun',
] as const;

export type ItemFact = (typeof itemFacts)[number];

/** The contextValue of a row of which these facts hold. */
export function contextValue(...facts: readonly ItemFact[]): string {
  return facts.join(' ');
}

/** The facts of a connection's row. */
export function connectionFacts({ kind }: Connection): readonly ItemFact[] {
  switch (kind) {
    case 'local':
      return ['connection', 'localConnection'];
    case 'environment':
      return ['connection', 'remoteConnection'];
    case 'profile':
      return ['connection', 'remoteConnection', 'profileConnection'];
  }
}
