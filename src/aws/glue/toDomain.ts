import type { Crawl, Job, JobRun, Node as WorkflowNode, Trigger, Workflow, WorkflowRun } from '@aws-sdk/client-glue';
import { estimateCost, type CostFacts } from '../../core/runs/cost.ts';
import { glueRunState, type RunOutcome, type RunSummary } from '../../core/runs/model.ts';
import type { JobRunDetail, WorkflowRunDetail, WorkflowRunNode } from '../../core/runs/ports.ts';
import type { GlueJob, GlueJobKind, GlueTrigger, GlueTriggerKind, GlueWorkflow } from './api.ts';
import { defined } from '../defined.ts';

export function toJob(job: Job): GlueJob {
  return {
    name: job.Name ?? '',
    kind: kindOf(job.Command?.Name),
    role: job.Role ?? '',
    scriptLocation: job.Command?.ScriptLocation ?? '',
    maxRetries: job.MaxRetries ?? 0,
    maxConcurrentRuns: job.ExecutionProperty?.MaxConcurrentRuns ?? 1,
    defaultArguments: job.DefaultArguments ?? {},
    nonOverridableArguments: job.NonOverridableArguments ?? {},
    members: { ...job },
    ...defined({
      description: job.Description,
      glueVersion: job.GlueVersion,
      pythonVersion: job.Command?.PythonVersion,
      workerType: job.WorkerType,
      numberOfWorkers: job.NumberOfWorkers,
      maxCapacity: job.MaxCapacity,
      timeoutMinutes: job.Timeout,
      createdMs: job.CreatedOn?.getTime(),
      modifiedMs: job.LastModifiedOn?.getTime(),
    }),
  };
}

/** By the command's name: `glueetl`, `pythonshell`, `gluestreaming`, `glueray`. */
function kindOf(command: string | undefined): GlueJobKind {
  switch (command) {
    case 'pythonshell':
      return 'pythonShell';
    case 'gluestreaming':
      return 'streaming';
    case 'glueray':
      return 'ray';
    default:
      return 'spark';
  }
}

function toOutcome(
  awsState: string | undefined,
  run: {
    readonly StartedOn?: Date | undefined;
    readonly CompletedOn?: Date | undefined;
    readonly ErrorMessage?: string | undefined;
  },
): RunOutcome {
  return {
    state: glueRunState(awsState ?? ''),
    awsState: awsState ?? '',
    ...defined({
      startedMs: run.StartedOn?.getTime(),
      endedMs: run.CompletedOn?.getTime(),
      cause: run.ErrorMessage === '' ? undefined : run.ErrorMessage,
    }),
  };
}

export function toJobRunSummary(run: JobRun, jobName: string, connectionId: string): RunSummary {
  const id = run.Id ?? '';
  return {
    ...toOutcome(run.JobRunState, run),
    key: { connectionId, kind: 'jobRun', resource: jobName, id },
    name: id,
    attempt: run.Attempt ?? 0,
    ...defined({ cost: estimateCost(toUse(run)) }),
  };
}

function toUse(run: JobRun): CostFacts {
  return {
    executionSeconds: run.ExecutionTime,
    dpuSeconds: run.DPUSeconds,
    maxCapacity: run.MaxCapacity,
    workerType: run.WorkerType,
    numberOfWorkers: run.NumberOfWorkers,
  };
}

export function toJobRunDetail(run: JobRun): JobRunDetail {
  return {
    ...toOutcome(run.JobRunState, run),
    jobName: run.JobName ?? '',
    runId: run.Id ?? '',
    attempt: run.Attempt ?? 0,
    arguments: run.Arguments ?? {},
    ...defined({
      ...toUse(run),
      glueVersion: run.GlueVersion,
      logGroupName: run.LogGroupName,
      triggerName: run.TriggerName,
      previousRunId: run.PreviousRunId,
    }),
  };
}

export function toWorkflow(workflow: Workflow, connectionId: string): GlueWorkflow {
  const name = workflow.Name ?? '';
  return {
    name,
    defaultRunProperties: workflow.DefaultRunProperties ?? {},
    ...defined({
      description: workflow.Description,
      lastRun: workflow.LastRun && toWorkflowRunSummary(workflow.LastRun, name, connectionId),
    }),
  };
}

export function toWorkflowRunSummary(run: WorkflowRun, workflow: string, connectionId: string): RunSummary {
  const id = run.WorkflowRunId ?? '';
  return {
    ...toWorkflowOutcome(run),
    key: { connectionId, kind: 'workflowRun', resource: workflow, id },
    name: id,
  };
}

/** A workflow run is COMPLETED also when what it started failed; its statistics tell. */
function toWorkflowOutcome(run: WorkflowRun): RunOutcome {
  const outcome = toOutcome(run.Status, run);
  const failed = (run.Statistics?.FailedActions ?? 0) + (run.Statistics?.ErroredActions ?? 0);
  const timedOut = run.Statistics?.TimeoutActions ?? 0;
  if (outcome.state !== 'succeeded' || failed + timedOut === 0) return outcome;
  return { ...outcome, state: failed > 0 ? 'failed' : 'timedOut' };
}

export function toWorkflowRunDetail(run: WorkflowRun, workflowName: string): WorkflowRunDetail {
  return {
    ...toWorkflowOutcome(run),
    workflowName,
    runId: run.WorkflowRunId ?? '',
    properties: run.WorkflowRunProperties ?? {},
    nodes: (run.Graph?.Nodes ?? []).map(toNode),
  };
}

function toNode(node: WorkflowNode): WorkflowRunNode {
  return {
    type: node.Type ?? 'JOB',
    name: node.Name ?? '',
    jobRuns: (node.JobDetails?.JobRuns ?? []).map(toJobRunDetail),
    crawls: (node.CrawlerDetails?.Crawls ?? []).map((crawl: Crawl) => toOutcome(crawl.State, crawl)),
  };
}

export function toTrigger(trigger: Trigger): GlueTrigger {
  return {
    name: trigger.Name ?? '',
    kind: (trigger.Type satisfies GlueTriggerKind | undefined) ?? 'ON_DEMAND',
    awsState: trigger.State ?? '',
    actions: (trigger.Actions ?? []).map(({ JobName, CrawlerName }) =>
      defined({ jobName: JobName, crawlerName: CrawlerName }),
    ),
    ...defined({
      schedule: trigger.Schedule === '' ? undefined : trigger.Schedule,
      workflowName: trigger.WorkflowName,
      description: trigger.Description,
    }),
  };
}
