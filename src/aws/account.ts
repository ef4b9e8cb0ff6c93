import type { InventoryApi } from './inventory/api.ts';
import type { Connection } from '../core/connections/connection.ts';
import type { RunSummary } from '../core/runs/model.ts';
import type { Page, RunPorts } from '../core/runs/ports.ts';

/** Pages as they arrive: the first rows can be shown before the last page is asked for. */
export type Pages<T> = AsyncIterable<readonly T[]>;

/** Which page of a list, and how long. */
export interface PageRequest {
  readonly nextToken?: string;
  readonly pageSize: number;
}

export interface CallerIdentity {
  readonly accountId: string;
  /** ARN of the user or assumed role that the calls are made as. */
  readonly arn: string;
}

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

export interface StateMachineSummary {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly createdMs?: number;
}

export interface StateMachine extends StateMachineSummary {
  readonly definition: string;
  readonly roleArn: string;
  readonly loggingLevel?: string;
  readonly description?: string;
  readonly revisionId?: string;
}

export interface StartJobRunOptions {
  readonly arguments?: Readonly<Record<string, string>>;
  readonly timeoutMinutes?: number;
  readonly workerType?: string;
  readonly numberOfWorkers?: number;
}

export interface StartExecutionOptions {
  /** JSON text. */
  readonly input: string;
  readonly name?: string;
}

/** What a synchronous Express execution gave. */
export interface SyncExecutionResult {
  readonly executionArn: string;
  readonly name: string;
  readonly state: 'succeeded' | 'failed' | 'timedOut';
  readonly awsState: string;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly billedMs?: number;
}

/** A create call's members, in the API's own names; `Name` identifies the resource. */
export type NamedInput = Readonly<Record<string, unknown>> & { readonly Name: string };

export type PutResult = 'created' | 'updated';

/** Credentials to hand on, with the moment they end where they do. */
export interface AccountCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
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

export interface StateMachineInput {
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
}

/** AWS Step Functions. All calls reject with UserError. */
export interface StepFunctionsApi {
  listStateMachines(signal?: AbortSignal): Pages<StateMachineSummary>;
  describeStateMachine(arn: string, signal?: AbortSignal): Promise<StateMachine>;
  /** Newest first. Rejects with `not-supported` for Express machines, whose executions the API does not list. */
  listExecutions(stateMachineArn: string, page: PageRequest, signal?: AbortSignal): Promise<Page<RunSummary>>;
  /** Starts and gives the execution's ARN. `name` is made up where absent, so that a retry never starts twice. */
  startExecution(stateMachineArn: string, options: StartExecutionOptions, signal?: AbortSignal): Promise<string>;
  startSyncExecution(
    stateMachineArn: string,
    options: StartExecutionOptions,
    signal?: AbortSignal,
  ): Promise<SyncExecutionResult>;
  stopExecution(
    executionArn: string,
    reason: { readonly error?: string; readonly cause?: string },
    signal?: AbortSignal,
  ): Promise<void>;
  redriveExecution(executionArn: string, signal?: AbortSignal): Promise<void>;
  /** Creates the machine, or updates the one of that name. */
  putStateMachine(
    input: StateMachineInput,
    signal?: AbortSignal,
  ): Promise<{ readonly arn: string; readonly change: PutResult }>;
  /** What AWS finds wrong with a definition, errors first. */
  validateDefinition(
    definition: string,
    type: 'STANDARD' | 'EXPRESS',
    signal?: AbortSignal,
  ): Promise<readonly DefinitionProblem[]>;
  /** Runs one state of a definition. A Task without a mock calls its service, with the rights of the role. */
  testState(test: StateTest, signal?: AbortSignal): Promise<StateTestResult>;
  /** Publishes what the machine is now as a version, and gives its ARN; the same version where nothing changed since. */
  publishVersion(stateMachineArn: string, signal?: AbortSignal): Promise<string>;
  listAliases(stateMachineArn: string, signal?: AbortSignal): Promise<readonly MachineAlias[]>;
  /** ARNs of the versions that an alias sends executions to. */
  aliasVersions(aliasArn: string, signal?: AbortSignal): Promise<readonly string[]>;
  /** Sends all executions of an alias to one version. */
  moveAlias(aliasArn: string, versionArn: string, signal?: AbortSignal): Promise<void>;
  tags(arn: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>>;
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html; all texts but names are JSON. */
export interface StateTest {
  /** A whole machine. */
  readonly definition: string;
  readonly stateName: string;
  readonly input: string;
  readonly variables?: string;
  readonly inspectionLevel: 'INFO' | 'DEBUG' | 'TRACE';
  readonly mock?: StateMock;
  /** Stands for the whole context object. */
  readonly context?: string;
  readonly stateConfiguration?: {
    readonly retrierRetryCount?: number;
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    readonly mapItemReaderData?: string;
  };
  readonly roleArn?: string;
}

export type StateMock = (
  { readonly result: string } | { readonly errorOutput: { readonly error: string; readonly cause: string } }
) & { readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE' };

export interface StateTestResult {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  /** Parsed, by the API's names; empty at level INFO. */
  readonly inspection: Readonly<Record<string, unknown>>;
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html */
export interface DefinitionProblem {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** JSON pointer, where the problem has a place. */
  readonly location?: string;
}

/** A name that routes executions to versions of a machine. */
export interface MachineAlias {
  readonly arn: string;
  readonly name: string;
}

/** Called as bytes have arrived, with the sum so far. */
export type UploadProgress = (sentBytes: number, totalBytes: number) => void;

/** An object, as it was when it was looked at. */
export interface ObjectFacts {
  readonly bytes: number;
  readonly eTag: string;
  /** Where the bucket keeps versions. */
  readonly versionId?: string;
  /** Of the whole object, in base64, where S3 has it. */
  readonly sha256?: string;
  /** Where it is not the default of the bucket's kind. */
  readonly encryption?: { readonly algorithm: string; readonly keyId?: string };
}

/** What must hold for an object to be replaced. */
export interface ReplaceGuard {
  /** The object as it was looked at; undefined where there was none. */
  readonly seen: ObjectFacts | undefined;
  /** Account that the bucket has to belong to. */
  readonly bucketOwner?: string;
}

export interface StoredVersion {
  readonly eTag: string;
  readonly versionId?: string;
}

/** Amazon S3. `location` is `s3://bucket/key`. All calls reject with UserError. */
export interface S3Api {
  ensureBucket(bucket: string, signal?: AbortSignal): Promise<void>;
  putObject(location: string, body: Uint8Array | string, signal?: AbortSignal): Promise<{ readonly eTag: string }>;
  /**
   * Sends a file of any size, large ones in parts with retries of their own. The object appears whole or not at all; an
   * abort removes what was sent.
   */
  uploadFile(
    location: string,
    path: string,
    onProgress?: UploadProgress,
    signal?: AbortSignal,
  ): Promise<{ readonly eTag: string }>;
  /**
   * Puts an object in the place of the one that was looked at, with a SHA-256 checksum and the encryption that it had.
   * Rejects with `conflict` where it is another one by now.
   */
  replaceObject(location: string, body: Uint8Array, guard: ReplaceGuard, signal?: AbortSignal): Promise<StoredVersion>;
  /** The same from a file of any size, in parts where it is large. */
  replaceWithFile(
    location: string,
    path: string,
    options: ReplaceGuard & { readonly onProgress?: UploadProgress },
    signal?: AbortSignal,
  ): Promise<StoredVersion>;
  /** Text of an object of at most 10 MiB; rejects with `limit-exceeded` beyond. */
  getText(location: string, signal?: AbortSignal): Promise<string>;
  headObject(location: string, signal?: AbortSignal): Promise<ObjectFacts | undefined>;
}

/** Everything Sluice asks of one connection. Clients are made on first use; `dispose` aborts what is under way. */
export interface Account extends RunPorts {
  readonly connection: Connection;
  readonly glue: GlueApi;
  readonly stepFunctions: StepFunctionsApi;
  readonly s3: S3Api;
  readonly inventory: InventoryApi;
  identity(signal?: AbortSignal): Promise<CallerIdentity>;
  /** The connection's credentials, renewed where they are about to end. For a script of the user's; never for a log. */
  credentials(signal: AbortSignal): Promise<AccountCredentials>;
  dispose(): void;
}
