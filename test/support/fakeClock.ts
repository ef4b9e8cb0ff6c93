import type { Clock } from '../../src/core/base/clock.ts';

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A clock that moves when told to. `run` moves it on whenever everything else has come to rest. */
export class FakeClock implements Clock {
  #nowMs: number;
  #sleepers: Sleeper[] = [];

  constructor(startMs = Date.UTC(2026, 10, 20, 7, 30)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (ms <= 0) return;
    await new Promise<void>((resolve, reject) => {
      const sleeper = {
        atMs: this.#nowMs + ms,
        wake: () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
      };
      const onAbort = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#sleepers.push(sleeper);
    });
  }

  advance(ms: number): void {
    this.#nowMs += ms;
    const due = this.#sleepers.filter((sleeper) => sleeper.atMs <= this.#nowMs);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.atMs > this.#nowMs);
    for (const sleeper of due.sort((a, b) => a.atMs - b.atMs)) sleeper.wake();
  }

  /**
   * Settles with `work`, moving on to the next sleeper whenever everything else has come to rest: some turns of the
   * event loop, not a span of time, so that a busy machine does not look like one at rest. A sleeper that is far off is
   * taken for the time limit of work under way, and gets many more turns.
   */
  async run<T>(work: Promise<T>, turns = 8): Promise<T> {
    const state = { isDone: false };
    const settled = work.finally(() => {
      state.isDone = true;
    });
    settled.catch(() => undefined);
    let rested = 0;
    while (!state.isDone) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      rested += 1;
      const waitMs = Math.min(...this.#sleepers.map((sleeper) => sleeper.atMs)) - this.#nowMs;
      if (!Number.isFinite(waitMs) || rested < (waitMs > 15_000 ? turns * 15 : turns)) continue;
      rested = 0;
      this.advance(waitMs);
    }
    return await settled;
  }
}
