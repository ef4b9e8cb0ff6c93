import type { Account } from '../aws/account.ts';
import type { Event } from '../core/base/emitter.ts';
import type { Connection } from '../core/connections/connection.ts';

/** The connections of this workspace, as views and commands see them. */
export interface Connections {
  /** In the order of their tree roots. */
  readonly all: readonly Connection[];
  /** The one that commands use when nothing else says which. */
  readonly active: Connection | undefined;
  /** A connection came or went, another is active, or what is known of one changed: account id, protection, slowness. */
  readonly onDidChange: Event<void>;
  /**
   * What failed on these connections for lack of credentials or of an endpoint is worth another try: somebody signed
   * in, the AWS config files changed, or the workspace became trusted.
   */
  readonly onDidRenew: Event<readonly Connection[]>;
  /**
   * The account behind a connection, made on first use and shared by all who ask; it stays good over sign-ins, until
   * the connection is removed. Rejects with UserError; aborting gives up this caller's wait only.
   */
  account(connection: Connection, signal?: AbortSignal): Promise<Account>;
  /** Twelve digits, once a call has told it. */
  accountId(connection: Connection): string | undefined;
  isProtected(connection: Connection): boolean;
  /** Whether AWS has limited its requests for half a minute, and still does. */
  isSlow(connection: Connection): boolean;
}
