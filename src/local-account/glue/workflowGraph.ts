import { createHash } from 'node:crypto';
import type { Members } from '../http/input.ts';
import { presentTrigger } from './present.ts';
import { isActive, type JobRunRecord, type TriggerRecord, type WorkflowRunRecord } from './records.ts';

type NodeType = 'TRIGGER' | 'JOB' | 'CRAWLER';

/** The API's WorkflowGraph: triggers, what they start and what they wait for; `runsOf` gives a job's runs, oldest first. */
export function workflowGraph(
  triggers: readonly TriggerRecord[],
  runsOf: (jobName: string) => readonly Members[] | undefined,
): Members {
  const nodes = new Map<string, Members>();
  const edges: Members[] = [];
  const add = (type: NodeType, name: string, details: Members = {}): string => {
    const id = `wnode_${createHash('sha256').update(`${type}/${name}`).digest('hex')}`;
    if (!nodes.has(id)) nodes.set(id, { Type: type, Name: name, UniqueId: id, ...details });
    return id;
  };
  const addJob = (name: string): string => {
    const runs = runsOf(name);
    return add('JOB', name, runs ? { JobDetails: { JobRuns: runs } } : {});
  };
  for (const trigger of triggers) {
    const id = add('TRIGGER', trigger.name, { TriggerDetails: { Trigger: presentTrigger(trigger) } });
    for (const { jobName, crawlerName } of trigger.actions) {
      const target = jobName === undefined ? add('CRAWLER', crawlerName ?? '') : addJob(jobName);
      edges.push({ SourceId: id, DestinationId: target });
    }
    for (const { jobName, crawlerName } of trigger.predicate?.conditions ?? []) {
      const source = jobName === undefined ? add('CRAWLER', crawlerName ?? '') : addJob(jobName);
      edges.push({ SourceId: source, DestinationId: id });
    }
  }
  return { Nodes: [...nodes.values()], Edges: edges };
}

/** The API's WorkflowRunStatistics; of a job that was tried more than once, the last attempt counts. */
export function workflowStatistics(run: WorkflowRunRecord, runs: readonly JobRunRecord[]): Members {
  const retried = new Set(runs.map(({ previousRunId }) => previousRunId));
  const last = runs.filter(({ id }) => !retried.has(id));
  const count = (...states: readonly string[]): number => last.filter(({ state }) => states.includes(state)).length;
  const total = new Set(
    run.triggers.flatMap(({ actions }) => actions.map(({ jobName, crawlerName }) => jobName ?? crawlerName)),
  );
  return {
    TotalActions: total.size,
    TimeoutActions: count('TIMEOUT'),
    FailedActions: count('FAILED'),
    StoppedActions: count('STOPPED'),
    SucceededActions: count('SUCCEEDED'),
    RunningActions: last.filter(({ state }) => isActive(state) && state !== 'WAITING').length,
    ErroredActions: run.failedActions,
    WaitingActions: count('WAITING'),
  };
}
