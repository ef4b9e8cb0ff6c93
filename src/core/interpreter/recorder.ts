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
  readonly sink?: RecordSink;
  /** Whether the history ends at 25,000 events (STANDARD). */
  readonly isLimited: boolean;
  /** Id of the last event so far: 0, or that of the history that a redrive goes on with. */
  readonly lastEventId?: number;
}

/** What an event says beside its type. */
export interface EventContent {
  readonly stateName?: string | undefined;
  /** Name of the details member without `EventDetails`, and what stands in it beside the payload. */
  readonly details?: readonly [name: string, content: HistoryEventDetails] | undefined;
  readonly payload?: Payload | undefined;
}

/** The data that an event carries: the member of its details, the value, and the value's JSON text. */
export interface Payload {
  readonly name: 'input' | 'output';
  readonly value: Json;
  readonly text: string;
}

/** An event before it is put in AWS's form. */
export interface RecordedEvent
  extends EventContent, Pick<HistoryEvent, 'timestamp' | 'type' | 'id' | 'previousEventId'> {
  readonly origin: RecorderOptions;
}

/** Called once per event, in order of id within each execution. Must not throw. */
export type RecordSink = (event: RecordedEvent) => void;

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
  recordLast(branch: Branch, type: HistoryEventType, { stateName, details, payload }: EventContent = {}): number {
    const id = ++this.#lastId;
    const { sink, clock } = this.options;
    const { previousEventId } = branch;
    branch.previousEventId = id;
    sink?.({ timestamp: clock.now(), type, id, previousEventId, origin: this.options, stateName, details, payload });
    return id;
  }
}

/** Hands events on in the form that GetExecutionHistory gives. */
export function toHistory(sink: HistorySink): RecordSink {
  return ({ timestamp, type, id, previousEventId, stateName, details, payload, origin }) => {
    const event: HistoryEvent = {
      timestamp,
      type,
      id,
      previousEventId,
      ...(details && { [`${details[0]}EventDetails`]: { ...details[1], ...(payload && payloadDetails(payload)) } }),
    };
    const { executionArn, child } = origin;
    const where: EventOrigin = {
      executionArn,
      ...(stateName !== undefined && { stateName }),
      ...(child && { mapRunArn: child.mapRunArn, childIndex: child.index }),
    };
    sink(event, where);
  };
}

/** A payload and the `…Details` mark that events have beside it. */
function payloadDetails({ name, text }: Payload): HistoryEventDetails {
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

  /** As an event carries it. */
  payload(name: Payload['name'], value: Json): Payload {
    return { name, value, text: this.of(value) };
  }
}
