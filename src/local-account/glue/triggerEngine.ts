import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { AwsError } from '../http/awsError.ts';
import { Chain } from './chain.ts';
import type { CrawlerEngine } from './crawlers/crawlerEngine.ts';
import { invalidInput, notFound } from './errors.ts';
import type { GlueState } from './glueState.ts';
import { isPredicateMet } from './predicate.ts';
import { isActive, type Condition, type RunOrigin } from './records.ts';
import type { TriggerAction, TriggerRecord, WorkflowRunRecord } from './records.ts';
import { planResume } from './resume.ts';
import type { RunEngine } from './runEngine.ts';
import { parseSchedule } from './cron.ts';
import { keepSchedules, type Scheduled } from './scheduler.ts';

/** What fires together: a workflow run, or the triggers without a workflow that follow one another. */
interface ChainName {
  readonly id: string;
  readonly workflowName?: string;
}

export interface TriggerEngineOptions {
  readonly state: GlueState;
  readonly runs: RunEngine;
  readonly crawlers: CrawlerEngine;
  readonly clock: Clock;
  readonly log: Log;
}

/** Fires triggers: when asked, on schedule, and when runs of their chain end. Takes workflow runs to their end. */
export class TriggerEngine {
  readonly #closing = new AbortController();
  readonly #fired = new Map<string, Set<string>>();
  #scheduler: Promise<void> | undefined;
  #tasks: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: TriggerEngineOptions) {
    options.runs.onDidEnd(({ run, isFinal }) => {
      if (isFinal) this.#followUp(run.origin, ({ jobName }) => jobName === run.jobName);
    });
    options.crawlers.onDidEnd((crawl) => {
      this.#followUp(crawl.origin, ({ crawlerName }) => crawlerName === crawl.crawlerName);
    });
  }

  /** Whether a workflow run is on. */
  get isBusy(): boolean {
    return this.options.state.workflowRuns.values().some(({ status }) => status === 'RUNNING' || status === 'STOPPING');
  }

  /** Closes workflow runs that a process which was killed left open, and begins to keep schedules. */
  async start(): Promise<void> {
    const { clock, state } = this.options;
    for (const run of state.workflowRuns.values().filter(({ endedMs }) => endedMs === undefined)) {
      const errorMessage = 'The local account ended while this workflow run was on.';
      await state.workflowRuns.put(run.id, { ...run, status: 'ERROR', endedMs: clock.now(), errorMessage });
    }
    this.#scheduler = keepSchedules(clock, () => this.#scheduled(), this.#closing.signal);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#scheduler;
    await this.#tasks;
  }

  /** Starts a workflow run by firing its start trigger; throws ConcurrentRunsExceededException and EntityNotFoundException. */
  async startWorkflow(name: string, properties: Readonly<Record<string, string>>): Promise<WorkflowRunRecord> {
    const { state } = this.options;
    const workflow = state.workflows.get(name);
    if (!workflow) throw notFound(`Entity Not Found: workflow ${name} does not exist.`);
    this.#mustHaveRoom(name, workflow.maxConcurrentRuns);
    const triggers = state.triggers.values().filter(({ workflowName }) => workflowName === name);
    const run = this.#newRun(name, { ...workflow.defaultRunProperties, ...properties }, triggers);
    const first = triggers.filter(({ type }) => type !== 'CONDITIONAL');
    if (first.length === 0) {
      throw invalidInput(`Workflow ${name} has no start trigger (on demand, scheduled or event).`);
    }
    await state.workflowRuns.put(run.id, run);
    for (const trigger of first) await this.#fire(trigger, { id: run.id, workflowName: name });
    await this.#closeIfOver(run.id);
    return run;
  }

  /**
   * Runs nodes of a workflow run that is over again, and what follows them, in a new run that has the results of the
   * others. Throws IllegalWorkflowStateException and InvalidInputException.
   */
  async resumeWorkflow(
    before: WorkflowRunRecord,
    wanted: readonly string[],
  ): Promise<{ readonly runId: string; readonly nodeIds: readonly string[] }> {
    const { state } = this.options;
    const { workflowName } = before;
    if (before.status !== 'COMPLETED') {
      const message = `Workflow run ${before.id} is ${before.status}: only one that is COMPLETED can be resumed.`;
      throw new AwsError('IllegalWorkflowStateException', message);
    }
    const plan = planResume(before.triggers, wanted);
    if (!plan || wanted.length === 0) {
      throw invalidInput(`NodeIds must name jobs and crawlers of workflow run ${before.id}.`);
    }
    this.#mustHaveRoom(workflowName, state.workflows.get(workflowName)?.maxConcurrentRuns);
    const { inherited, fired } = plan;
    const started = this.#newRun(workflowName, before.properties, before.triggers);
    const run: WorkflowRunRecord = { ...started, previousRunId: before.id, inherited, fired };
    await state.workflowRuns.put(run.id, run);
    this.#fired.set(run.id, new Set(fired));
    let failedActions = 0;
    for (const { trigger, action } of plan.actions) {
      if (!(await this.#startAction(trigger, action, { id: run.id, workflowName }))) failedActions += 1;
    }
    const now = state.workflowRuns.get(run.id);
    if (now && failedActions > 0) await state.workflowRuns.put(run.id, { ...now, failedActions });
    await this.#closeIfOver(run.id);
    return { runId: run.id, nodeIds: plan.nodeIds };
  }

  /** Fires an on-demand trigger that belongs to no workflow; one of a workflow starts that. */
  async fireOnDemand(trigger: TriggerRecord): Promise<void> {
    if (trigger.workflowName === undefined)
      await this.#fire(trigger, { id: `chain_${randomBytes(16).toString('hex')}` });
    else await this.startWorkflow(trigger.workflowName, {});
  }

  /** Ends the workflow run's job runs and crawls; throws where it is over. */
  async stopWorkflowRun(run: WorkflowRunRecord): Promise<void> {
    if (run.status !== 'RUNNING') {
      const message = `Workflow run ${run.id} is ${run.status} and cannot be stopped.`;
      throw new AwsError('IllegalWorkflowStateException', message);
    }
    const { state, runs, crawlers } = this.options;
    await state.workflowRuns.put(run.id, { ...run, status: 'STOPPING' });
    const chain = new Chain(state, run.id);
    const stops = [
      ...chain.jobRuns.filter((each) => isActive(each.state)).map((each) => async () => await runs.stop(each)),
      ...chain.crawls
        .filter(({ endedMs }) => endedMs === undefined)
        .map((each) => async () => await crawlers.stop(each.crawlerName)),
    ];
    for (const stop of stops) {
      await stop().catch((error: unknown) => {
        // It ended by itself in the meantime.
        if (!(error instanceof AwsError)) throw error;
      });
    }
    await this.#closeIfOver(run.id);
  }

  #newRun(
    workflowName: string,
    properties: Readonly<Record<string, string>>,
    triggers: readonly TriggerRecord[],
  ): WorkflowRunRecord {
    return {
      id: `wr_${randomBytes(32).toString('hex')}`,
      workflowName,
      status: 'RUNNING',
      properties,
      startedMs: this.options.clock.now(),
      triggers,
      fired: [],
      failedActions: 0,
    };
  }

  #mustHaveRoom(name: string, limit: number | undefined): void {
    const active = this.options.state.workflowRuns
      .values()
      .filter((run) => run.workflowName === name && run.endedMs === undefined);
    if (limit !== undefined && active.length >= limit) {
      throw new AwsError('ConcurrentRunsExceededException', `Concurrent runs exceeded for workflow ${name}.`);
    }
  }

  async #fire(trigger: TriggerRecord, chain: ChainName): Promise<void> {
    const { state } = this.options;
    this.#fired.set(chain.id, (this.#fired.get(chain.id) ?? new Set()).add(trigger.name));
    let failedActions = 0;
    for (const action of trigger.actions) {
      if (!(await this.#startAction(trigger, action, chain))) failedActions += 1;
    }
    const run = state.workflowRuns.get(chain.id);
    if (!run) return;
    await state.workflowRuns.put(run.id, {
      ...run,
      fired: [...run.fired, trigger.name],
      failedActions: run.failedActions + failedActions,
    });
  }

  /** Gives whether it was started. */
  async #startAction(trigger: TriggerRecord, action: TriggerAction, chain: ChainName): Promise<boolean> {
    const { runs, crawlers, log } = this.options;
    const { jobName, crawlerName = '', timeoutMinutes } = action;
    const origin: RunOrigin = {
      triggerName: trigger.name,
      chainId: chain.id,
      ...(chain.workflowName !== undefined && { workflowName: chain.workflowName }),
    };
    try {
      if (jobName === undefined) await crawlers.start(crawlerName, origin);
      else {
        const overrides = timeoutMinutes === undefined ? {} : { Timeout: timeoutMinutes };
        await runs.start({ jobName, arguments: action.arguments, overrides, origin });
      }
      return true;
    } catch (error) {
      log.warn(`Trigger ${trigger.name} could not start ${jobName ?? crawlerName}: ${String(error)}`);
      return false;
    }
  }

  /** Fires the triggers that waited for what has ended just now. */
  #followUp(origin: RunOrigin | undefined, isAbout: (condition: Condition) => boolean): void {
    if (!origin) return;
    this.#enqueue(async () => {
      const { state } = this.options;
      const { chainId } = origin;
      const run = state.workflowRuns.get(chainId);
      const triggers =
        run?.triggers ?? state.triggers.values().filter(({ workflowName }) => workflowName === undefined);
      const fired = this.#fired.get(chainId) ?? new Set(run?.fired);
      const chain = new Chain(state, chainId);
      for (const trigger of !run || run.status === 'RUNNING' ? triggers : []) {
        const { predicate } = trigger;
        if (trigger.type !== 'CONDITIONAL' || trigger.state !== 'ACTIVATED' || fired.has(trigger.name)) continue;
        if (!predicate?.conditions.some(isAbout) || !isPredicateMet(predicate, chain)) continue;
        await this.#fire(trigger, { id: chainId, ...(run && { workflowName: run.workflowName }) });
      }
      await this.#closeIfOver(chainId);
    });
  }

  async #closeIfOver(chainId: string): Promise<void> {
    const { state, clock } = this.options;
    if (new Chain(state, chainId).isActive) return;
    this.#fired.delete(chainId);
    const run = state.workflowRuns.get(chainId);
    if (!run || run.endedMs !== undefined) return;
    const status = run.status === 'STOPPING' ? 'STOPPED' : 'COMPLETED';
    await state.workflowRuns.put(run.id, { ...run, status, endedMs: clock.now() });
  }

  #scheduled(): readonly Scheduled[] {
    const { state, crawlers } = this.options;
    const triggers = state.triggers
      .values()
      .filter((trigger) => trigger.type === 'SCHEDULED' && trigger.state === 'ACTIVATED')
      .map((trigger) => ({
        next: nextOf(trigger.schedule),
        fire: () => this.#enqueue(async () => await this.fireOnDemand(trigger)),
      }));
    const crawls = state.crawlers
      .values()
      .filter(({ scheduleState }) => scheduleState === 'SCHEDULED')
      .map(({ name, schedule }) => ({
        next: nextOf(schedule),
        fire: () =>
          this.#enqueue(async () => {
            await crawlers.start(name);
          }),
      }));
    return [...triggers, ...crawls];
  }

  /** One after the other, so that two runs that end at once do not both find a trigger unfired. */
  #enqueue(task: () => Promise<void>): void {
    this.#tasks = this.#tasks.then(task).catch((error: unknown) => {
      this.options.log.error(`A trigger failed: ${String(error)}`);
    });
  }
}

/** When Glue's `cron(…)` is due; never where it is none. */
function nextOf(schedule = ''): Scheduled['next'] {
  const parsed = parseSchedule(schedule);
  return (afterMs) => ('schedule' in parsed ? parsed.schedule.next(afterMs) : undefined);
}
