import { createHash } from 'node:crypto';
import type { Members } from '../http/input.ts';
import type { CrawlRecord } from './crawlers/records.ts';
import { presentTrigger } from './present.ts';
import { isActive, type JobRunRecord, type TriggerRecord, type WorkflowRunRecord } from './records.ts';

type NodeType = 'TRIGGER' | 'JOB' | 'CRAWLER';

/** What the nodes of a workflow run did, oldest first, as the API presents it. */
export interface NodeRuns {
  jobRunsOf(jobName: string): readonly Members[];
  crawlsOf(crawlerName: string): readonly Members[];
}

/** Id of a node; the same in all runs of a workflow. */
export function nodeIdOf(type: NodeType, name: string): string {
  return `wnode_${createHash('sha256').update(`${type}/${name}`).digest('hex')}`;
}

/** The API's WorkflowGraph: triggers, what they start and what they wait for, with what the nodes did in a run. */
export function workflowGraph(triggers: readonly TriggerRecord[], runs?: NodeRuns): Members {
  const nodes = new Map<string, Members>();
  const edges: Members[] = [];
  const add = (type: NodeType, name: string, details: Members = {}): string => {
    const id = nodeIdOf(type, name);
    if (!nodes.has(id)) nodes.set(id, { Type: type, Name: name, UniqueId: id, ...details });
    return id;
  };
  const addTarget = (jobName: string | undefined, crawlerName = ''): string =>
    jobName === undefined
      ? add('CRAWLER', crawlerName, runs && { CrawlerDetails: { Crawls: runs.crawlsOf(crawlerName) } })
      : add('JOB', jobName, runs && { JobDetails: { JobRuns: runs.jobRunsOf(jobName) } });
  for (const trigger of triggers) {
    const id = add('TRIGGER', trigger.name, { TriggerDetails: { Trigger: presentTrigger(trigger) } });
    for (const { jobName, crawlerName } of trigger.actions) {
      edges.push({ SourceId: id, DestinationId: addTarget(jobName, crawlerName) });
    }
    for (const { jobName, crawlerName } of trigger.predicate?.conditions ?? []) {
      edges.push({ SourceId: addTarget(jobName, crawlerName), DestinationId: id });
    }
  }
  return { Nodes: [...nodes.values()], Edges: edges };
}

/** The API's WorkflowRunStatistics; of a job that was tried more than once, the last attempt counts. */
export function workflowStatistics(
  run: WorkflowRunRecord,
  runs: readonly JobRunRecord[],
  crawls: readonly CrawlRecord[],
): Members {
  const retried = new Set(runs.map(({ previousRunId }) => previousRunId));
  const last = runs.filter(({ id }) => !retried.has(id));
  const count = (...states: readonly string[]): number =>
    [...last, ...crawls].filter(({ state }) => states.includes(state)).length;
  const total = new Set(
    run.triggers.flatMap(({ actions }) => actions.map(({ jobName, crawlerName }) => jobName ?? crawlerName)),
  );
  return {
    TotalActions: total.size,
    TimeoutActions: count('TIMEOUT'),
    FailedActions: count('FAILED'),
    StoppedActions: count('STOPPED', 'CANCELLED'),
    SucceededActions: count('SUCCEEDED'),
    RunningActions:
      last.filter(({ state }) => isActive(state) && state !== 'WAITING').length +
      crawls.filter(({ endedMs }) => endedMs === undefined).length,
    ErroredActions: run.failedActions,
    WaitingActions: count('WAITING'),
  };
}
