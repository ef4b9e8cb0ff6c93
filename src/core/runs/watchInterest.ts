import type { Clock } from '../base/clock.ts';

/** What those who look at a run want of its watch. Wakes the watch when that changes. */
export class WatchInterest {
  #wantsLogs: boolean;
  #isHurried = false;
  /** Woken since it last slept: also while a call was under way, when there was no sleep to end. */
  #isWoken = false;
  #wake: AbortController | undefined;

  constructor(wantsLogs = false) {
    this.#wantsLogs = wantsLogs;
  }

  /** Once wanted, log lines stay wanted: to leave them out again would save nothing. */
  get wantsLogs(): boolean {
    return this.#wantsLogs;
  }

  wantLogs(): void {
    if (this.#wantsLogs) return;
    this.#wantsLogs = true;
    this.#isWoken = true;
    this.#wake?.abort();
  }

  /** Ask now instead of when it is due: after a stop, a sign-in, or Retry Now. */
  hurry(): void {
    this.#isHurried = true;
    this.#wake?.abort();
  }

  /** Whether `hurry` was called since the last time. */
  takeHurry(): boolean {
    const isHurried = this.#isHurried;
    this.#isHurried = false;
    return isHurried;
  }

  /** Sleeps, less long when woken. Rejects when `signal` is aborted. */
  async sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    if (this.#isHurried || this.#isWoken) {
      this.#isWoken = false;
      return;
    }
    this.#wake = new AbortController();
    try {
      await clock.sleep(ms, AbortSignal.any([signal, this.#wake.signal]));
    } catch (error) {
      if (signal.aborted || !this.#wake.signal.aborted) throw error;
    } finally {
      this.#wake = undefined;
      this.#isWoken = false;
    }
  }
}
