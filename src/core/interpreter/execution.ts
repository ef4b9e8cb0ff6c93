import type { HistorySink } from './history.ts';
import type { Json, JsonObject } from './json.ts';
import type { InterpreterPorts } from './ports.ts';
import type { RecordSink } from './recorder.ts';

export type ExecutionStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** How a run ended. `output` only when SUCCEEDED; `error` and `cause` where the others have them. */
export interface ExecutionResult {
  readonly status: ExecutionStatus;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
}

/** What the context object says about the run. */
export interface ExecutionIdentity {
  readonly executionArn: string;
  readonly executionName: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
  readonly roleArn: string;
}

export interface StartExecutionOptions {
  /** A parsed and validated definition. What is wrong with it nevertheless fails the run as `States.Runtime`. */
  readonly definition: JsonObject;
  readonly input: Json;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly identity: ExecutionIdentity;
  readonly ports: InterpreterPorts;
  /** Hears every event, those of child executions too, while the run goes on. Default: none. */
  readonly onEvent?: HistorySink;
  /** In place of `onEvent`: the same events with their payloads as values. */
  readonly onRecorded?: RecordSink;
  /** Hears each change of a distributed Map's Map Run. */
  readonly onMapRun?: (run: MapRunSnapshot) => void;
  /** Multiplies Wait states and retry delays: 1 is real time, 0 skips them. Default 1. Limits of tasks stay real. */
  readonly waitScale?: number;
  /** A child of a Map Run that a redrive goes on with, by its index; undefined where it had not ended. Default: none had. */
  readonly childBefore?: (child: ChildPlace) => Promise<ChildBefore | undefined>;
  /** RedriveExecution: goes on after an unsuccessful run (see `resumePoint`) with an ExecutionRedriven event. */
  readonly resume?: ResumePoint;
  /** Aborting it is `abort()` without error and cause. */
  readonly signal?: AbortSignal;
}

/** Where a line of states goes on: a run, a Parallel branch or a Map iteration. */
export interface LineResume {
  readonly stateName: string;
  /** Input that the state had. */
  readonly input: Json;
  /** Assigned on this line so far. */
  readonly variables: JsonObject;
  /** What the branches or iterations inside the state had reached, by index; those that are missing had not begun. */
  readonly inner?: ReadonlyMap<number, LineProgress>;
  /** The Map Run that a distributed Map goes on with, and how often it was redriven, this time included. */
  readonly mapRun?: MapRunResume;
}

export interface MapRunResume {
  readonly arn: string;
  /** When it first started, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly redriveCount: number;
}

/** Which child of a Map Run, and the item processor that it runs. */
export interface ChildPlace {
  readonly mapRunArn: string;
  readonly index: number;
  readonly processor: JsonObject;
}

/** What a redrive knows of a child execution of a Map Run. */
export interface ChildBefore {
  readonly executionArn: string;
  readonly startDate: number;
  readonly stopDate: number;
  /** How often it was redriven so far. */
  readonly redrives: number;
  /** When it succeeded, and gave this. */
  readonly output?: Json;
  /** Where a Standard child that did not succeed goes on; Express children start again. */
  readonly resume?: ResumePoint;
}

/** What a redrive finds of a branch or an iteration: it had succeeded, or goes on somewhere. */
export type LineProgress = { readonly kind: 'done'; readonly output: Json } | ({ readonly kind: 'open' } & LineResume);

/** Where an unsuccessful run goes on. */
export interface ResumePoint extends LineResume {
  /** Id of the last event of the history so far. */
  readonly lastEventId: number;
  /** Counts this redrive as well. */
  readonly redriveCount: number;
  /** When the run first started, in milliseconds since the epoch. */
  readonly startedAt: number;
}

export interface RunningExecution {
  /** Resolves when the run has ended, never rejects. */
  readonly result: Promise<ExecutionResult>;
  /** StopExecution: cancels waits and tasks; `result` becomes ABORTED. Does nothing after the end. */
  abort(error?: string, cause?: string): void;
}

/** DescribeMapRun's facts about one Map Run. Times in milliseconds since the epoch. */
export interface MapRunSnapshot {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly stateName: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly startDate: number;
  readonly stopDate?: number;
  readonly redriveCount: number;
  readonly redriveDate?: number;
  /** 0 means no limit. */
  readonly maxConcurrency: number;
  readonly toleratedFailurePercentage: number;
  readonly toleratedFailureCount: number;
  readonly itemCounts: MapRunCounts;
  readonly executionCounts: MapRunCounts;
}

export interface MapRunCounts {
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly aborted: number;
  readonly total: number;
  readonly resultsWritten: number;
}
