import type { Account } from '../../aws/account.ts';
import { DisposableStore } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { Connection } from '../../core/connections/connection.ts';
import { isProtected } from '../../core/connections/protection.ts';
import type { Connections } from '../../views/connections.ts';
import type { Settings } from '../settings.ts';
import type { AccountCache } from './accountCache.ts';
import type { ConnectionList } from './connectionList.ts';

/** The connections of this workspace with their accounts. */
export class WorkspaceConnections implements Connections {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new Emitter<void>());
  readonly #renewed = this.#parts.add(new Emitter<readonly Connection[]>());

  constructor(
    private readonly list: ConnectionList,
    private readonly accounts: AccountCache,
    private readonly settings: Pick<Settings, 'get' | 'onDidChange'>,
  ) {
    const fire = (): void => this.#changed.fire();
    this.#parts.add(list.onDidChange(fire));
    this.#parts.add(accounts.onDidIdentify(fire));
    this.#parts.add(accounts.onDidChangeSlow(fire));
    this.#parts.add(settings.onDidChange('protectedProfiles', fire));
    this.#parts.add(accounts);
    this.#parts.add(list);
  }

  get all(): readonly Connection[] {
    return this.list.all;
  }

  get active(): Connection | undefined {
    return this.list.active;
  }

  readonly onDidChange: Event<void> = this.#changed.event;
  readonly onDidRenew: Event<readonly Connection[]> = this.#renewed.event;

  async account(connection: Connection, signal?: AbortSignal): Promise<Account> {
    return await this.accounts.account(connection, signal);
  }

  accountId(connection: Connection): string | undefined {
    return this.accounts.accountId(connection);
  }

  isProtected(connection: Connection): boolean {
    return isProtected(connection, this.accountId(connection), this.settings.get('protectedProfiles'));
  }

  isSlow(connection: Connection): boolean {
    return this.accounts.isSlow(connection);
  }

  /**
   * Whether the connection is protected, for a decision: where a pattern is an account id, who the caller is must be
   * known first, and the failure to learn it is an error.
   */
  async askProtected(connection: Connection, signal?: AbortSignal): Promise<boolean> {
    const byAccount = this.settings.get('protectedProfiles').some((pattern) => /^\d{12}$/.test(pattern));
    if (byAccount && connection.kind !== 'local') await this.accounts.identify(connection, signal);
    return this.isProtected(connection);
  }

  /** The account that the connection is in, asked for where it is not known; undefined where nobody says. */
  async askAccountId(connection: Connection, signal?: AbortSignal): Promise<string | undefined> {
    try {
      return await this.accounts.identify(connection, signal);
    } catch {
      // Who needs the account fails by itself, and says why.
      return undefined;
    }
  }

  /** Makes it active, and a tree root where it is none. */
  async use(connection: Connection): Promise<void> {
    await this.list.use(connection);
  }

  /** Takes the place of `old`: another region of the same profile, for instance. */
  async replace(old: Connection, connection: Connection): Promise<void> {
    await this.list.replace(old, connection);
    if (old.id !== connection.id) this.accounts.drop(old);
  }

  async remove(connection: Connection): Promise<void> {
    await this.list.remove(connection);
    this.accounts.drop(connection);
  }

  /** Makes these connections read credentials and endpoints anew, and tells who looks at them. */
  renew(connections: readonly Connection[]): void {
    for (const connection of connections) this.accounts.reset(connection);
    if (connections.length > 0) this.#renewed.fire(connections);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
