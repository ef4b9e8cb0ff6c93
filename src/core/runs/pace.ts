/** How often a run is asked about, in milliseconds. */
export interface PacePolicy {
  /** Between two polls of something young or changing. */
  readonly fastMs: number;
  /** Between two polls of something that has long not changed. */
  readonly slowMs: number;
  /** How long log entries wait for earlier ones of other streams. */
  readonly holdMs: number;
  /** Between two looks for new log streams. */
  readonly listMs: number;
  /** How long after a run's end log lines may still arrive. */
  readonly lateLogsMs: number;
  /** Ask again after a failure that does not pass by itself, such as an expired sign-in. */
  readonly blockedMs: number;
}

export const cloudPace: PacePolicy = {
  fastMs: 2_000,
  slowMs: 10_000,
  holdMs: 3_000,
  listMs: 10_000,
  lateLogsMs: 60_000,
  blockedMs: 15_000,
};

/** The account on this machine answers in a millisecond, limits nothing, and ends a run only when its lines are there. */
export const localPace: PacePolicy = {
  fastMs: 400,
  slowMs: 2_000,
  holdMs: 1_500,
  listMs: 1_000,
  lateLogsMs: 0,
  blockedMs: 5_000,
};

/** Another endpoint on this machine. Emulators may tell of an end before its last lines are there. */
export const nearPace: PacePolicy = { ...localPace, lateLogsMs: 5_000 };

/** When one thing is asked about next: fast at first and after each change, then ever slower. */
export class Pace {
  #delayMs: number;
  #dueMs: number;

  constructor(
    private readonly policy: PacePolicy,
    nowMs: number,
  ) {
    this.#delayMs = policy.fastMs;
    this.#dueMs = nowMs;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  /** Note that it was asked, and whether there was news. `slowdown` stretches the wait, for instance when throttled. */
  polled(nowMs: number, changed: boolean, slowdown = 1): void {
    this.#delayMs = changed ? this.policy.fastMs : Math.min(this.policy.slowMs, this.#delayMs * 1.3);
    this.#dueMs = nowMs + this.#delayMs * slowdown;
  }

  /** Ask at the next chance. */
  hurry(nowMs: number): void {
    this.#delayMs = this.policy.fastMs;
    this.#dueMs = Math.min(this.#dueMs, nowMs);
  }
}
