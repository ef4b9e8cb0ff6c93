/** Which API a run belongs to. `localRun` is a script in the Glue container of this machine. */
export type RunKind = 'execution' | 'jobRun' | 'workflowRun' | 'localRun';

/** What names a run over windows, reloads and connections. */
export interface RunKey {
  readonly connectionId: string;
  readonly kind: RunKind;
  /** State machine ARN, job name, workflow name, or script path. */
  readonly resource: string;
  /** Execution ARN, `jr_…`, `wr_…`, or a local run's id. */
  readonly id: string;
}

/** One text for a key, usable as a map key and as a tree item's id. */
export function runKeyText(key: RunKey): string {
  return [key.connectionId, key.kind, key.resource, key.id].map(encodeURIComponent).join('/');
}

/** The services' states in one vocabulary; the service's own word is kept beside it. */
export type RunState = 'waiting' | 'running' | 'succeeded' | 'failed' | 'timedOut' | 'stopped';

export function isTerminal(state: RunState): boolean {
  return state !== 'waiting' && state !== 'running';
}

/** The outcome of a run or of a step, as far as it is known. Times are milliseconds since the epoch. */
export interface RunOutcome {
  readonly state: RunState;
  /** What AWS calls it, for instance `SUCCEEDED`, `STOPPING`, `EXPIRED`. */
  readonly awsState: string;
  readonly startedMs?: number;
  readonly endedMs?: number;
  readonly error?: string;
  readonly cause?: string;
}

/** What a job run used: DPU-hours, and their list price in US dollars without discounts. */
export interface CostEstimate {
  readonly dpuHours: number;
  readonly dollars: number;
}

/** A run as lists show it. */
export interface RunSummary extends RunOutcome {
  readonly key: RunKey;
  /** Name of the execution or id of the run. */
  readonly name: string;
  readonly attempt?: number;
  /** Of a job run, once that is known. */
  readonly cost?: CostEstimate;
}

/** Maps a Step Functions execution status (RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED, PENDING_REDRIVE) to ours. */
export function executionState(awsState: string): RunState {
  switch (awsState) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'TIMED_OUT':
      return 'timedOut';
    case 'ABORTED':
      return 'stopped';
    case 'PENDING_REDRIVE':
      return 'waiting';
    default:
      return 'running';
  }
}

/** Maps a Glue job run or workflow run state to ours. */
export function glueRunState(awsState: string): RunState {
  switch (awsState) {
    case 'SUCCEEDED':
    case 'COMPLETED':
      return 'succeeded';
    case 'FAILED':
    case 'ERROR':
      return 'failed';
    case 'TIMEOUT':
    case 'EXPIRED':
      return 'timedOut';
    case 'STOPPED':
      return 'stopped';
    case 'WAITING':
    case 'STARTING':
      return 'waiting';
    default:
      return 'running';
  }
}
