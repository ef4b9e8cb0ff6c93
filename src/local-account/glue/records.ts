import { isMembers, type Members } from '../http/input.ts';
import type { ProcessIdentity } from '../../processes/processTree.ts';

/** A job as it was created; `definition` holds the members of the API's Job beside name and times. */
export interface JobRecord {
  readonly name: string;
  readonly definition: Members;
  readonly createdMs: number;
  readonly modifiedMs: number;
}

export const activeStates = ['WAITING', 'STARTING', 'RUNNING', 'STOPPING'] as const;
export type JobRunState = (typeof activeStates)[number] | 'SUCCEEDED' | 'FAILED' | 'STOPPED' | 'TIMEOUT' | 'ERROR';

export function isActive(state: JobRunState): boolean {
  return activeStates.some((active) => active === state);
}

/** Why a run is there beside somebody's own start. */
export interface RunOrigin {
  readonly triggerName: string;
  /** What started together with it: a workflow run's id, or a made-up one. */
  readonly chainId: string;
  readonly workflowName?: string;
}

export interface JobRunRecord {
  readonly id: string;
  readonly jobName: string;
  /** 0 for the first. */
  readonly attempt: number;
  readonly previousRunId?: string;
  readonly origin?: RunOrigin;
  readonly state: JobRunState;
  readonly startedMs: number;
  readonly modifiedMs: number;
  readonly endedMs?: number;
  /** When the script began. */
  readonly runningMs?: number;
  readonly executionSeconds?: number;
  readonly errorMessage?: string;
  readonly stateDetail?: string;
  /** As given to StartJobRun. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Members of StartJobRun that override the job's. */
  readonly overrides: Members;
  /** The job's definition when the run was started. */
  readonly definition: Members;
  readonly process?: ProcessIdentity;
}

export type TriggerType = 'ON_DEMAND' | 'SCHEDULED' | 'CONDITIONAL' | 'EVENT';
export type TriggerState = 'CREATED' | 'ACTIVATED' | 'DEACTIVATED';

export interface TriggerRecord {
  readonly name: string;
  readonly type: TriggerType;
  readonly state: TriggerState;
  readonly workflowName?: string;
  readonly description?: string;
  readonly schedule?: string;
  readonly predicate?: Predicate;
  readonly actions: readonly TriggerAction[];
  readonly eventBatching?: Members;
}

export interface TriggerAction {
  readonly jobName?: string;
  readonly crawlerName?: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly timeoutMinutes?: number;
}

export interface Predicate {
  readonly logical: 'AND' | 'ANY';
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly jobName?: string;
  readonly state?: string;
  readonly crawlerName?: string;
  readonly crawlState?: string;
}

export interface WorkflowRecord {
  readonly name: string;
  readonly description?: string;
  readonly defaultRunProperties: Readonly<Record<string, string>>;
  readonly maxConcurrentRuns?: number;
  readonly createdMs: number;
  readonly modifiedMs: number;
}

export type WorkflowRunStatus = 'RUNNING' | 'COMPLETED' | 'STOPPING' | 'STOPPED' | 'ERROR';

export interface WorkflowRunRecord {
  readonly id: string;
  readonly workflowName: string;
  readonly status: WorkflowRunStatus;
  readonly properties: Readonly<Record<string, string>>;
  readonly startedMs: number;
  readonly endedMs?: number;
  readonly errorMessage?: string;
  /** The workflow's triggers when the run was started; later changes do not reach it. */
  readonly triggers: readonly TriggerRecord[];
  /** Names of the triggers that fired. */
  readonly fired: readonly string[];
  /** Actions that could not be started, with what AWS calls them: ERROR. */
  readonly failedActions: number;
  /** The run that this one resumes. */
  readonly previousRunId?: string;
  /** Nodes of that run, by kind and name, whose results count in this one. */
  readonly inherited?: readonly string[];
}

const hasTexts = (value: unknown, ...names: string[]): value is Members =>
  isMembers(value) && names.every((name) => typeof value[name] === 'string');

export function isJobRecord(value: unknown): value is JobRecord {
  return hasTexts(value, 'name') && isMembers(value['definition']) && typeof value['createdMs'] === 'number';
}

export function isJobRunRecord(value: unknown): value is JobRunRecord {
  return (
    hasTexts(value, 'id', 'jobName', 'state') &&
    typeof value['startedMs'] === 'number' &&
    isMembers(value['arguments']) &&
    isMembers(value['overrides']) &&
    isMembers(value['definition'])
  );
}

export function isTriggerRecord(value: unknown): value is TriggerRecord {
  return hasTexts(value, 'name', 'type', 'state') && Array.isArray(value['actions']);
}

export function isWorkflowRecord(value: unknown): value is WorkflowRecord {
  return hasTexts(value, 'name') && isMembers(value['defaultRunProperties']) && typeof value['createdMs'] === 'number';
}

export function isWorkflowRunRecord(value: unknown): value is WorkflowRunRecord {
  return (
    hasTexts(value, 'id', 'workflowName', 'status') &&
    isMembers(value['properties']) &&
    Array.isArray(value['triggers']) &&
    Array.isArray(value['fired'])
  );
}
