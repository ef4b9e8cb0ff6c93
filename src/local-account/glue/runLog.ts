import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { LogStore } from '../logs/logStore.ts';
import type { NewEvent } from '../logs/logStream.ts';

export type OutputKind = 'output' | 'error';

const mostWaiting = 2000;

/** Where a run's lines go: the streams `<group>/output` and `<group>/error`, named after the run. */
export class RunLog {
  readonly #waiting: Record<OutputKind, NewEvent[]> = { output: [], error: [] };
  #writing: Promise<void> | undefined;
  #lastMs = 0;

  constructor(
    private readonly options: {
      readonly store: LogStore;
      readonly group: string;
      readonly streamName: string;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {}

  /** Adds a line. Waits only where the disk is far behind. */
  async write(kind: OutputKind, message: string): Promise<void> {
    // The clock may jump back; within a run the lines stay in the order in which they came.
    this.#lastMs = Math.max(this.#lastMs, this.options.clock.now());
    this.#waiting[kind].push({ timestampMs: this.#lastMs, message: message === '' ? ' ' : message });
    this.#writing ??= this.#drain();
    if (this.#waiting[kind].length > mostWaiting) await this.#writing;
  }

  /** Resolves when everything written so far can be read. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #drain(): Promise<void> {
    const { store, group, streamName, log } = this.options;
    try {
      for (;;) {
        // Lines that come together are written together.
        await new Promise((resolve) => setImmediate(resolve));
        const output = this.#waiting.output.splice(0);
        const error = this.#waiting.error.splice(0);
        if (output.length + error.length === 0) return;
        if (output.length > 0) await store.write(`${group}/output`, streamName, output);
        if (error.length > 0) await store.write(`${group}/error`, streamName, error);
      }
    } catch (error) {
      log.error(`Log lines of run ${streamName} were lost: ${String(error)}`);
    } finally {
      this.#writing = undefined;
    }
  }
}
