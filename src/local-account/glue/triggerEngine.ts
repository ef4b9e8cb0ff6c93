import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { AwsError } from '../http/awsError.ts';
import { parseSchedule } from './cron.ts';
import { notFound } from './errors.ts';
import type { GlueState } from './glueState.ts';
import { isPredicateMet } from './predicate.ts';
import { isActive, type JobRunRecord, type TriggerRecord, type WorkflowRunRecord } from './records.ts';
import type { EndedRun, RunEngine } from './runEngine.ts';

/** What fires together: a workflow run, or the triggers without a workflow that follow one another. */
interface Chain {
  readonly id: string;
  readonly workflowName?: string;
}

/** How far ahead one sleep goes: a machine that slept, or a clock that was set, is noticed within this time. */
const longestSleepMs = 60_000;

/** Fires triggers: when asked, on schedule, and when runs of their chain end. Takes workflow runs to their end. */
export class TriggerEngine {
  readonly #closing = new AbortController();
  readonly #fired = new Map<string, Set<string>>();
  #scheduler: Promise<void> | undefined;
  #tasks: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly options: {
      readonly state: GlueState;
      readonly runs: RunEngine;
      readonly clock: Clock;
      readonly log: Log;
    },
  ) {
    options.runs.onDidEnd((ended) => {
      this.#enqueue(async () => {
        await this.#onRunEnded(ended);
      });
    });
  }

  /** Whether a workflow run is on. */
  get isBusy(): boolean {
    return this.options.state.workflowRuns.values().some(({ status }) => status === 'RUNNING' || status === 'STOPPING');
  }

  /** Closes workflow runs that a process which was killed left open, and begins to keep schedules. */
  async start(): Promise<void> {
    const { workflowRuns } = this.options.state;
    for (const run of workflowRuns.values().filter(({ endedMs }) => endedMs === undefined)) {
      const errorMessage = 'The local account ended while this workflow run was on.';
      await workflowRuns.put(run.id, { ...run, status: 'ERROR', endedMs: this.options.clock.now(), errorMessage });
    }
    this.#scheduler = this.#keepSchedules();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#scheduler;
    await this.#tasks;
  }

  /** Starts a workflow run by firing its start trigger; throws ConcurrentRunsExceededException and EntityNotFoundException. */
  async startWorkflow(name: string, properties: Readonly<Record<string, string>>): Promise<WorkflowRunRecord> {
    const { state, clock } = this.options;
    const workflow = state.workflows.get(name);
    if (!workflow) throw notFound(`Entity Not Found: workflow ${name} does not exist.`);
    const active = state.workflowRuns.values().filter((run) => run.workflowName === name && run.endedMs === undefined);
    if (workflow.maxConcurrentRuns !== undefined && active.length >= workflow.maxConcurrentRuns) {
      throw new AwsError('ConcurrentRunsExceededException', `Concurrent runs exceeded for workflow ${name}.`);
    }
    const triggers = state.triggers.values().filter(({ workflowName }) => workflowName === name);
    const run: WorkflowRunRecord = {
      id: `wr_${randomBytes(32).toString('hex')}`,
      workflowName: name,
      status: 'RUNNING',
      properties: { ...workflow.defaultRunProperties, ...properties },
      startedMs: clock.now(),
      triggers,
      fired: [],
      failedActions: 0,
    };
    const first = triggers.filter(({ type }) => type !== 'CONDITIONAL');
    if (first.length === 0) {
      throw new AwsError(
        'InvalidInputException',
        `Workflow ${name} has no start trigger (on demand, scheduled or event).`,
      );
    }
    await state.workflowRuns.put(run.id, run);
    for (const trigger of first) await this.#fire(trigger, { id: run.id, workflowName: name });
    await this.#closeIfOver(run.id);
    return run;
  }

  /** Fires an on-demand trigger that belongs to no workflow; one of a workflow starts that. */
  async fireOnDemand(trigger: TriggerRecord): Promise<void> {
    if (trigger.workflowName === undefined)
      await this.#fire(trigger, { id: `chain_${randomBytes(16).toString('hex')}` });
    else await this.startWorkflow(trigger.workflowName, {});
  }

  async #fire(trigger: TriggerRecord, chain: Chain): Promise<void> {
    const { state, runs, log } = this.options;
    this.#fired.set(chain.id, (this.#fired.get(chain.id) ?? new Set()).add(trigger.name));
    let failedActions = 0;
    for (const action of trigger.actions) {
      try {
        if (action.jobName === undefined) throw notFound('The local account has no crawlers.');
        await runs.start({
          jobName: action.jobName,
          arguments: action.arguments,
          overrides: action.timeoutMinutes === undefined ? {} : { Timeout: action.timeoutMinutes },
          origin: {
            triggerName: trigger.name,
            chainId: chain.id,
            ...(chain.workflowName !== undefined && { workflowName: chain.workflowName }),
          },
        });
      } catch (error) {
        failedActions += 1;
        log.warn(
          `Trigger ${trigger.name} could not start ${action.jobName ?? action.crawlerName ?? 'its action'}: ${String(error)}`,
        );
      }
    }
    const run = state.workflowRuns.get(chain.id);
    if (!run) return;
    await state.workflowRuns.put(run.id, {
      ...run,
      fired: [...run.fired, trigger.name],
      failedActions: run.failedActions + failedActions,
    });
  }

  async #onRunEnded({ run, isFinal }: EndedRun): Promise<void> {
    const { origin } = run;
    if (!origin || !isFinal) return;
    const { state } = this.options;
    const workflowRun = state.workflowRuns.get(origin.chainId);
    const triggers =
      workflowRun?.triggers ?? state.triggers.values().filter(({ workflowName }) => workflowName === undefined);
    const fired = this.#fired.get(origin.chainId) ?? new Set(workflowRun?.fired);
    if (!workflowRun || workflowRun.status === 'RUNNING') {
      for (const trigger of triggers) {
        const { predicate } = trigger;
        if (trigger.type !== 'CONDITIONAL' || trigger.state !== 'ACTIVATED' || !predicate || fired.has(trigger.name))
          continue;
        if (!predicate.conditions.some(({ jobName }) => jobName === run.jobName)) continue;
        if (isPredicateMet(predicate, (jobName) => this.#lastEnded(origin.chainId, jobName))) {
          await this.#fire(trigger, {
            id: origin.chainId,
            ...(workflowRun && { workflowName: workflowRun.workflowName }),
          });
        }
      }
    }
    await this.#closeIfOver(origin.chainId);
  }

  #runsOfChain(chainId: string): readonly JobRunRecord[] {
    return this.options.state.runs.values().filter(({ origin }) => origin?.chainId === chainId);
  }

  #lastEnded(chainId: string, jobName: string): JobRunRecord | undefined {
    return this.#runsOfChain(chainId)
      .filter((run) => run.jobName === jobName && run.endedMs !== undefined)
      .sort((left, right) => (left.endedMs ?? 0) - (right.endedMs ?? 0) || left.attempt - right.attempt)
      .at(-1);
  }

  async #closeIfOver(chainId: string): Promise<void> {
    if (this.#runsOfChain(chainId).some(({ state }) => isActive(state))) return;
    this.#fired.delete(chainId);
    const { workflowRuns } = this.options.state;
    const run = workflowRuns.get(chainId);
    if (!run || run.endedMs !== undefined) return;
    const status = run.status === 'STOPPING' ? 'STOPPED' : 'COMPLETED';
    await workflowRuns.put(run.id, { ...run, status, endedMs: this.options.clock.now() });
  }

  /** Ends the workflow run's job runs; throws where it is over. */
  async stopWorkflowRun(run: WorkflowRunRecord): Promise<void> {
    if (run.status !== 'RUNNING') {
      throw new AwsError(
        'IllegalWorkflowStateException',
        `Workflow run ${run.id} is ${run.status} and cannot be stopped.`,
      );
    }
    await this.options.state.workflowRuns.put(run.id, { ...run, status: 'STOPPING' });
    for (const jobRun of this.#runsOfChain(run.id).filter(({ state }) => isActive(state))) {
      await this.options.runs.stop(jobRun).catch((error: unknown) => {
        // It ended by itself in the meantime.
        if (!(error instanceof AwsError)) throw error;
      });
    }
    await this.#closeIfOver(run.id);
  }

  async #keepSchedules(): Promise<void> {
    const { state, clock } = this.options;
    const { signal } = this.#closing;
    let checked = clock.now();
    while (!signal.aborted) {
      const due = this.#nextDue(checked);
      const pause = Math.max(0, Math.min(longestSleepMs, (due ?? Infinity) - clock.now()));
      try {
        await clock.sleep(pause, signal);
      } catch {
        return;
      }
      const now = clock.now();
      // After a jump of the clock, missed times are not made up for.
      if (now - checked > 2 * longestSleepMs || now < checked) checked = now - 1;
      for (const trigger of state.triggers.values().filter((candidate) => isScheduled(candidate))) {
        const next = nextTime(trigger, checked);
        if (next !== undefined && next <= now) this.#enqueue(async () => await this.fireOnDemand(trigger));
      }
      checked = now;
    }
  }

  #nextDue(after: number): number | undefined {
    const times = this.options.state.triggers
      .values()
      .filter((trigger) => isScheduled(trigger))
      .flatMap((trigger) => nextTime(trigger, after) ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** One after the other, so that two runs that end at once do not both find a trigger unfired. */
  #enqueue(task: () => Promise<void>): void {
    this.#tasks = this.#tasks.then(task).catch((error: unknown) => {
      this.options.log.error(`A trigger failed: ${String(error)}`);
    });
  }
}

function isScheduled(trigger: TriggerRecord): boolean {
  return trigger.type === 'SCHEDULED' && trigger.state === 'ACTIVATED';
}

function nextTime(trigger: TriggerRecord, after: number): number | undefined {
  const parsed = parseSchedule(trigger.schedule ?? '');
  return 'schedule' in parsed ? parsed.schedule.next(after) : undefined;
}
