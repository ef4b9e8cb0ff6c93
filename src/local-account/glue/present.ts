import { Input, type Members } from '../http/input.ts';
import { seconds } from '../http/time.ts';
import { isActive, type JobRecord, type JobRunRecord, type TriggerRecord } from './records.ts';
import { logGroupOf } from './runStreams.ts';

/** The API's Job. */
export function presentJob(job: JobRecord): Members {
  return {
    Name: job.name,
    ...job.definition,
    CreatedOn: seconds(job.createdMs),
    LastModifiedOn: seconds(job.modifiedMs),
  };
}

/** The API's JobRun; `time` writes a timestamp, by default as AWS JSON does. */
export function presentRun(run: JobRunRecord, now: number, time: (ms: number) => unknown = seconds): Members {
  const definition = new Input(run.definition);
  const overrides = new Input(run.overrides);
  const number = (name: string): number | undefined =>
    overrides.optionalNumber(name) ?? definition.optionalNumber(name);
  const text = (name: string): string | undefined => overrides.optionalText(name) ?? definition.optionalText(name);
  const capacity = number('MaxCapacity');
  const began = run.runningMs;
  const running = began === undefined ? 0 : Math.max(0, Math.round(((run.endedMs ?? now) - began) / 1000));
  return {
    Id: run.id,
    Attempt: run.attempt,
    PreviousRunId: run.previousRunId,
    TriggerName: run.origin?.triggerName,
    JobName: run.jobName,
    JobMode: text('JobMode'),
    StartedOn: time(run.startedMs),
    LastModifiedOn: time(run.modifiedMs),
    CompletedOn: run.endedMs === undefined ? undefined : time(run.endedMs),
    JobRunState: run.state,
    StateDetail: run.stateDetail,
    Arguments: run.arguments,
    ErrorMessage: run.errorMessage,
    PredecessorRuns: [],
    AllocatedCapacity: capacity === undefined ? number('NumberOfWorkers') : Math.floor(capacity),
    ExecutionTime: isActive(run.state) ? running : (run.executionSeconds ?? running),
    Timeout: number('Timeout'),
    MaxCapacity: capacity,
    WorkerType: text('WorkerType'),
    NumberOfWorkers: number('NumberOfWorkers'),
    SecurityConfiguration: text('SecurityConfiguration'),
    LogGroupName: logGroupOf(run),
    GlueVersion: text('GlueVersion'),
    ExecutionClass: text('ExecutionClass'),
    JobRunQueuingEnabled:
      overrides.optionalBoolean('JobRunQueuingEnabled') ?? definition.optionalBoolean('JobRunQueuingEnabled'),
  };
}

/** The API's Trigger. */
export function presentTrigger(trigger: TriggerRecord): Members {
  return {
    Name: trigger.name,
    WorkflowName: trigger.workflowName,
    Type: trigger.type,
    State: trigger.state,
    Description: trigger.description,
    Schedule: trigger.schedule,
    Actions: trigger.actions.map((action) => ({
      JobName: action.jobName,
      CrawlerName: action.crawlerName,
      Arguments: action.arguments,
      Timeout: action.timeoutMinutes,
    })),
    Predicate: trigger.predicate && {
      Logical: trigger.predicate.logical,
      Conditions: trigger.predicate.conditions.map((condition) => ({
        LogicalOperator: 'EQUALS',
        JobName: condition.jobName,
        State: condition.state,
        CrawlerName: condition.crawlerName,
        CrawlState: condition.crawlState,
      })),
    },
    EventBatchingCondition: trigger.eventBatching,
  };
}
