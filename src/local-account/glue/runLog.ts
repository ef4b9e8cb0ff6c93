import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { LogStore } from '../logs/logStore.ts';
import type { NewEvent } from '../logs/logStream.ts';
import type { LogTarget, OutputKind, RunStreams } from './runStreams.ts';

const mostWaiting = 2000;

interface Waiting {
  readonly target: LogTarget;
  readonly events: NewEvent[];
}

/** Where a run's lines go: to the streams that Glue would write them to. */
export class RunLog {
  readonly #waiting: Readonly<Record<OutputKind, readonly Waiting[]>>;
  readonly #all: readonly Waiting[];
  #writing: Promise<void> | undefined;
  #lastMs = 0;

  constructor(
    private readonly options: {
      readonly store: LogStore;
      readonly streams: RunStreams;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {
    const waitingAt = (targets: readonly LogTarget[]) => targets.map((target): Waiting => ({ target, events: [] }));
    const { output, error, executor, progress } = options.streams;
    this.#waiting = {
      output: waitingAt(output),
      error: waitingAt(error),
      executor: waitingAt(executor),
      progress: waitingAt(progress),
    };
    this.#all = Object.values(this.#waiting).flat();
  }

  /** Adds a line. Waits only where the disk is far behind. */
  async write(kind: OutputKind, message: string): Promise<void> {
    // The clock may jump back; within a run the lines stay in the order in which they came.
    this.#lastMs = Math.max(this.#lastMs, this.options.clock.now());
    const places = this.#waiting[kind];
    for (const { events } of places)
      events.push({ timestampMs: this.#lastMs, message: message === '' ? ' ' : message });
    this.#writing ??= this.#drain();
    if (places.some(({ events }) => events.length > mostWaiting)) await this.#writing;
  }

  /** Resolves when everything written so far can be read. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #drain(): Promise<void> {
    const { store, log } = this.options;
    try {
      for (;;) {
        // Lines that come together are written together.
        await new Promise((resolve) => setImmediate(resolve));
        const batches = this.#all.map(({ target, events }) => ({ target, events: events.splice(0) }));
        const full = batches.filter(({ events }) => events.length > 0);
        if (full.length === 0) return;
        for (const { target, events } of full) await store.write(target.group, target.stream, events);
      }
    } catch (error) {
      log.error(`Log lines of a job run were lost: ${String(error)}`);
    } finally {
      this.#writing = undefined;
    }
  }
}
