import type { Account } from '../../aws/account.ts';
import type { OwnedAccount } from '../../aws/createAccount.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { Log } from '../../core/base/log.ts';
import { isAbort } from '../../core/base/userError.ts';
import type { Connection } from '../../core/connections/connection.ts';
import { waitFor } from './waitFor.ts';

/** Makes the account of a connection; rejects with UserError. */
export type OpenAccount = (connection: Connection, signal: AbortSignal) => Promise<OwnedAccount>;

interface Entry {
  readonly account: Promise<OwnedAccount>;
  readonly end: AbortController;
}

/** One account per connection, made on first use, with what is known of who the caller is. */
export class AccountCache {
  readonly #entries = new Map<string, Entry>();
  readonly #accountIds = new Map<string, string>();
  /** Counts how often an account became another. */
  readonly #generations = new Map<string, number>();
  readonly #identified = new Emitter<Connection>();
  /** Services that limit the requests of a connection. */
  readonly #slow = new Map<string, Set<string>>();
  readonly #slowed = new Emitter<Connection>();

  constructor(
    private readonly open: OpenAccount,
    private readonly log: Log,
  ) {}

  /** An account id became known. */
  readonly onDidIdentify: Event<Connection> = this.#identified.event;
  /** AWS began to limit a connection's requests for good, or stopped. */
  readonly onDidChangeSlow: Event<Connection> = this.#slowed.event;

  /** One that could not be made is not kept: the next call tries again. */
  async account(connection: Connection, signal?: AbortSignal): Promise<Account> {
    // Whoever wants it no more must not open it: its connection may be gone.
    signal?.throwIfAborted();
    const entry = this.#entries.get(connection.id) ?? this.#open(connection);
    return await waitFor(entry.account, signal);
  }

  accountId(connection: Connection): string | undefined {
    return this.#accountIds.get(connection.id);
  }

  /** Whether a service has limited the connection's requests for half a minute, and still does. */
  isSlow(connection: Connection): boolean {
    return (this.#slow.get(connection.id)?.size ?? 0) > 0;
  }

  /** Asks who the caller is, unless that is known. */
  async identify(connection: Connection, signal?: AbortSignal): Promise<string> {
    const known = this.accountId(connection);
    if (known !== undefined) return known;
    const account = await this.account(connection, signal);
    const generation = this.#generationOf(connection);
    const { accountId } = await account.identity(signal);
    // Who it was before a sign-in says nothing about who it is now.
    if (this.#generationOf(connection) === generation && this.accountId(connection) !== accountId) {
      this.#accountIds.set(connection.id, accountId);
      this.#identified.fire(connection);
    }
    return accountId;
  }

  /** Makes the account read credentials and endpoints anew, for those who have it as well, and asks who it is. */
  reset(connection: Connection): void {
    this.#forget(connection);
    const entry = this.#entries.get(connection.id);
    entry?.account.then(
      (account) => {
        account.reset();
        void this.#identifyQuietly(connection, entry.end.signal);
      },
      () => undefined,
    );
  }

  /** Ends the account and the calls under way on it. */
  drop(connection: Connection): void {
    this.#forget(connection);
    const entry = this.#entries.get(connection.id);
    this.#entries.delete(connection.id);
    this.#slow.delete(connection.id);
    if (entry) end(entry);
  }

  dispose(): void {
    for (const entry of this.#entries.values()) end(entry);
    this.#entries.clear();
    this.#identified.dispose();
    this.#slowed.dispose();
  }

  #open(connection: Connection): Entry {
    const controller = new AbortController();
    const entry: Entry = { account: this.open(connection, controller.signal), end: controller };
    this.#entries.set(connection.id, entry);
    entry.account.then(
      (account) => {
        this.#watchSlow(connection, account, controller.signal);
        void this.#identifyQuietly(connection, controller.signal);
      },
      () => {
        if (this.#entries.get(connection.id) === entry) this.#entries.delete(connection.id);
      },
    );
    return entry;
  }

  #watchSlow(connection: Connection, account: OwnedAccount, signal: AbortSignal): void {
    if (signal.aborted) return;
    const watching = account.onDidChangeSlow(({ service, isSlow }) => {
      const services = this.#slow.get(connection.id) ?? new Set();
      this.#slow.set(connection.id, services);
      if (isSlow) services.add(service);
      else services.delete(service);
      this.#slowed.fire(connection);
    });
    signal.addEventListener('abort', () => watching.dispose(), { once: true });
  }

  #generationOf(connection: Connection): number {
    return this.#generations.get(connection.id) ?? 0;
  }

  #forget(connection: Connection): void {
    this.#accountIds.delete(connection.id);
    this.#generations.set(connection.id, this.#generationOf(connection) + 1);
  }

  /** For the account id beside the name only: whatever is wrong is told by the call that the user waits for. */
  async #identifyQuietly(connection: Connection, signal: AbortSignal): Promise<void> {
    try {
      await this.identify(connection, signal);
    } catch (error) {
      if (!isAbort(error)) this.log.debug(`The account id of ${connection.id} is not known.`);
    }
  }
}

function end({ account, end: controller }: Entry): void {
  controller.abort();
  account.then(
    (made) => {
      made.dispose();
    },
    () => undefined,
  );
}
