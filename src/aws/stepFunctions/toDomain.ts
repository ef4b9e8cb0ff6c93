import type {
  DescribeExecutionCommandOutput,
  DescribeStateMachineCommandOutput,
  ExecutionListItem,
  HistoryEvent as SdkEvent,
  StartSyncExecutionCommandOutput,
  StateMachineListItem,
} from '@aws-sdk/client-sfn';
import { executionState, type RunSummary } from '../../core/runs/model.ts';
import type { ExecutionDetail, HistoryEvent } from '../../core/runs/ports.ts';
import type { StateMachine, StateMachineSummary, SyncExecutionResult } from './api.ts';
import { defined } from '../defined.ts';

export function toStateMachineSummary(machine: StateMachineListItem): StateMachineSummary {
  return {
    arn: machine.stateMachineArn ?? '',
    name: machine.name ?? '',
    type: machine.type ?? 'STANDARD',
    ...defined({ createdMs: machine.creationDate?.getTime() }),
  };
}

export function toStateMachine(machine: DescribeStateMachineCommandOutput): StateMachine {
  return {
    ...toStateMachineSummary(machine),
    definition: machine.definition ?? '',
    roleArn: machine.roleArn ?? '',
    ...defined({
      loggingLevel: machine.loggingConfiguration?.level,
      description: machine.description,
      revisionId: machine.revisionId,
      settings: settingsOf(machine),
    }),
  };
}

/** What is not set is left out, so that a machine that is made again is like one that never had it. */
function settingsOf({
  loggingConfiguration: logging,
  tracingConfiguration: tracing,
  encryptionConfiguration: encryption,
}: DescribeStateMachineCommandOutput): Readonly<Record<string, unknown>> | undefined {
  const settings = {
    ...(logging?.level === undefined || logging.level === 'OFF' ? {} : { loggingConfiguration: logging }),
    ...(tracing?.enabled === true ? { tracingConfiguration: tracing } : {}),
    ...(encryption?.kmsKeyId === undefined ? {} : { encryptionConfiguration: encryption }),
  };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

export function toExecutionSummary(execution: ExecutionListItem, connectionId: string): RunSummary {
  return {
    key: {
      connectionId,
      kind: 'execution',
      resource: execution.stateMachineArn ?? '',
      id: execution.executionArn ?? '',
    },
    name: execution.name ?? '',
    state: executionState(execution.status ?? ''),
    awsState: execution.status ?? '',
    ...defined({ startedMs: execution.startDate?.getTime(), endedMs: execution.stopDate?.getTime() }),
  };
}

export function toExecutionDetail(execution: DescribeExecutionCommandOutput): ExecutionDetail {
  return {
    name: execution.name ?? '',
    stateMachineArn: execution.stateMachineArn ?? '',
    state: executionState(execution.status ?? ''),
    awsState: execution.status ?? '',
    ...defined({
      startedMs: execution.startDate?.getTime(),
      endedMs: execution.stopDate?.getTime(),
      error: execution.error,
      cause: execution.cause,
      input: execution.input,
      output: execution.output,
      redriveStatus: execution.redriveStatus,
    }),
  };
}

/** An event has one member named after its type that holds its details; some types have none. */
export function toHistoryEvent(event: SdkEvent): HistoryEvent {
  const members: readonly (readonly [string, unknown])[] = Object.entries(event);
  const details = members.find(([member, value]) => member.endsWith('EventDetails') && value !== undefined)?.[1];
  return {
    id: event.id ?? 0,
    previousEventId: event.previousEventId ?? 0,
    timestampMs: event.timestamp?.getTime() ?? 0,
    type: event.type ?? '',
    details: typeof details === 'object' && details !== null ? { ...details } : {},
  };
}

export function toSyncResult(result: StartSyncExecutionCommandOutput): SyncExecutionResult {
  const state = executionState(result.status ?? '');
  return {
    executionArn: result.executionArn ?? '',
    name: result.name ?? '',
    state: state === 'succeeded' || state === 'timedOut' ? state : 'failed',
    awsState: result.status ?? '',
    startedMs: result.startDate?.getTime() ?? 0,
    endedMs: result.stopDate?.getTime() ?? 0,
    ...defined({
      output: result.output,
      error: result.error,
      cause: result.cause,
      billedMs: result.billingDetails?.billedDurationInMilliseconds,
    }),
  };
}
