import type { Account } from '../../aws/account.ts';
import type { Clock } from '../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { Log } from '../../core/base/log.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { Connections } from '../../views/connections.ts';
import type { RecordPlaces } from './appliedRecord.ts';
import type { LocalJob, LocalMachine } from './compareLocal.ts';
import type { Seen } from './lookDeployed.ts';

interface Parts {
  readonly connections: Connections;
  readonly places: RecordPlaces;
  readonly clock: Clock;
  readonly log: Log;
}

/** What was seen stands this long: a call or two for each thing that is looked at, not one per keystroke. */
const freshForMs = 5 * 60_000;

interface Entry {
  readonly asOfMs: number;
  readonly seen: Seen | undefined;
}

export type Local = LocalJob | LocalMachine;

/**
 * How the jobs and state machines of the workspace differ from those that are deployed. Asks only an account that has
 * answered before, so that no sign-in begins because a file is shown, and one thing after the other.
 */
export class Drifts implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new Emitter<void>());
  readonly #entries = new Map<string, Entry>();
  readonly #asked = new Set<string>();
  readonly #end = new AbortController();
  #last: Promise<void> = Promise.resolve();
  #generation = 0;

  /** Something else may be said now: of what was seen, of an account that answers now, or of another active connection. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(private readonly with_: Parts) {
    this.#parts.add(with_.connections.onDidRenew(() => this.forget()));
    this.#parts.add(with_.connections.onDidChange(() => this.#changed.fire()));
  }

  /** In words, as of the last look; undefined where nothing differs or nothing is known yet. */
  async describe(local: Local, connection = this.with_.connections.active): Promise<string | undefined> {
    const { connections, clock } = this.with_;
    if (!connection || connections.accountId(connection) === undefined) return undefined;
    const key = `${connection.id} ${askedOf(local)}`;
    const entry = this.#entries.get(key);
    if (!entry || clock.now() - entry.asOfMs > freshForMs) this.#ask(key, connection, local);
    if (!entry?.seen) return undefined;
    const { compareLocal } = await import('./compareLocal.ts');
    const { seen } = entry;
    // The list is read anew at other times than the rest.
    const now =
      seen.kind === 'job' && local.kind === 'job' && local.reply
        ? { ...seen, job: { ...seen.job, reply: local.reply } }
        : seen;
    return compareLocal(local, now, connectionLabel(connection));
  }

  /** What was seen counts no more: something was deployed, or somebody asks for what is there now. */
  forget(): void {
    this.#generation += 1;
    this.#entries.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#end.abort();
    this.#parts.dispose();
  }

  #ask(key: string, connection: Connection, local: Local): void {
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    this.#last = this.#last.then(async () => await this.#look(key, connection, local));
  }

  async #look(key: string, connection: Connection, local: Local): Promise<void> {
    const { connections, places, log, clock } = this.with_;
    const { signal } = this.#end;
    const generation = this.#generation;
    let seen: Seen | undefined;
    try {
      const account: Account = await connections.account(connection, signal);
      const { lookDeployed } = await import('./lookDeployed.ts');
      seen = await lookDeployed(account, { local, places }, signal);
    } catch (error) {
      if (signal.aborted) return;
      log.info(`${local.name} was not compared with ${connectionLabel(connection)}: ${String(error)}`);
    } finally {
      this.#asked.delete(key);
    }
    // What was seen before a deploy says nothing of the time after it: whoever shows it asks again.
    if (generation === this.#generation) this.#entries.set(key, { asOfMs: clock.now(), seen });
    this.#changed.fire();
  }
}

/**
 * What an account is asked for. A job of a list is asked for less than one that nothing is known of, and a list may be older
 * than a deploy: what was seen beside it stands for itself.
 */
function askedOf(local: Local): string {
  if (local.kind === 'machine') return `machine ${local.name}`;
  const { name, reply, script, scriptLocation } = local;
  return ['job', reply ? 'listed' : '', script ? (scriptLocation ?? '') : '', name].join(' ');
}
