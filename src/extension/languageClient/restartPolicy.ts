/** How many ends of the language server within `windowMs` turn validation off. */
export interface RestartLimits {
  readonly ends: number;
  readonly windowMs: number;
}

export const restartLimits: RestartLimits = { ends: 3, windowMs: 60_000 };

/** Decides, each time the language server ended, whether it is worth starting again. */
export class RestartPolicy {
  #ends: number[] = [];

  constructor(private readonly limits: RestartLimits) {}

  /** The server ended at `nowMs`. */
  onEnd(nowMs: number): 'restart' | 'give-up' {
    this.#ends = [...this.#ends.filter((at) => nowMs - at < this.limits.windowMs), nowMs];
    return this.#ends.length < this.limits.ends ? 'restart' : 'give-up';
  }

  /** The user asked for another try: earlier ends do not count any more. */
  reset(): void {
    this.#ends = [];
  }
}
