/**
 * One event as GetExecutionHistory returns it, payloads as JSON text. `timestamp` is in milliseconds since the epoch
 * (the wire wants seconds). https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export interface HistoryEvent {
  readonly timestamp: number;
  readonly type: HistoryEventType;
  /** Counts from 1 within its execution. */
  readonly id: number;
  /** Id of the event that this one followed on its branch; 0 for the first. */
  readonly previousEventId: number;
  /** The one `…EventDetails` member that events of this type carry, by its API name, or none. */
  readonly [details: `${string}EventDetails`]: HistoryEventDetails;
}

/** Members of an event's details, by their API names (`name`, `input`, `inputDetails`, `error`, `cause`, …). */
export type HistoryEventDetails = Readonly<Record<string, HistoryDetail>>;
export type HistoryDetail = string | number | boolean | undefined | Readonly<Record<string, string | boolean>>;

/** Where an event happened. */
export interface EventOrigin {
  /** Execution whose history holds the event: the run itself or a child execution of a distributed Map. */
  readonly executionArn: string;
  /** State that the event belongs to, also where AWS's event does not say (TaskScheduled); none for Execution events. */
  readonly stateName?: string;
  /** Set for events of child executions of a distributed Map. */
  readonly mapRunArn?: string;
  /** Which child of its Map Run it is, counted in the order in which they began. */
  readonly childIndex?: number;
}

/** Called once per event, in order of id within each execution. Must not throw. */
export type HistorySink = (event: HistoryEvent, origin: EventOrigin) => void;

export type HistoryEventType =
  | `Execution${'Started' | 'Succeeded' | 'Failed' | 'Aborted' | 'TimedOut' | 'Redriven'}`
  | `${'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Map' | 'Parallel'}State${'Entered' | 'Exited'}`
  | 'FailStateEntered'
  | `${'Task' | 'Map' | 'Parallel' | 'Wait'}StateAborted`
  | `${'Map' | 'Parallel'}State${'Started' | 'Succeeded' | 'Failed'}`
  | `MapIteration${'Started' | 'Succeeded' | 'Failed' | 'Aborted'}`
  | `MapRun${'Started' | 'Succeeded' | 'Failed' | 'Aborted' | 'Redriven'}`
  | `LambdaFunction${'Scheduled' | 'ScheduleFailed' | 'Started' | 'StartFailed' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `Activity${'Scheduled' | 'ScheduleFailed' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `Task${'Scheduled' | 'Started' | 'StartFailed' | 'Submitted' | 'SubmitFailed' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | 'EvaluationFailed';
