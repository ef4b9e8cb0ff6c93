import {
  BatchGetWorkflowsCommand,
  BatchStopJobRunCommand,
  CreateJobCommand,
  CreateTriggerCommand,
  CreateWorkflowCommand,
  GetJobCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  GetJobsCommand,
  GetTagsCommand,
  GetTriggerCommand,
  GetTriggersCommand,
  GetWorkflowCommand,
  GetWorkflowRunCommand,
  GetWorkflowRunsCommand,
  GlueClient,
  ListWorkflowsCommand,
  StartJobRunCommand,
  StartTriggerCommand,
  StartWorkflowRunCommand,
  StopWorkflowRunCommand,
  UpdateJobCommand,
  UpdateTriggerCommand,
  UpdateWorkflowCommand,
} from '@aws-sdk/client-glue';
import type { ClientSettings } from '../calls/clientSettings.ts';

/** The calls of AWS Glue that Sluice makes; naming each keeps the others out of the bundle. */
export const glueCommands = {
  BatchGetWorkflows: BatchGetWorkflowsCommand,
  BatchStopJobRun: BatchStopJobRunCommand,
  CreateJob: CreateJobCommand,
  CreateTrigger: CreateTriggerCommand,
  CreateWorkflow: CreateWorkflowCommand,
  GetJob: GetJobCommand,
  GetJobRun: GetJobRunCommand,
  GetJobRuns: GetJobRunsCommand,
  GetJobs: GetJobsCommand,
  GetTags: GetTagsCommand,
  GetTrigger: GetTriggerCommand,
  GetTriggers: GetTriggersCommand,
  GetWorkflow: GetWorkflowCommand,
  GetWorkflowRun: GetWorkflowRunCommand,
  GetWorkflowRuns: GetWorkflowRunsCommand,
  ListWorkflows: ListWorkflowsCommand,
  StartJobRun: StartJobRunCommand,
  StartTrigger: StartTriggerCommand,
  StartWorkflowRun: StartWorkflowRunCommand,
  StopWorkflowRun: StopWorkflowRunCommand,
  UpdateJob: UpdateJobCommand,
  UpdateTrigger: UpdateTriggerCommand,
  UpdateWorkflow: UpdateWorkflowCommand,
};

export function glueClient(settings: ClientSettings): GlueClient {
  return new GlueClient(settings);
}
