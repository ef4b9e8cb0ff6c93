import { createHash } from 'node:crypto';
import type { Account } from '../../aws/account.ts';
import type { Clock } from '../../core/base/clock.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { JsonFiles } from '../../core/base/jsonFiles.ts';
import type { Log } from '../../core/base/log.ts';
import { connectionLabel, type Connection } from '../../core/connections/connection.ts';
import type { SeenJob } from '../../core/deploy/drift.ts';
import type { GlueConfig } from '../../core/workspace/glueConfigs.ts';
import type { Connections } from '../../views/connections.ts';

interface Parts {
  readonly connections: Connections;
  readonly files: JsonFiles;
  readonly clock: Clock;
  readonly log: Log;
}

/** What was seen of a job stands this long: two calls for each job that is looked at, not one per keystroke. */
const freshForMs = 5 * 60_000;

interface Entry {
  readonly asOfMs: number;
  readonly seen: SeenJob | undefined;
}

/**
 * How the jobs of the workspace differ from those of the active connection. Asks only an account that has answered before,
 * so that no sign-in begins because a file is shown.
 */
export class JobDrifts implements Disposable {
  readonly #parts = new DisposableStore();
  readonly #changed = this.#parts.add(new Emitter<void>());
  readonly #entries = new Map<string, Entry>();
  readonly #asked = new Set<string>();
  readonly #end = new AbortController();

  /** Something was seen that was not known. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(private readonly with_: Parts) {
    this.#parts.add(with_.connections.onDidRenew(() => this.forget()));
  }

  /** In words, as of the last look; undefined where nothing differs or nothing is known yet. */
  async describe(config: GlueConfig, script: Uint8Array | undefined): Promise<string | undefined> {
    const { connections, clock } = this.with_;
    const { active } = connections;
    if (!active || config.kind !== 'job' || connections.accountId(active) === undefined) return undefined;
    const key = keyOf(active, config);
    const entry = this.#entries.get(key);
    if (!entry || clock.now() - entry.asOfMs > freshForMs) void this.#look(active, config);
    if (!entry?.seen) return undefined;
    const { compareJob, describeDrift } = await import('../../core/deploy/drift.ts');
    const sha256 = script && createHash('sha256').update(script).digest('base64');
    return describeDrift(compareJob(config.input, entry.seen, sha256), connectionLabel(active));
  }

  /** What was seen counts no more: something was deployed. */
  forget(): void {
    this.#entries.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#end.abort();
    this.#parts.dispose();
  }

  async #look(connection: Connection, config: GlueConfig): Promise<void> {
    const key = keyOf(connection, config);
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    let seen: SeenJob | undefined;
    try {
      seen = await this.#see(await this.with_.connections.account(connection, this.#end.signal), config);
    } catch (error) {
      if (this.#end.signal.aborted) return;
      this.with_.log.info(`${config.name} was not compared with ${connectionLabel(connection)}: ${String(error)}`);
    } finally {
      this.#asked.delete(key);
    }
    this.#entries.set(key, { asOfMs: this.with_.clock.now(), seen });
    this.#changed.fire();
  }

  async #see(account: Account, { name, script }: GlueConfig): Promise<SeenJob> {
    const { signal } = this.#end;
    const { accountKey, AppliedRecord } = await import('./appliedRecord.ts');
    const record = new AppliedRecord(this.with_.files, `${await accountKey(account, signal)}/job/${name}`);
    const [reply, { input: last }, facts] = await Promise.all([
      account.glue.findJob(name, signal),
      record.read(),
      // What may not be read says nothing about the job.
      script && account.s3.headObject(script.location, signal).catch(() => undefined),
    ]);
    const sha256 = facts?.sha256;
    return { reply, last, ...(sha256 === undefined ? {} : { scriptSha256: sha256 }) };
  }
}

function keyOf({ id }: Connection, { name }: GlueConfig): string {
  return `${id} ${name}`;
}
