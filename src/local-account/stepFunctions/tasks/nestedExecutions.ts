import { randomUUID } from 'node:crypto';
import { TaskFailure, type Json, type TaskPattern, type TaskRequest } from '../../../core/interpreter/index.ts';
import { isMembers, type Members } from '../../http/input.ts';
import type { JsonService } from '../../http/jsonService.ts';
import type { ExecutionEngine } from '../executionEngine.ts';
import type { ExecutionRecord } from '../records.ts';
import type { SfnState } from '../sfnState.ts';
import { toTaskFailure } from './taskErrors.ts';

export interface NestedParts {
  readonly state: SfnState;
  readonly engine: ExecutionEngine;
  readonly service: JsonService;
}

/** `states:startExecution`: alone, `.sync` (output as text) or `.sync:2` (output parsed). */
export async function startNested(parts: NestedParts, request: TaskRequest, pattern: TaskPattern): Promise<Json> {
  const parameters: Members = isMembers(request.parameters) ? request.parameters : {};
  const { Input: input = {}, StateMachineArn: stateMachineArn, Name: name } = parameters;
  const call = {
    stateMachineArn,
    name: name ?? randomUUID(),
    input: typeof input === 'string' ? input : JSON.stringify(input),
  };
  let arn: string;
  try {
    const reply = await parts.service.invoke('StartExecution', call, request.signal);
    arn = 'executionArn' in reply && typeof reply.executionArn === 'string' ? reply.executionArn : '';
  } catch (error) {
    throw toTaskFailure('StepFunctions', error, true);
  }
  const started = { ExecutionArn: arn, StartDate: parts.state.executions.get(arn)?.startedMs ?? 0 };
  if (!pattern.startsWith('sync')) return started;
  request.submitted(started);
  const ended = await untilEnded(parts, arn, request.signal);
  const isParsed = pattern === 'sync:2';
  if (ended.status === 'SUCCEEDED') return describe(ended, isParsed);
  throw new TaskFailure('States.TaskFailed', JSON.stringify(describe(ended, false)));
}

async function untilEnded(parts: NestedParts, arn: string, signal: AbortSignal): Promise<ExecutionRecord> {
  try {
    const ended = await parts.engine.untilEnded(arn, signal);
    signal.throwIfAborted();
    if (ended) return ended;
  } catch (error) {
    await parts.engine.stop(arn, undefined, 'The state that started this execution was stopped.');
    throw error;
  }
  throw new TaskFailure('States.TaskFailed', `Execution ${arn} is gone.`);
}

function describe(execution: ExecutionRecord, isParsed: boolean): Json {
  const text = (value: string | undefined): Json | undefined =>
    value === undefined ? undefined : isParsed ? (JSON.parse(value) as Json) : value;
  const members = {
    ExecutionArn: execution.arn,
    Input: text(execution.input),
    InputDetails: { Included: true },
    Name: execution.name,
    Output: text(execution.output),
    OutputDetails: execution.output === undefined ? undefined : { Included: true },
    Error: execution.error,
    Cause: execution.cause,
    StartDate: execution.startedMs,
    StateMachineArn: execution.machineArn,
    Status: execution.status,
    StopDate: execution.endedMs,
  };
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
