import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input, Members } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import { checkedArn, checkedName } from './arns.ts';
import { findChild, listChildren, presentChild } from './childExecutions.ts';
import type { ExecutionEngine } from './executionEngine.ts';
import type { ExecutionRequest } from './executionRecord.ts';
import { pageAsk } from './machineOperations.ts';
import { presentEvent } from './presentHistory.ts';
import { qualifiedMachine, splitTestCase } from './qualified.ts';
import type { MockFile } from './mocks/mockFile.ts';
import { notRedrivable } from './redrivable.ts';
import type { ExecutionRecord } from './records.ts';
import type { SfnState } from './sfnState.ts';

const largestInputBytes = 256 * 1024;
const statuses = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] as const;

export interface ExecutionOperationParts {
  readonly state: SfnState;
  readonly engine: ExecutionEngine;
  readonly clock: Clock;
  readonly mocks: MockFile;
}

/** Executions: start, stop, describe, list, history. */
export function executionOperations({
  state,
  engine,
  clock,
  mocks,
}: ExecutionOperationParts): Readonly<Record<string, Operation>> {
  const get = (arn: string): ExecutionRecord => {
    const execution = state.executions.get(checkedArn(arn));
    if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  };
  const checkedRequest = async (input: Input): Promise<ExecutionRequest> => {
    const request = requestOf(state, input);
    if (request.testCase !== undefined) await mocks.require(request.machine.name, request.testCase);
    return request;
  };
  return {
    StartExecution: async (input) => {
      const request = await checkedRequest(input);
      if (request.machine.type === 'STANDARD') {
        const { arn, startedMs } = await engine.start(request);
        return { executionArn: arn, startDate: seconds(startedMs) };
      }
      // It goes on without its caller; nobody can ask for it later.
      const running = engine.startExpress(request);
      return { executionArn: running.arn, startDate: seconds(running.startedMs) };
    },
    StartSyncExecution: async (input, signal) => {
      const request = await checkedRequest(input);
      if (request.machine.type !== 'EXPRESS') {
        throw new AwsError(
          'StateMachineTypeNotSupported',
          'This operation is not supported by this type of state machine',
        );
      }
      return presentSync(await engine.runExpress(request, signal));
    },
    StopExecution: async (input) => {
      const { arn } = get(input.text('executionArn'));
      const error = input.optionalText('error', { max: 256 });
      const cause = input.optionalText('cause', { max: 32_768 });
      await engine.stop(arn, error, cause);
      return { stopDate: seconds(get(arn).endedMs) };
    },
    DescribeExecution: async (input) => {
      const child = await findChild(state, input.text('executionArn'));
      if (child) return presentChild(child, includesData(input));
      return presentExecution(get(input.text('executionArn')), input, clock.now());
    },
    ListExecutions: async (input) => {
      const status = input.optionalWord('statusFilter', statuses);
      const mapRunArn = input.optionalText('mapRunArn');
      if (mapRunArn !== undefined) return await listChildren(state, mapRunArn, { input, status });
      return listExecutions(state, input, status);
    },
    DescribeStateMachineForExecution: (input) => {
      const execution = get(input.text('executionArn'));
      const machine = state.machines.get(execution.machineArn);
      return {
        stateMachineArn: execution.machineArn,
        name: execution.machineName,
        definition: execution.definition,
        roleArn: execution.roleArn,
        updateDate: seconds(machine?.updatedMs ?? execution.startedMs),
        revisionId: execution.revisionId,
      };
    },
    GetExecutionHistory: async (input) => {
      const child = await findChild(state, input.text('executionArn'));
      if (child) return historyPage(child.events, input);
      const { arn } = get(input.text('executionArn'));
      return historyPage(await state.histories.read(arn), input);
    },
    RedriveExecution: async (input) => {
      const { arn } = get(input.text('executionArn'));
      return {
        redriveDate: seconds(
          await engine.redrive(arn, input.optionalText('clientToken', { min: 1, max: 64 }) ?? randomUUID()),
        ),
      };
    },
    DescribeMapRun: (input) => {
      const run = state.mapRuns.get(input.text('mapRunArn'));
      if (!run) throw new AwsError('ResourceNotFound', `Map Run does not exist: '${input.text('mapRunArn')}'`);
      const { startDate, stopDate, redriveDate } = run;
      return {
        ...run,
        startDate: seconds(startDate),
        ...(typeof redriveDate === 'number' && { redriveDate: seconds(redriveDate) }),
        ...(typeof stopDate === 'number' && { stopDate: seconds(stopDate) }),
      };
    },
    ListMapRuns: (input) => {
      const { arn, machineArn } = get(input.text('executionArn'));
      const runs = state.mapRuns.values().filter(({ executionArn }) => executionArn === arn);
      const page = pageByKey(runs, ({ mapRunArn }) => mapRunArn, pageAsk(input));
      return {
        mapRuns: page.items.map(({ mapRunArn, startDate, stopDate }) => ({
          executionArn: arn,
          mapRunArn,
          stateMachineArn: machineArn,
          startDate: seconds(startDate),
          ...(typeof stopDate === 'number' && { stopDate: seconds(stopDate) }),
        })),
        nextToken: page.nextToken,
      };
    },
  };
}

function requestOf(state: SfnState, input: Input): ExecutionRequest {
  const [arn, testCase] = splitTestCase(input.text('stateMachineArn'));
  const { machine, version, aliasArn } = qualifiedMachine(state, arn, Math.random());
  const name = input.optionalText('name');
  const text = input.optionalText('input') ?? '{}';
  if (Buffer.byteLength(text) > largestInputBytes) {
    throw input.invalid(
      `1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to ${largestInputBytes}`,
    );
  }
  try {
    JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${problem}'`);
  }
  return {
    machine,
    name: name === undefined ? randomUUID() : checkedName(name),
    input: text,
    traceHeader: input.optionalText('traceHeader', { max: 256 }),
    testCase,
    versionArn: version?.arn,
    aliasArn,
  };
}

function listExecutions(state: SfnState, input: Input, status: string | undefined): Members {
  const { machine, version, aliasArn } = qualifiedMachine(state, input.text('stateMachineArn'), 0);
  const isAsked = (execution: ExecutionRecord): boolean =>
    aliasArn === undefined ? !version || execution.versionArn === version.arn : execution.aliasArn === aliasArn;
  if (machine.type === 'EXPRESS') {
    throw new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');
  }
  const found = state.executions
    .values()
    .filter(
      (execution) =>
        execution.machineArn === machine.arn &&
        isAsked(execution) &&
        (status === undefined || execution.status === status),
    )
    .sort((left, right) => right.startedMs - left.startedMs || (left.arn < right.arn ? 1 : -1));
  const page = pageByKey(found, ({ arn }) => arn, pageAsk(input));
  return {
    executions: page.items.map((execution) => ({
      executionArn: execution.arn,
      stateMachineArn: execution.machineArn,
      stateMachineVersionArn: execution.versionArn,
      stateMachineAliasArn: execution.aliasArn,
      name: execution.name,
      status: execution.status,
      startDate: seconds(execution.startedMs),
      stopDate: seconds(execution.endedMs),
      redriveCount: execution.redriveCount ?? 0,
      redriveDate: seconds(execution.redrivenMs),
    })),
    nextToken: page.nextToken,
  };
}

function includesData(input: Input): boolean {
  return input.optionalWord('includedData', ['ALL_DATA', 'METADATA_ONLY']) !== 'METADATA_ONLY';
}

function presentExecution(execution: ExecutionRecord, input: Input, now: number): Members {
  const reason = notRedrivable(execution, now);
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    stateMachineVersionArn: execution.versionArn,
    stateMachineAliasArn: execution.aliasArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startedMs),
    stopDate: seconds(execution.endedMs),
    ...(includesData(input) && {
      input: execution.input,
      inputDetails: { included: true },
      output: execution.output,
      outputDetails: execution.output === undefined ? undefined : { included: true },
    }),
    traceHeader: execution.traceHeader,
    error: execution.error,
    cause: execution.cause,
    redriveCount: execution.redriveCount ?? 0,
    redriveDate: seconds(execution.redrivenMs),
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: reason,
  };
}

function presentSync(execution: ExecutionRecord): Members {
  const durationMs = (execution.endedMs ?? execution.startedMs) - execution.startedMs;
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    stateMachineVersionArn: execution.versionArn,
    stateMachineAliasArn: execution.aliasArn,
    name: execution.name,
    // Express executions that were stopped have failed.
    status: execution.status === 'ABORTED' ? 'FAILED' : execution.status,
    startDate: seconds(execution.startedMs),
    stopDate: seconds(execution.endedMs),
    error: execution.error,
    cause: execution.cause,
    input: execution.input,
    inputDetails: { included: true },
    output: execution.output,
    outputDetails: { included: true },
    billingDetails: { billedMemoryUsedInMB: 64, billedDurationInMilliseconds: Math.ceil(durationMs / 100) * 100 },
  };
}

/**
 * A page of a history. A token names an event's id, from which the page goes on upwards or, in reverse, downwards: asked
 * again later it gives the same page, grown by what was added.
 */
function historyPage(events: readonly Parameters<typeof presentEvent>[0][], input: Input): Members {
  const size = input.optionalInteger('maxResults', { min: 0, max: 1000 }) || 100;
  const isReverse = input.optionalBoolean('reverseOrder') ?? false;
  const hasData = input.optionalBoolean('includeExecutionData') ?? true;
  const token = input.optionalText('nextToken');
  const from = token === undefined ? undefined : fromToken(token);
  const ordered = isReverse ? events.toReversed() : events;
  const rest = from === undefined ? ordered : ordered.filter(({ id }) => (isReverse ? id <= from : id >= from));
  const next = rest[size]?.id;
  return {
    events: rest.slice(0, size).map((event) => presentEvent(event, hasData)),
    nextToken: next === undefined ? undefined : Buffer.from(`from ${next}`).toString('base64url'),
  };
}

function fromToken(token: string): number {
  const id = /^from (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (id === undefined) throw new AwsError('InvalidToken', `Invalid Token: '${token.slice(0, 100)}'`);
  return Number(id);
}
