import type { RunSummary } from '../../core/runs/model.ts';
import type { Page } from '../../core/runs/ports.ts';
import type { PageRequest, Pages } from '../calls/pages.ts';
import type { PutResult } from '../glue/api.ts';

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
  /** Logging, tracing and encryption where they are set, as CreateStateMachine takes them. */
  readonly settings?: Readonly<Record<string, unknown>>;
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
