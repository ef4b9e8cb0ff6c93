import type { Clock } from '../base/clock.ts';
import type { EventOrigin, HistoryEvent, HistoryEventDetails, HistoryEventType, HistorySink } from './history.ts';
import { MAX_HISTORY_EVENTS } from './limits.ts';
import type { Payload } from './payload.ts';
import { StateError } from './stateError.ts';

export interface RecorderOptions {
  readonly clock: Pick<Clock, 'now'>;
  readonly executionArn: string;
  /** Of a child execution. */
  readonly child?: { readonly mapRunArn: string; readonly index: number };
  readonly sink?: RecordSink | undefined;
  /** Whether the history ends at 25,000 events (STANDARD). */
  readonly isLimited: boolean;
  /** Id of the last event so far: 0, or that of the history that a redrive goes on with. */
  readonly lastEventId?: number | undefined;
}

/** What an event says beside its type. */
export interface EventContent {
  readonly stateName?: string | undefined;
  /** What stands in the event's details beside the data; none for an event that has no details. */
  readonly details?: HistoryEventDetails | undefined;
  /** The data that the event carries in its details. */
  readonly input?: Payload | undefined;
  readonly output?: Payload | undefined;
  /** Of a TaskScheduled event: its details carry it without the mark that input and output have. */
  readonly parameters?: Payload | undefined;
}

/** An event before it is put in AWS's form. */
export interface RecordedEvent extends Pick<HistoryEvent, 'timestamp' | 'type' | 'id' | 'previousEventId'> {
  readonly content: EventContent;
  readonly origin: RecorderOptions;
}

/** Called once per event, in order of id within each execution. Must not throw. */
export type RecordSink = (event: RecordedEvent) => void;

/** Where the next event of a branch hangs. */
export interface Branch {
  previousEventId: number;
}

const NO_CONTENT: EventContent = {};

/** Gives the events of one execution their ids and hands them to the sink. */
export class Recorder {
  #lastId: number;

  constructor(private readonly options: RecorderOptions) {
    this.#lastId = options.lastEventId ?? 0;
  }

  /** Records an event of a branch and returns its id. Throws when the history is full. */
  record(branch: Branch, type: HistoryEventType, content: EventContent = NO_CONTENT): number {
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
  recordLast(branch: Branch, type: HistoryEventType, content: EventContent = NO_CONTENT): number {
    const id = ++this.#lastId;
    const { previousEventId } = branch;
    branch.previousEventId = id;
    const { options } = this;
    options.sink?.({ timestamp: options.clock.now(), type, id, previousEventId, content, origin: options });
    return id;
  }
}

/** Hands events on in the form that GetExecutionHistory gives. */
export function toHistory(sink: HistorySink): RecordSink {
  return ({ timestamp, type, id, previousEventId, content, origin }) => {
    const { details, stateName } = content;
    const event: HistoryEvent = {
      timestamp,
      type,
      id,
      previousEventId,
      ...(details && { [detailsName(type)]: { ...details, ...payloadDetails(content) } }),
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

/** The member that holds the details of an event: one for the way into a state of any type, one for the way out. */
function detailsName(type: HistoryEventType): `${string}EventDetails` {
  const way = /State(Entered|Exited)$/.exec(type)?.[1];
  return way === undefined ? `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails` : `state${way}EventDetails`;
}

/** The payload of an event and the `…Details` mark that input and output have beside them. */
function payloadDetails({ input, output, parameters }: EventContent): HistoryEventDetails {
  return {
    ...(parameters && { parameters: parameters.text }),
    ...(input && { input: input.text, inputDetails: { truncated: false } }),
    ...(output && { output: output.text, outputDetails: { truncated: false } }),
  };
}
