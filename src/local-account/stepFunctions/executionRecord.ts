import type { ExecutionResult } from '../../core/interpreter/index.ts';
import type { ExecutionRecord, MachineRecord } from './records.ts';

export interface ExecutionRequest {
  readonly machine: MachineRecord;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  readonly traceHeader?: string | undefined;
  readonly testCase?: string | undefined;
  readonly versionArn?: string | undefined;
  readonly aliasArn?: string | undefined;
}

/** The record of an execution that starts. */
export function newRecord(request: ExecutionRequest, arn: string, now: number): ExecutionRecord {
  const { machine, name, input, traceHeader, testCase, versionArn, aliasArn } = request;
  return {
    arn,
    name,
    machineArn: machine.arn,
    machineName: machine.name,
    definition: machine.definition,
    roleArn: machine.roleArn,
    revisionId: machine.revisionId,
    status: 'RUNNING',
    input,
    startedMs: now,
    ...(traceHeader !== undefined && { traceHeader }),
    ...(testCase !== undefined && { testCase }),
    ...(versionArn !== undefined && { versionArn }),
    ...(aliasArn !== undefined && { aliasArn }),
  };
}

const endMembers: ReadonlySet<string> = new Set<keyof ExecutionRecord>(['output', 'error', 'cause', 'endedMs']);

/** The record of an execution that goes on. */
export function withoutEnd(record: ExecutionRecord): ExecutionRecord {
  const kept = { ...record };
  for (const name of endMembers) Reflect.deleteProperty(kept, name);
  return kept;
}

/** How an execution ended, as its record says it. */
export function endOf(result: ExecutionResult): Pick<ExecutionRecord, 'status' | 'output' | 'error' | 'cause'> {
  const { status, output, error, cause } = result;
  return {
    status,
    ...(output !== undefined && { output: JSON.stringify(output) }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}
