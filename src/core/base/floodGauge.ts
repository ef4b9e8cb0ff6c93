import type { Clock } from './clock.ts';

export interface FloodGaugeOptions {
  readonly clock: Clock;
  /** How many events without a pause make a flood. */
  readonly flood: number;
  /** A pause, in milliseconds. */
  readonly pauseMs: number;
  /** A flood came and is over. */
  readonly onEnd: () => void;
}

/** Tells floods of events, of which some may have been lost on the way, from single ones. */
export class FloodGauge {
  #count = 0;
  #lastMs = 0;

  constructor(private readonly options: FloodGaugeOptions) {}

  /** Whether there is one at the moment. */
  get isFlood(): boolean {
    return this.#count >= this.options.flood;
  }

  /** One event. */
  add(signal: AbortSignal): void {
    const { clock, flood, pauseMs } = this.options;
    const now = clock.now();
    if (this.#count < flood && now - this.#lastMs >= pauseMs) this.#count = 0;
    this.#lastMs = now;
    this.#count += 1;
    if (this.#count === flood) void this.#awaitEnd(signal);
  }

  async #awaitEnd(signal: AbortSignal): Promise<void> {
    const { clock, pauseMs, onEnd } = this.options;
    try {
      for (let left = pauseMs; left > 0; left = this.#lastMs + pauseMs - clock.now()) await clock.sleep(left, signal);
    } catch {
      return;
    }
    this.#count = 0;
    onEnd();
  }
}
