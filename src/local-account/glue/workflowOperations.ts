import type { Clock } from '../../core/base/clock.ts';
import { AwsError } from '../http/awsError.ts';
import type { Input, Members } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import { pageByKey } from '../http/paging.ts';
import { seconds } from '../http/time.ts';
import { Chain } from './chain.ts';
import { presentNodeCrawl } from './crawlers/presentCrawler.ts';
import { notFound } from './errors.ts';
import type { GlueState } from './glueState.ts';
import { nameLimits, pageAsk } from './jobOperations.ts';
import { presentRun } from './present.ts';
import type { WorkflowRecord, WorkflowRunRecord } from './records.ts';
import type { GlueTags } from './tags.ts';
import type { TriggerEngine } from './triggerEngine.ts';
import { workflowGraph, workflowStatistics, type NodeRuns } from './workflowGraph.ts';

/** What the operations of this file work on. */
export interface WorkflowParts {
  readonly state: GlueState;
  readonly tags: GlueTags;
  readonly engine: TriggerEngine;
  readonly clock: Clock;
}

/** Workflows and their runs. */
export function workflowOperations(parts: WorkflowParts): Readonly<Record<string, Operation>> {
  const { state, tags, engine, clock } = parts;
  const { workflows } = state;
  const get = (name: string): WorkflowRecord => {
    const workflow = workflows.get(name);
    if (!workflow) throw notFound(`Entity Not Found: workflow ${name} does not exist.`);
    return workflow;
  };
  const sorted = (): readonly WorkflowRecord[] =>
    [...workflows.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  const present = (workflow: WorkflowRecord, input: Input): Members =>
    presentWorkflow(parts, workflow, wantsGraph(input));
  return {
    CreateWorkflow: async (input) => {
      const name = input.text('Name', nameLimits);
      const given = tags.given(input);
      if (workflows.has(name)) throw new AwsError('AlreadyExistsException', `Workflow already exists: ${name}.`);
      const now = clock.now();
      await workflows.put(name, { name, ...definitionOf(input), createdMs: now, modifiedMs: now });
      await tags.add(tags.arnOf('workflow', name), given);
      return { Name: name };
    },
    UpdateWorkflow: async (input) => {
      const before = get(input.text('Name', nameLimits));
      await workflows.put(before.name, { ...before, ...definitionOf(input), modifiedMs: clock.now() });
      return { Name: before.name };
    },
    GetWorkflow: (input) => ({ Workflow: present(get(input.text('Name', nameLimits)), input) }),
    ListWorkflows: (input) => {
      const page = pageByKey(sorted(), ({ name }) => name, pageAsk(input, 25));
      return { Workflows: page.items.map(({ name }) => name), NextToken: page.nextToken };
    },
    BatchGetWorkflows: (input) => {
      const names = input.texts('Names');
      return {
        Workflows: names.flatMap((name) => workflows.get(name) ?? []).map((workflow) => present(workflow, input)),
        MissingWorkflows: names.filter((name) => !workflows.has(name)),
      };
    },
    DeleteWorkflow: async (input) => {
      const name = input.text('Name', nameLimits);
      await workflows.delete(name);
      for (const trigger of state.triggers.values().filter(({ workflowName }) => workflowName === name)) {
        await state.triggers.delete(trigger.name);
      }
      await tags.drop(tags.arnOf('workflow', name));
      return { Name: name };
    },
    StartWorkflowRun: async (input) => {
      const properties = input.optionalTextMap('RunProperties') ?? {};
      return { RunId: (await engine.startWorkflow(input.text('Name', nameLimits), properties)).id };
    },
    ...runOperationsOf(parts),
  };
}

function runOperationsOf(parts: WorkflowParts): Readonly<Record<string, Operation>> {
  const { state, engine } = parts;
  const get = (input: Input): WorkflowRunRecord => {
    const name = input.text('Name', nameLimits);
    const id = input.text('RunId', nameLimits);
    const run = state.workflowRuns.get(id);
    if (run?.workflowName !== name) throw notFound(`Entity Not Found: workflow run ${id} of ${name} does not exist.`);
    return run;
  };
  return {
    GetWorkflowRun: (input) => ({ Run: presentWorkflowRun(parts, get(input), wantsGraph(input)) }),
    GetWorkflowRuns: (input) => {
      const name = input.text('Name', nameLimits);
      if (!state.workflows.has(name)) throw notFound(`Entity Not Found: workflow ${name} does not exist.`);
      const page = pageByKey(workflowRunsOf(state, name), ({ id }) => id, pageAsk(input, 1000));
      const isGraph = wantsGraph(input);
      return { Runs: page.items.map((run) => presentWorkflowRun(parts, run, isGraph)), NextToken: page.nextToken };
    },
    GetWorkflowRunProperties: (input) => ({ RunProperties: get(input).properties }),
    PutWorkflowRunProperties: async (input) => {
      const run = get(input);
      const properties = { ...run.properties, ...input.optionalTextMap('RunProperties') };
      await state.workflowRuns.put(run.id, { ...run, properties });
      return {};
    },
    ResumeWorkflowRun: async (input) => {
      const { runId, nodeIds } = await engine.resumeWorkflow(get(input), input.texts('NodeIds'));
      return { RunId: runId, NodeIds: nodeIds };
    },
    StopWorkflowRun: async (input) => {
      await engine.stopWorkflowRun(get(input));
      return {};
    },
  };
}

function definitionOf(
  input: Input,
): Pick<WorkflowRecord, 'description' | 'defaultRunProperties' | 'maxConcurrentRuns'> {
  const description = input.optionalText('Description', { max: 120_000 });
  const maxConcurrentRuns = input.optionalInteger('MaxConcurrentRuns', { min: 1 });
  return {
    defaultRunProperties: input.optionalTextMap('DefaultRunProperties') ?? {},
    ...(description !== undefined && { description }),
    ...(maxConcurrentRuns !== undefined && { maxConcurrentRuns }),
  };
}

function wantsGraph(input: Input): boolean {
  return input.optionalBoolean('IncludeGraph') === true;
}

/** Newest first. */
function workflowRunsOf(state: GlueState, name: string): readonly WorkflowRunRecord[] {
  return state.workflowRuns
    .values()
    .filter(({ workflowName }) => workflowName === name)
    .sort((left, right) => right.startedMs - left.startedMs || (left.id < right.id ? 1 : -1));
}

function presentWorkflow(parts: WorkflowParts, workflow: WorkflowRecord, isGraph: boolean): Members {
  const { state } = parts;
  const last = workflowRunsOf(state, workflow.name)[0];
  const triggers = state.triggers.values().filter(({ workflowName }) => workflowName === workflow.name);
  return {
    Name: workflow.name,
    Description: workflow.description,
    DefaultRunProperties: workflow.defaultRunProperties,
    CreatedOn: seconds(workflow.createdMs),
    LastModifiedOn: seconds(workflow.modifiedMs),
    MaxConcurrentRuns: workflow.maxConcurrentRuns,
    LastRun: last && presentWorkflowRun(parts, last, isGraph),
    Graph: isGraph ? workflowGraph(triggers) : undefined,
  };
}

function presentWorkflowRun({ state, clock }: WorkflowParts, run: WorkflowRunRecord, isGraph: boolean): Members {
  const { allJobRuns: runs, allCrawls: crawls } = new Chain(state, run.id);
  const nodes: NodeRuns = {
    jobRunsOf: (name) =>
      runs.filter(({ jobName }) => jobName === name).map((jobRun) => presentRun(jobRun, clock.now())),
    crawlsOf: (name) => crawls.filter(({ crawlerName }) => crawlerName === name).map(presentNodeCrawl),
  };
  return {
    Name: run.workflowName,
    WorkflowRunId: run.id,
    PreviousRunId: run.previousRunId,
    WorkflowRunProperties: run.properties,
    StartedOn: seconds(run.startedMs),
    CompletedOn: seconds(run.endedMs),
    Status: run.status,
    ErrorMessage: run.errorMessage,
    Statistics: workflowStatistics(run, runs, crawls),
    Graph: isGraph ? workflowGraph(run.triggers, nodes) : undefined,
  };
}
