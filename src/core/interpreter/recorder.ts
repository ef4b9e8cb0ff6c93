import type { Clock } from '../base/clock.ts';
import type { EventOrigin, HistoryEvent, HistoryEventDetails, HistoryEventType, HistorySink } from './history.ts';
import type { Json } from './json.ts';
import { MAX_HISTORY_EVENTS } from './limits.ts';
import { StateError } from './stateError.ts';

export interface RecorderOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly executionArn: string;
  /** Of a child execution. */
  readonly child?: { readonly mapRunArn: string; readonly index: number };
  readonly sink?: HistorySink;
  /** Whether the history ends at 25,000 events (STANDARD). */
  readonly isLimited: boolean;
  /** Id of the last event so far: 0, or that of the history that a redrive goes on with. */
  readonly lastEventId?: number;
}

/** What an event needs beside its type. `details` is the name of its details member without `EventDetails`, and the content. */
export interface EventContent {
  readonly stateName?: string;
  readonly details?: readonly [name: string, content: HistoryEventDetails];
}

/** Where the next event of a branch hangs. */
export interface Branch {
  previousEventId: number;
}

/** Gives the events of one execution their ids and hands them to the sink. */
export class Recorder {
  #lastId: number;

  constructor(private readonly options: RecorderOptions) {
    this.#lastId = options.lastEventId ?? 0;
  }

  /** Records an event of a branch and returns its id. Throws when the history is full. */
  record(branch: Branch, type: HistoryEventType, content: EventContent = {}): number {
    if (this.options.isLimited && this.#lastId >= MAX_HISTORY_EVENTS - 1) {
      throw new StateError(
        'States.Runtime',
        `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`,
        {
          fatal: true,
        },
      );
    }
    return this.recordLast(branch, type, content);
  }

  /** As `record`, for the event that ends the execution: there is always room for it. */
  recordLast(branch: Branch, type: HistoryEventType, content: EventContent = {}): number {
    const id = ++this.#lastId;
    const { sink, executionArn, child } = this.options;
    if (sink) {
      const event: HistoryEvent = {
        timestamp: this.options.clock.now(),
        type,
        id,
        previousEventId: branch.previousEventId,
        ...(content.details && { [`${content.details[0]}EventDetails`]: content.details[1] }),
      };
      const origin: EventOrigin = {
        executionArn,
        ...(content.stateName !== undefined && { stateName: content.stateName }),
        ...(child && { mapRunArn: child.mapRunArn, childIndex: child.index }),
      };
      sink(event, origin);
    }
    branch.previousEventId = id;
    return id;
  }
}

/** Details of a payload member and its `…Details` mark, as events carry them. */
export function payload(name: string, text: string): HistoryEventDetails {
  return { [name]: text, [`${name}Details`]: { truncated: false } };
}

/** JSON text of a value, remembered while the same value goes from one event to the next. */
export class PayloadText {
  #value: Json | undefined;
  #text = '';

  of(value: Json): string {
    if (this.#value === undefined || this.#value !== value) {
      this.#text = JSON.stringify(value);
      this.#value = value;
    }
    return this.#text;
  }
}
