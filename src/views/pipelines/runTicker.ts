import type { Clock } from '../../core/base/clock.ts';
import type { ItemNode, RunNode } from './node.ts';

type Running = readonly (ItemNode | RunNode)[];

export interface RunTickerPorts {
  readonly clock: Clock;
  /** Rows whose run is under way; none while nobody sees them. */
  readonly active: () => Running;
  /** Draws the time that has passed. */
  readonly draw: (nodes: Running) => void;
  /** Reads again how the runs are that Sluice does not watch. */
  readonly look: (nodes: Running) => void;
}

const tickMs = 1_000;
const lookMs = 10_000;

/** Keeps rows of running runs true: draws once a second and looks every ten, for as long as there are any. */
export class RunTicker {
  #isTicking = false;

  constructor(private readonly ports: RunTickerPorts) {}

  /** Does nothing while it ticks, or where nothing runs. */
  start(signal: AbortSignal): void {
    if (this.#isTicking || signal.aborted || this.ports.active().length === 0) return;
    this.#isTicking = true;
    void this.#tick(signal);
  }

  async #tick(signal: AbortSignal): Promise<void> {
    const { clock, active, draw, look } = this.ports;
    let lookedMs = clock.now();
    try {
      for (;;) {
        await clock.sleep(tickMs, signal);
        const nodes = active();
        if (nodes.length === 0) break;
        draw(nodes);
        if (clock.now() - lookedMs < lookMs) continue;
        lookedMs = clock.now();
        look(nodes);
      }
    } catch {
      // Only the end of the tree wakes the sleep early.
    } finally {
      this.#isTicking = false;
    }
  }
}
