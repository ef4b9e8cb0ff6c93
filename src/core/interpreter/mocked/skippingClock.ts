import type { Clock } from '../../base/clock.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Turns of the microtask queue that a run gets to do what it can before time jumps to the next sleeper. */
const TURNS_BEFORE_JUMP = 200;

/** A clock that skips all waits in the order in which they end: `now` jumps from one sleeper to the next. */
export class SkippingClock implements Clock {
  readonly #sleepers: Sleeper[] = [];
  #now: number;
  #isJumping = false;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    await this.#wait(ms, true, signal);
  }

  /** Passes only when the time of some sleeper lies beyond it: waiting for nothing but a deadline waits for ever. */
  async deadline(ms: number, signal: AbortSignal): Promise<void> {
    await this.#wait(ms, false, signal);
  }

  async #wait(ms: number, isActive: boolean, signal?: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        const at = this.#sleepers.indexOf(sleeper);
        if (at >= 0) this.#sleepers.splice(at, 1);
        reject(signal?.reason instanceof Error ? signal.reason : new Error('The wait was stopped.'));
      };
      const sleeper: Sleeper & { isActive: boolean } = {
        until: this.#now + ms,
        isActive,
        wake: () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      if (signal?.aborted) {
        stop();
        return;
      }
      signal?.addEventListener('abort', stop, { once: true });
      this.#sleepers.push(sleeper);
      if (isActive && !this.#isJumping) void this.#jump();
    });
  }

  async #jump(): Promise<void> {
    this.#isJumping = true;
    while (this.#sleepers.some((sleeper) => isActive(sleeper))) {
      for (let turn = 0; turn < TURNS_BEFORE_JUMP; turn++) await Promise.resolve();
      const first = this.#sleepers.reduce<Sleeper | undefined>(
        (soonest, sleeper) => (soonest && soonest.until <= sleeper.until ? soonest : sleeper),
        undefined,
      );
      if (!first) break;
      this.#sleepers.splice(this.#sleepers.indexOf(first), 1);
      this.#now = Math.max(this.#now, first.until);
      first.wake();
    }
    this.#isJumping = false;
  }
}

function isActive(sleeper: Sleeper): boolean {
  return !('isActive' in sleeper) || sleeper.isActive === true;
}
