import { isMembers, type Members } from '../http/input.ts';

export type MachineType = 'STANDARD' | 'EXPRESS';

export interface MachineRecord {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  /** JSON text, as it was sent. */
  readonly definition: string;
  readonly roleArn: string;
  readonly revisionId: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** Number of the version that was published last; absent where none was. */
  readonly lastVersion?: number;
  readonly loggingConfiguration?: Members;
  readonly tracingConfiguration?: Members;
  readonly tags: Readonly<Record<string, string>>;
}

/** A machine as it was when it was published. */
export interface VersionRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly number: number;
  readonly definition: string;
  readonly roleArn: string;
  readonly revisionId: string;
  readonly description?: string;
  readonly createdMs: number;
}

export interface AliasRoute {
  readonly versionArn: string;
  /** Percent. */
  readonly weight: number;
}

export interface AliasRecord {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly description?: string;
  /** One or two. */
  readonly routes: readonly AliasRoute[];
  readonly createdMs: number;
  readonly updatedMs: number;
}

export type ExecutionState = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  /** What ran: later updates of the machine do not change it. */
  readonly definition: string;
  readonly roleArn: string;
  readonly revisionId: string;
  readonly status: ExecutionState;
  /** JSON text. */
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startedMs: number;
  readonly endedMs?: number;
  /** How often it was redriven; absent for never. */
  readonly redriveCount?: number;
  readonly redrivenMs?: number;
  /** Of the last redrive: the same request again is that redrive. */
  readonly redriveToken?: string;
  /** What it was started by, where that was not the machine itself. */
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly traceHeader?: string;
  /** Test case of the mock file that answers its tasks, where it was started with one. */
  readonly testCase?: string;
}

export interface MapRunRecord extends Members {
  readonly mapRunArn: string;
  readonly executionArn: string;
  readonly startDate: number;
}

const hasTexts = (value: unknown, ...names: string[]): value is Members =>
  isMembers(value) && names.every((name) => typeof value[name] === 'string');

export function isMachineRecord(value: unknown): value is MachineRecord {
  return hasTexts(value, 'arn', 'name', 'type', 'definition', 'roleArn', 'revisionId') && isMembers(value['tags']);
}

export function isVersionRecord(value: unknown): value is VersionRecord {
  return (
    hasTexts(value, 'arn', 'machineArn', 'definition', 'roleArn', 'revisionId') && typeof value['number'] === 'number'
  );
}

export function isAliasRecord(value: unknown): value is AliasRecord {
  return hasTexts(value, 'arn', 'machineArn', 'name') && Array.isArray(value['routes']);
}

export function isExecutionRecord(value: unknown): value is ExecutionRecord {
  return (
    hasTexts(value, 'arn', 'name', 'machineArn', 'machineName', 'definition', 'roleArn', 'status', 'input') &&
    typeof value['startedMs'] === 'number'
  );
}

export function isMapRunRecord(value: unknown): value is MapRunRecord {
  return hasTexts(value, 'mapRunArn', 'executionArn', 'status') && typeof value['startDate'] === 'number';
}
