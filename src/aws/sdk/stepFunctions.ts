import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  DescribeStateMachineAliasCommand,
  ListStateMachineAliasesCommand,
  ListStateMachineVersionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
  TestStateCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS Step Functions that Sluice makes. */
export const stepFunctionsCommands = {
  CreateStateMachine: CreateStateMachineCommand,
  DescribeExecution: DescribeExecutionCommand,
  DescribeStateMachine: DescribeStateMachineCommand,
  DescribeStateMachineForExecution: DescribeStateMachineForExecutionCommand,
  GetExecutionHistory: GetExecutionHistoryCommand,
  ListActivities: ListActivitiesCommand,
  ListExecutions: ListExecutionsCommand,
  DescribeStateMachineAlias: DescribeStateMachineAliasCommand,
  ListStateMachineAliases: ListStateMachineAliasesCommand,
  ListStateMachineVersions: ListStateMachineVersionsCommand,
  ListStateMachines: ListStateMachinesCommand,
  ListTagsForResource: ListTagsForResourceCommand,
  PublishStateMachineVersion: PublishStateMachineVersionCommand,
  RedriveExecution: RedriveExecutionCommand,
  StartExecution: StartExecutionCommand,
  StartSyncExecution: StartSyncExecutionCommand,
  StopExecution: StopExecutionCommand,
  TestState: TestStateCommand,
  UpdateStateMachine: UpdateStateMachineCommand,
  UpdateStateMachineAlias: UpdateStateMachineAliasCommand,
  ValidateStateMachineDefinition: ValidateStateMachineDefinitionCommand,
};

export function stepFunctionsClient(settings: ClientSettings): SFNClient {
  return new SFNClient(settings);
}
