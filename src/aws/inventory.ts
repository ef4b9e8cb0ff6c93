import type { Clock } from '../core/base/clock.ts';
import { linkSignals, orAbort } from './calls/abort.ts';
import type { Account, Pages } from './account.ts';

export type InventoryKind = 'glueJob' | 'glueWorkflow' | 'stateMachine';

/** What an account has of one kind: names, and for state machines ARNs too. `asOfMs` is when the listing ended. */
export interface InventoryNames {
  readonly names: ReadonlySet<string>;
  readonly arns: ReadonlySet<string>;
  readonly asOfMs: number;
}

/** How long a listing stands. A rule that says "not there" is worth a call every few minutes, not one per keystroke. */
const freshForMs = 5 * 60_000;
/** How long a listing that failed, say because it is denied, is not tried again. */
const failedForMs = 60_000;

interface Entry {
  known?: InventoryNames;
  failedMs?: number;
  pending?: Promise<InventoryNames | undefined>;
}

/**
 * The names that one account has, kept so that they can be asked for while typing. Each kind is listed on its first
 * question and again once it is old; the listing draws from the account's rate limits like any other call.
 */
export class Inventory {
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #entries = new Map<InventoryKind, Entry>();
  readonly #lifetime = new AbortController();

  constructor(account: Account, clock: Clock) {
    this.#account = account;
    this.#clock = clock;
  }

  /**
   * Names of `kind`, at most five minutes old; undefined where they cannot be listed, which says nothing about what is
   * there. Rejects only when aborted; the listing goes on for others who wait for it.
   */
  async names(kind: InventoryKind, signal?: AbortSignal): Promise<InventoryNames | undefined> {
    const entry = this.#entry(kind);
    const nowMs = this.#clock.now();
    if (entry.known && nowMs - entry.known.asOfMs < freshForMs) return entry.known;
    if (entry.failedMs !== undefined && nowMs - entry.failedMs < failedForMs) return undefined;
    entry.pending ??= this.#list(kind, entry);
    const link = linkSignals(this.#lifetime.signal, signal);
    try {
      return await orAbort(entry.pending, link.signal);
    } finally {
      link.release();
    }
  }

  /** What is known now, however old; never asks. */
  known(kind: InventoryKind): InventoryNames | undefined {
    return this.#entries.get(kind)?.known;
  }

  /** Notes what was just created or listed elsewhere, so that the next question need not wait for a listing. */
  add(kind: InventoryKind, name: string, arn?: string): void {
    const { known } = this.#entry(kind);
    if (!known) return;
    const arns = arn === undefined ? known.arns : new Set([...known.arns, arn]);
    this.#entry(kind).known = { names: new Set([...known.names, name]), arns, asOfMs: known.asOfMs };
  }

  /** Forgets everything: after Refresh, a sign-in, another account. */
  clear(): void {
    this.#entries.clear();
  }

  dispose(): void {
    this.#lifetime.abort(new DOMException('The inventory was closed.', 'AbortError'));
    this.#entries.clear();
  }

  async #list(kind: InventoryKind, entry: Entry): Promise<InventoryNames | undefined> {
    try {
      const names = new Set<string>();
      const arns = new Set<string>();
      for await (const items of this.#pages(kind)) {
        for (const item of items) {
          names.add(item.name);
          if (item.arn !== undefined) arns.add(item.arn);
        }
      }
      delete entry.failedMs;
      return (entry.known = { names, arns, asOfMs: this.#clock.now() });
    } catch {
      // The tree shows why; here it only means that nothing can be said.
      entry.failedMs = this.#clock.now();
      return undefined;
    } finally {
      delete entry.pending;
    }
  }

  #pages(kind: InventoryKind): Pages<{ readonly name: string; readonly arn?: string }> {
    const { glue, stepFunctions } = this.#account;
    const { signal } = this.#lifetime;
    switch (kind) {
      case 'glueJob':
        return glue.listJobs(signal);
      case 'glueWorkflow':
        return glue.listWorkflows(signal);
      case 'stateMachine':
        return stepFunctions.listStateMachines(signal);
    }
  }

  #entry(kind: InventoryKind): Entry {
    const entry = this.#entries.get(kind) ?? {};
    this.#entries.set(kind, entry);
    return entry;
  }
}
