import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS Step Functions that Sluice makes. */
export const stepFunctionsCommands = {
  CreateStateMachine: CreateStateMachineCommand,
  DescribeExecution: DescribeExecutionCommand,
  DescribeStateMachine: DescribeStateMachineCommand,
  DescribeStateMachineForExecution: DescribeStateMachineForExecutionCommand,
  GetExecutionHistory: GetExecutionHistoryCommand,
  ListExecutions: ListExecutionsCommand,
  ListStateMachines: ListStateMachinesCommand,
  RedriveExecution: RedriveExecutionCommand,
  StartExecution: StartExecutionCommand,
  StartSyncExecution: StartSyncExecutionCommand,
  StopExecution: StopExecutionCommand,
  UpdateStateMachine: UpdateStateMachineCommand,
};

export function stepFunctionsClient(settings: ClientSettings): SFNClient {
  return new SFNClient(settings);
}
