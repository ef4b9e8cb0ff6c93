import type { RunOutcome } from './model.ts';

/** One event of an execution's history: `id` counts from 1, `details` is the event's own detail object. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestampMs: number;
  /** For instance `TaskStateEntered`, `TaskSubmitted`, `ExecutionFailed`. */
  readonly type: string;
  /** The event's `…EventDetails` member, as the API gives it; input and output are JSON text. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** A page; without `nextToken` it is the last one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

export interface ExecutionDetail extends RunOutcome {
  readonly name: string;
  readonly stateMachineArn: string;
  readonly input?: string;
  readonly output?: string;
  /** When AWS allows a redrive, `REDRIVABLE`. */
  readonly redriveStatus?: string;
}

/**
 * What a watcher reads of Step Functions. Calls reject with UserError: `throttled` and `network` are worth
 * another try, everything else is not.
 */
export interface ExecutionPort {
  describeExecution(executionArn: string, signal?: AbortSignal): Promise<ExecutionDetail>;
  /** Oldest first. The token of a page stays good: asking again with it gives that page, grown by later events. */
  getExecutionHistory(
    executionArn: string,
    options: { readonly nextToken?: string; readonly pageSize?: number },
    signal?: AbortSignal,
  ): Promise<Page<HistoryEvent>>;
  /** The definition that this execution ran, which later updates of the state machine do not change. */
  describeDefinitionOfExecution(executionArn: string, signal?: AbortSignal): Promise<string>;
}

export interface JobRunDetail extends RunOutcome {
  readonly jobName: string;
  readonly runId: string;
  readonly attempt: number;
  readonly executionSeconds?: number;
  readonly dpuSeconds?: number;
  readonly maxCapacity?: number;
  readonly workerType?: string;
  readonly numberOfWorkers?: number;
  readonly glueVersion?: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** Base name of the log groups, `/aws-glue/jobs` where AWS names none. */
  readonly logGroupName?: string;
  readonly triggerName?: string;
  readonly previousRunId?: string;
}

export interface JobRunPort {
  getJobRun(jobName: string, runId: string, signal?: AbortSignal): Promise<JobRunDetail>;
}

/** A node of a workflow run's graph with the runs it led to. */
export interface WorkflowRunNode {
  readonly type: 'TRIGGER' | 'JOB' | 'CRAWLER';
  readonly name: string;
  readonly jobRuns: readonly JobRunDetail[];
  readonly crawls: readonly RunOutcome[];
}

export interface WorkflowRunDetail extends RunOutcome {
  readonly workflowName: string;
  readonly runId: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly nodes: readonly WorkflowRunNode[];
}

export interface WorkflowRunPort {
  getWorkflowRun(workflowName: string, runId: string, signal?: AbortSignal): Promise<WorkflowRunDetail>;
}

export interface LogEvent {
  readonly timestampMs: number;
  readonly message: string;
}

export interface LogPage {
  readonly events: readonly LogEvent[];
  /** Where to go on. Equal to the token that was asked with when there is nothing more by now. */
  readonly nextToken: string;
}

export interface LogPort {
  /** Reads a stream from its head, oldest first. Undefined while the group or the stream does not exist (yet). */
  getLogEvents(
    stream: { readonly group: string; readonly stream: string },
    nextToken: string | undefined,
    signal?: AbortSignal,
  ): Promise<LogPage | undefined>;
  /** Names of the streams of a group that start with `prefix`; empty where the group does not exist. */
  listLogStreams(group: string, prefix: string, signal?: AbortSignal): Promise<readonly string[]>;
}

/** Everything a run store needs of one connection. */
export interface RunPorts extends ExecutionPort, JobRunPort, WorkflowRunPort, LogPort {
  /** Whether what answers is on this machine, such as an emulator, and limits nothing. By default it is AWS. */
  isNear?(signal?: AbortSignal): Promise<boolean>;
}
