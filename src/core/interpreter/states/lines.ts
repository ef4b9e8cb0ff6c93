import { innerFrame, type Frame, type InnerLine, type OpenState } from '../frame.ts';
import type { JsonObject } from '../json.ts';
import { Stopped } from '../stateError.ts';
import { StopGroup } from '../stopGroup.ts';
import type { Visit } from '../visit.ts';

/** The branches of a Parallel or the iterations of a Map: run side by side, all stopped when one fails. */
export class Lines {
  readonly #group = new StopGroup();
  readonly #lines: InnerLine[] = [];
  #failure: { readonly error: unknown } | undefined;
  #lastEventId: number;

  constructor(private readonly visit: Visit) {
    this.#lastEventId = visit.frame.previousEventId;
    if (visit.frame.open) visit.frame.open.inner = this.#lines;
  }

  /**
   * Runs `count` jobs, at most `concurrency` at a time, each on a line of its own. When one fails: stops the others, lets
   * them end, records what was cut short, and rejects with that first failure.
   */
  async run(
    count: number,
    concurrency: number,
    job: {
      readonly mapOf?: (index: number) => JsonObject;
      readonly work: (index: number, frame: Frame) => Promise<void>;
    },
  ): Promise<void> {
    const outer = this.visit.frame;
    const forget = outer.stop.onStop(() => this.#group.stop());
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < count && !this.#group.isStopped) {
        const index = next++;
        await this.#runLine(index, job);
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(count, concurrency) }, worker));
    } finally {
      forget();
    }
    outer.previousEventId = this.#lastEventId;
    if (this.#failure) {
      if (!outer.stop.isStopped && outer.open) closeInner(outer, outer.open);
      throw this.#failure.error;
    }
    if (outer.stop.isStopped) throw new Stopped('The run was stopped.');
  }

  async #runLine(
    index: number,
    job: {
      readonly mapOf?: (index: number) => JsonObject;
      readonly work: (index: number, frame: Frame) => Promise<void>;
    },
  ): Promise<void> {
    const map = job.mapOf && { index, context: job.mapOf(index) };
    const frame = innerFrame(this.visit.frame, this.#group, map);
    const line: InnerLine = { frame, hasFailed: false, ...(map && { index }) };
    this.#lines.push(line);
    try {
      await job.work(index, frame);
      this.#lines.splice(this.#lines.indexOf(line), 1);
    } catch (error) {
      if (!this.#group.isStopped) {
        line.hasFailed = true;
        this.#failure = { error };
        this.#group.stop();
      }
    }
    this.#lastEventId = frame.previousEventId;
  }
}

/** Records the Aborted events of lines that were cut short. A line that failed by itself ends its own Task only. */
function closeInner(on: Frame, open: OpenState): void {
  for (const line of open.inner) {
    if (!line.hasFailed && open.type === 'Map' && line.index !== undefined) {
      on.execution.recorder.record(on, 'MapIterationAborted', {
        stateName: open.name,
        details: { name: open.name, index: line.index },
      });
    }
    closeFrame(line.frame, on, line.hasFailed);
  }
}

/** Records that the open state of a frame was aborted, the states inside it first. */
export function closeFrame(frame: Frame, on: Frame, hasFailed: boolean): void {
  const { open } = frame;
  if (!open) return;
  frame.open = undefined;
  if (!hasFailed) closeInner(on, open);
  const { type } = open;
  if (type === 'Task' || type === 'Wait' || (!hasFailed && (type === 'Map' || type === 'Parallel'))) {
    on.execution.recorder.record(on, `${type}StateAborted`, { stateName: open.name });
  }
}
