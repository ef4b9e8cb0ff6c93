import type { RunState } from './model.ts';

export interface JobRunRef {
  readonly jobName: string;
  readonly runId: string;
}

/** One try of a state's work. A state without work (Choice, Pass, …) has none. */
export interface StepAttempt {
  /** Counts from 1. */
  readonly number: number;
  readonly state: RunState;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly error?: string;
  readonly cause?: string;
  /** The Glue job run that this try started. */
  readonly jobRun?: JobRunRef;
  /** The Step Functions execution that this try started. */
  readonly executionArn?: string;
}

/** One visit of a state: a loop gives a step per round, a Map one per item. */
export interface Step {
  /** Unique within its timeline; for executions the id of the event that entered the state. */
  readonly id: number;
  readonly name: string;
  /** `Task`, `Choice`, `Map`, …; `Job` or `Crawler` for the nodes of a Glue workflow. */
  readonly type: string;
  /** Scope labels, then the name: `['Branch 1', 'Clean']`, `['LoadAll[3]', 'Load']`. */
  readonly path: readonly string[];
  /** Id of the Parallel or Map step around it. */
  readonly parentId?: number;
  readonly state: RunState;
  /** Failed, and a Catch took it up. */
  readonly isCaught: boolean;
  /** The last try failed and the next has not started. */
  readonly isAwaitingRetry: boolean;
  readonly enteredMs: number;
  readonly exitedMs?: number;
  /** JSON text, absent where the execution data is not included. */
  readonly input?: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly attempts: readonly StepAttempt[];
  /** Where a Choice went. */
  readonly next?: string;
  /** Items of a Map, once it started. */
  readonly itemCount?: number;
  readonly itemsDone?: number;
  /** `glue:startJobRun.sync`, `lambda`, …, once scheduled. */
  readonly resource?: string;
  readonly mapRunArn?: string;
}

/** What is known of an execution's course. A live view: it changes as events come, its steps keep their place. */
export interface Timeline {
  /** In the order in which they were entered. */
  readonly steps: readonly Step[];
  /** Innermost steps that are on now. */
  readonly current: readonly Step[];
  step(id: number): Step | undefined;
  /** Visits of the state of this name, oldest first, at any depth. */
  visits(name: string): readonly Step[];
}
