import type { RunSummary } from '../../core/runs/model.ts';
import type { Page } from '../../core/runs/ports.ts';
import type { PageRequest, Pages } from '../calls/pages.ts';

export type GlueJobKind = 'spark' | 'pythonShell' | 'streaming' | 'ray';

export interface GlueJob {
  readonly name: string;
  readonly kind: GlueJobKind;
  readonly description?: string;
  readonly role: string;
  readonly scriptLocation: string;
  readonly glueVersion?: string;
  readonly pythonVersion?: string;
  readonly workerType?: string;
  readonly numberOfWorkers?: number;
  readonly maxCapacity?: number;
  readonly timeoutMinutes?: number;
  readonly maxRetries: number;
  readonly maxConcurrentRuns: number;
  readonly defaultArguments: Readonly<Record<string, string>>;
  readonly nonOverridableArguments: Readonly<Record<string, string>>;
  readonly createdMs?: number;
  readonly modifiedMs?: number;
  /** All of it, in the API's own names. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export interface GlueWorkflow {
  readonly name: string;
  readonly description?: string;
  readonly defaultRunProperties: Readonly<Record<string, string>>;
  readonly lastRun?: RunSummary;
}

export type GlueTriggerKind = 'SCHEDULED' | 'CONDITIONAL' | 'ON_DEMAND' | 'EVENT';

export interface GlueTrigger {
  readonly name: string;
  readonly kind: GlueTriggerKind;
  /** CREATED, ACTIVATED, DEACTIVATED, … */
  readonly awsState: string;
  readonly schedule?: string;
  readonly workflowName?: string;
  readonly actions: readonly { readonly jobName?: string; readonly crawlerName?: string }[];
  readonly description?: string;
}

export interface StartJobRunOptions {
  readonly arguments?: Readonly<Record<string, string>>;
  readonly timeoutMinutes?: number;
  readonly workerType?: string;
  readonly numberOfWorkers?: number;
}

/** A create call's members, in the API's own names; `Name` identifies the resource. */
export type NamedInput = Readonly<Record<string, unknown>> & { readonly Name: string };

export type PutResult = 'created' | 'updated';

export interface FoundWorkflow {
  readonly workflow: Readonly<Record<string, unknown>>;
  readonly triggers: readonly Readonly<Record<string, unknown>>[];
}

/** AWS Glue. All calls reject with UserError. */
export interface GlueApi {
  listJobs(signal?: AbortSignal): Pages<GlueJob>;
  getJob(name: string, signal?: AbortSignal): Promise<GlueJob>;
  /** All members of a job, in the API's own names, or undefined where there is none of that name. */
  findJob(name: string, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Tags of a job, crawler, trigger or workflow. */
  tags(arn: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Newest first. */
  listJobRuns(jobName: string, page: PageRequest, signal?: AbortSignal): Promise<Page<RunSummary>>;
  /**
   * Starts a run and gives its id. StartJobRun has no idempotency token, so it is sent once: after a failure that
   * leaves open whether it arrived, the runs since the call are looked through and, where exactly one new run with
   * the same arguments is there, its id is given; otherwise it rejects with `ambiguous-start`.
   */
  startJobRun(jobName: string, options: StartJobRunOptions, signal?: AbortSignal): Promise<string>;
  stopJobRun(jobName: string, runId: string, signal?: AbortSignal): Promise<void>;
  listWorkflows(signal?: AbortSignal): Pages<GlueWorkflow>;
  /** All members of a workflow and of its triggers, in the API's own names, or undefined where there is none of that name. */
  findWorkflow(name: string, signal?: AbortSignal): Promise<FoundWorkflow | undefined>;
  getWorkflow(name: string, signal?: AbortSignal): Promise<GlueWorkflow>;
  /** Newest first. */
  listWorkflowRuns(name: string, page: PageRequest, signal?: AbortSignal): Promise<Page<RunSummary>>;
  /** Sent once, as startJobRun is. */
  startWorkflowRun(name: string, properties: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<string>;
  stopWorkflowRun(name: string, runId: string, signal?: AbortSignal): Promise<void>;
  /** Triggers that start `jobName`. */
  listTriggersOfJob(jobName: string, signal?: AbortSignal): Promise<readonly GlueTrigger[]>;
  listTriggersOfWorkflow(workflowName: string, signal?: AbortSignal): Promise<readonly GlueTrigger[]>;
  startTrigger(name: string, signal?: AbortSignal): Promise<void>;
  /** Creates the job, or replaces its whole definition. */
  putJob(input: NamedInput, signal?: AbortSignal): Promise<PutResult>;
  putWorkflow(input: NamedInput, signal?: AbortSignal): Promise<PutResult>;
  putTrigger(input: NamedInput, signal?: AbortSignal): Promise<PutResult>;
}
