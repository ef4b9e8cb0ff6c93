import { UserError } from '../../core/base/userError.ts';
import type { RunSummary } from '../../core/runs/model.ts';
import type { JobRunDetail, Page, WorkflowRunDetail } from '../../core/runs/ports.ts';
import type { Trigger, Workflow } from '@aws-sdk/client-glue';
import type {
  FoundWorkflow,
  GlueApi,
  GlueJob,
  GlueTrigger,
  GlueWorkflow,
  NamedInput,
  PutResult,
  StartJobRunOptions,
} from './api.ts';
import type { PageRequest, Pages } from '../calls/pages.ts';
import { ServiceCalls, type CallerContext } from '../calls/caller.ts';
import { defined } from '../defined.ts';
import type { glueCommands } from '../sdk/glue.ts';
import { GlueDefinitions } from './definitions.ts';
import { startJobRunOnce, startWorkflowRunOnce } from './startOnce.ts';
import {
  toJob,
  toJobRunDetail,
  toJobRunSummary,
  toTrigger,
  toWorkflow,
  toWorkflowRunDetail,
  toWorkflowRunSummary,
} from './toDomain.ts';

export type GlueCalls = ServiceCalls<typeof glueCommands>;

/** Rows of a page of a tree. */
const jobsPerPage = 200;
/** What BatchGetWorkflows takes at once. */
const workflowsPerPage = 25;

export function glueCalls(context: CallerContext): GlueCalls {
  return new ServiceCalls(context, 'glue', async () => {
    const { glueClient, glueCommands } = await import('../sdk/glue.ts');
    return { client: glueClient, commands: glueCommands };
  });
}

/** AWS Glue over its API, in the words of the domain. */
export class Glue implements GlueApi {
  readonly #calls: GlueCalls;
  readonly #context: CallerContext;
  readonly #definitions: GlueDefinitions;

  constructor(calls: GlueCalls, context: CallerContext) {
    this.#calls = calls;
    this.#context = context;
    this.#definitions = new GlueDefinitions(calls);
  }

  async *listJobs(signal?: AbortSignal): Pages<GlueJob> {
    let nextToken: string | undefined;
    do {
      const { Jobs = [], NextToken } = await this.#calls.call(
        'GetJobs',
        { MaxResults: jobsPerPage, ...(nextToken ? { NextToken: nextToken } : {}) },
        { signal },
      );
      nextToken = NextToken;
      yield Jobs.map(toJob);
    } while (nextToken);
  }

  async getJob(name: string, signal?: AbortSignal): Promise<GlueJob> {
    const { Job } = await this.#calls.call('GetJob', { JobName: name }, { signal });
    return toJob(present(Job, `Glue job "${name}"`));
  }

  async findJob(name: string, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>> | undefined> {
    try {
      const { Job } = await this.#calls.call('GetJob', { JobName: name }, { signal });
      return Job && { ...Job };
    } catch (error) {
      if (error instanceof UserError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async tags(arn: string, signal?: AbortSignal): Promise<Readonly<Record<string, string>>> {
    const { Tags = {} } = await this.#calls.call('GetTags', { ResourceArn: arn }, { signal });
    return Tags;
  }

  async listJobRuns(jobName: string, page: PageRequest, signal?: AbortSignal): Promise<Page<RunSummary>> {
    const { JobRuns = [], NextToken } = await this.#calls.call(
      'GetJobRuns',
      { JobName: jobName, MaxResults: Math.min(page.pageSize, 200), ...tokenOf(page) },
      { signal },
    );
    const items = JobRuns.map((run) => toJobRunSummary(run, jobName, this.#context.connection.id));
    return { items: newestFirst(items), ...defined({ nextToken: NextToken || undefined }) };
  }

  async getJobRun(jobName: string, runId: string, signal?: AbortSignal): Promise<JobRunDetail> {
    const { JobRun } = await this.#calls.call('GetJobRun', { JobName: jobName, RunId: runId }, { signal });
    return toJobRunDetail(present(JobRun, `Run ${runId} of Glue job "${jobName}"`));
  }

  async startJobRun(jobName: string, options: StartJobRunOptions, signal?: AbortSignal): Promise<string> {
    return await startJobRunOnce(this.#calls, this.#context, { jobName, options }, signal);
  }

  async stopJobRun(jobName: string, runId: string, signal?: AbortSignal): Promise<void> {
    const { Errors = [] } = await this.#calls.call(
      'BatchStopJobRun',
      { JobName: jobName, JobRunIds: [runId] },
      { signal },
    );
    const detail = Errors[0]?.ErrorDetail;
    if (!detail) return;
    throw new UserError(
      'conflict',
      `Cannot stop the Glue job run: ${detail.ErrorMessage ?? detail.ErrorCode ?? 'AWS gives no reason'}`,
      'Refresh to see its state.',
    );
  }

  async *listWorkflows(signal?: AbortSignal): Pages<GlueWorkflow> {
    let nextToken: string | undefined;
    do {
      const { Workflows: names = [], NextToken } = await this.#calls.call(
        'ListWorkflows',
        { MaxResults: workflowsPerPage, ...(nextToken ? { NextToken: nextToken } : {}) },
        { signal },
      );
      nextToken = NextToken;
      yield names.length > 0 ? await this.#workflowsNamed(names, signal) : [];
    } while (nextToken);
  }

  async #workflowsNamed(names: string[], signal: AbortSignal | undefined): Promise<readonly GlueWorkflow[]> {
    const { id } = this.#context.connection;
    const { Workflows = [] } = await this.#calls.call('BatchGetWorkflows', { Names: names }, { signal });
    const byName = new Map(Workflows.map((workflow) => [workflow.Name, workflow]));
    return names.map((name) => toWorkflow(byName.get(name) ?? { Name: name }, id));
  }

  async findWorkflow(name: string, signal?: AbortSignal): Promise<FoundWorkflow | undefined> {
    try {
      const { Workflow } = await this.#calls.call('GetWorkflow', { Name: name, IncludeGraph: true }, { signal });
      if (!Workflow) return undefined;
      const triggers = await this.#triggersOf(Workflow, signal);
      return { workflow: { ...Workflow }, triggers: triggers.map((trigger) => ({ ...trigger })) };
    } catch (error) {
      if (error instanceof UserError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  async getWorkflow(name: string, signal?: AbortSignal): Promise<GlueWorkflow> {
    const { Workflow } = await this.#calls.call('GetWorkflow', { Name: name }, { signal });
    return toWorkflow(present(Workflow, `Glue workflow "${name}"`), this.#context.connection.id);
  }

  async listWorkflowRuns(name: string, page: PageRequest, signal?: AbortSignal): Promise<Page<RunSummary>> {
    const { Runs = [], NextToken } = await this.#calls.call(
      'GetWorkflowRuns',
      { Name: name, MaxResults: page.pageSize, ...tokenOf(page) },
      { signal },
    );
    const items = Runs.map((run) => toWorkflowRunSummary(run, name, this.#context.connection.id));
    return { items: newestFirst(items), ...defined({ nextToken: NextToken || undefined }) };
  }

  async getWorkflowRun(workflowName: string, runId: string, signal?: AbortSignal): Promise<WorkflowRunDetail> {
    const { Run } = await this.#calls.call(
      'GetWorkflowRun',
      { Name: workflowName, RunId: runId, IncludeGraph: true },
      { signal },
    );
    return toWorkflowRunDetail(present(Run, `Run ${runId} of Glue workflow "${workflowName}"`), workflowName);
  }

  async startWorkflowRun(
    name: string,
    properties: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<string> {
    return await startWorkflowRunOnce(this.#calls, this.#context, { name, properties }, signal);
  }

  async stopWorkflowRun(name: string, runId: string, signal?: AbortSignal): Promise<void> {
    await this.#calls.call('StopWorkflowRun', { Name: name, RunId: runId }, { signal });
  }

  async listTriggersOfJob(jobName: string, signal?: AbortSignal): Promise<readonly GlueTrigger[]> {
    // Where no trigger starts the job, GetTriggers answers with all triggers.
    const triggers = (await this.#triggers({ DependentJobName: jobName }, signal)).map(toTrigger);
    return triggers.filter(({ actions }) => actions.some((action) => action.jobName === jobName));
  }

  async listTriggersOfWorkflow(workflowName: string, signal?: AbortSignal): Promise<readonly GlueTrigger[]> {
    const { Workflow } = await this.#calls.call('GetWorkflow', { Name: workflowName, IncludeGraph: true }, { signal });
    return (await this.#triggersOf({ Name: workflowName, ...Workflow }, signal)).map(toTrigger);
  }

  async startTrigger(name: string, signal?: AbortSignal): Promise<void> {
    await this.#calls.call('StartTrigger', { Name: name }, { signal, isSentOnce: true });
  }

  async putJob(input: NamedInput, signal?: AbortSignal): Promise<PutResult> {
    return await this.#definitions.putJob(input, signal);
  }

  async putWorkflow(input: NamedInput, signal?: AbortSignal): Promise<PutResult> {
    return await this.#definitions.putWorkflow(input, signal);
  }

  async putTrigger(input: NamedInput, signal?: AbortSignal): Promise<PutResult> {
    return await this.#definitions.putTrigger(input, signal);
  }

  async #triggersOf({ Name, Graph }: Workflow, signal: AbortSignal | undefined): Promise<readonly Trigger[]> {
    if (Graph?.Nodes) return Graph.Nodes.flatMap(({ TriggerDetails }) => TriggerDetails?.Trigger ?? []);
    return (await this.#triggers({}, signal)).filter(({ WorkflowName }) => WorkflowName === Name);
  }

  async #triggers(filter: { readonly DependentJobName?: string }, signal: AbortSignal | undefined): Promise<Trigger[]> {
    const triggers: Trigger[] = [];
    let nextToken: string | undefined;
    do {
      const { Triggers = [], NextToken } = await this.#calls.call(
        'GetTriggers',
        { ...filter, MaxResults: jobsPerPage, ...(nextToken ? { NextToken: nextToken } : {}) },
        { signal },
      );
      triggers.push(...Triggers);
      nextToken = NextToken;
    } while (nextToken);
    return triggers;
  }
}

function tokenOf({ nextToken }: PageRequest): { readonly NextToken?: string } {
  return nextToken === undefined ? {} : { NextToken: nextToken };
}

/** Glue gives the newest runs first by habit, not by contract. */
function newestFirst(runs: readonly RunSummary[]): readonly RunSummary[] {
  return runs.toSorted((a, b) => (b.startedMs ?? Infinity) - (a.startedMs ?? Infinity) || 0);
}

function present<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new UserError('not-found', `${what} was not found.`, 'It may have been deleted or belong to another region.');
}
