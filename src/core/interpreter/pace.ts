import type { Clock } from '../base/clock.ts';
import type { StopGroup } from './stopGroup.ts';

/** Longest time a run works without a pause, and how many steps it takes between two looks at the clock. */
const MAX_WORK_MS = 12;
const STEPS_PER_LOOK = 50;
const MAX_STEPS = 5000;

/**
 * Lets others have their turn: a run goes on in microtasks, so a loop of Pass states or a Map of many short items would
 * hold the process, and nobody could stop it. Shared by an execution and its children.
 */
export class Pace {
  #steps = 0;
  #since: number;

  constructor(private readonly clock: Clock) {
    this.#since = clock.now();
  }

  /** Counts a step; now and then a promise to wait for. Rejects when aborted. */
  step(stop: StopGroup): Promise<void> | undefined {
    if (++this.#steps % STEPS_PER_LOOK !== 0) return undefined;
    if (this.#steps < MAX_STEPS && this.clock.now() - this.#since < MAX_WORK_MS) return undefined;
    return this.#pause(stop.signal);
  }

  async #pause(signal: AbortSignal): Promise<void> {
    this.#steps = 0;
    try {
      await this.clock.sleep(0, signal);
    } finally {
      this.#since = this.clock.now();
    }
  }
}
