import { backoffMs } from '../../core/base/backoff.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { LocalAccount } from '../../processes/localAccount/ensureLocalAccount.ts';
import type { WorkspaceSettings } from '../../processes/localAccount/workspaceSettings.ts';
import { waitFor } from './waitFor.ts';

/** Starts the account on this machine, or joins the one that runs. Rejects with UserError. */
export type StartLocalAccount = (signal: AbortSignal) => Promise<LocalAccount>;

/** A process that lived this long did not end for the reason that the one before ended for. */
const settledMs = 60_000;
const restartPolicy = { baseMs: 200, maxMs: 30_000 };

/** Holds the account on this machine from the first use on, so that its process stays; makes it anew when it ended. */
export class LocalAccountHolder implements Disposable {
  readonly #closed = new AbortController();
  readonly #ended = new Emitter<void>();
  #held: Promise<LocalAccount> | undefined;
  #quickEnds = 0;

  constructor(
    private readonly start: StartLocalAccount,
    private readonly clock: Clock,
  ) {}

  /**
   * Its process ended by itself: what talked to it has to ask for it again. Told later and later while one process
   * after the other ends soon, so that a broken one is not started without pause.
   */
  readonly onDidEnd: Event<void> = this.#ended.event;

  /** One start serves all who ask; aborting gives up this caller's wait only. */
  async get(signal?: AbortSignal): Promise<LocalAccount> {
    if (!this.#held) {
      this.#held = this.start(this.#closed.signal);
      void this.#follow(this.#held);
    }
    return await waitFor(this.#held, signal);
  }

  /** Tells an account that is held what has changed in the workspace; one that starts later is told then. */
  update(workspace: WorkspaceSettings): void {
    this.#held?.then(
      async (account) => await account.update(workspace),
      () => undefined,
    );
  }

  /** Lets go of it: whoever asks next gets the one that is to be had then. */
  renew(): void {
    this.#release();
    this.#ended.fire();
  }

  /** Lets go of it. The process goes on for other windows and for runs that are on. */
  dispose(): void {
    this.#closed.abort();
    this.#ended.dispose();
    this.#release();
  }

  #release(): void {
    const held = this.#held;
    this.#held = undefined;
    held?.then(
      (account) => account.dispose(),
      () => undefined,
    );
  }

  /** Waits for its end, by itself or let go of. Never rejects. */
  async #follow(held: Promise<LocalAccount>): Promise<void> {
    let startedMs: number;
    try {
      const account = await held;
      startedMs = this.clock.now();
      await account.ended;
    } catch {
      // Whoever asked hears of it; the next who asks starts it again.
      if (this.#held === held) this.#held = undefined;
      return;
    }
    // It was let go of, and another is held perhaps.
    if (this.#held !== held) return;
    this.#held = undefined;
    this.#quickEnds = this.clock.now() - startedMs < settledMs ? this.#quickEnds + 1 : 1;
    try {
      await this.clock.sleep(
        backoffMs(this.#quickEnds, restartPolicy, () => 0.5),
        this.#closed.signal,
      );
    } catch {
      // Disposed: nobody waits for it any more.
      return;
    }
    this.#ended.fire();
  }
}
