import { randomBytes } from 'node:crypto';
import type { Clock } from '../../core/base/clock.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Log } from '../../core/base/log.ts';
import { endProcessTree, isSameProcess } from '../../processes/processTree.ts';
import { AwsError } from '../http/awsError.ts';
import { Input, type Members } from '../http/input.ts';
import type { LogStore } from '../logs/logStore.ts';
import { notFound } from './errors.ts';
import type { GlueState } from './glueState.ts';
import { kindOfDefinition, type JobKind } from './jobDefinition.ts';
import type { JobRunner, RunEnd } from './jobRunner.ts';
import { isActive, type JobRunRecord, type JobRunState, type RunOrigin } from './records.ts';
import { RunLog } from './runLog.ts';
import { runStreams } from './runStreams.ts';

export interface RunStart {
  readonly jobName: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly overrides: Members;
  readonly previousRunId?: string;
  readonly origin?: RunOrigin;
}

/** A run that is over; `isFinal` unless another attempt follows it. */
export interface EndedRun {
  readonly run: JobRunRecord;
  readonly isFinal: boolean;
}

export interface RunEngineOptions {
  readonly state: GlueState;
  readonly logs: LogStore;
  readonly runners: Readonly<Record<JobKind, JobRunner>>;
  readonly clock: Clock;
  readonly log: Log;
}

interface ActiveRun {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

type StopReason = 'stopped' | 'timeout' | 'shutdown';

/** Runs of all jobs at once, as an account may have before it asks for more: https://docs.aws.amazon.com/general/latest/gr/glue.html */
const accountLimit = 50;

const shutdownMessage = 'The local account was shut down while this run was on.';

/** Starts job runs, follows them to their end, and starts another attempt where the job asks for it. */
export class RunEngine {
  readonly #active = new Map<string, ActiveRun>();
  readonly #ended: Emitter<EndedRun>;
  readonly #changed = new Emitter<string>();
  #isClosed = false;

  constructor(private readonly options: RunEngineOptions) {
    this.#ended = new Emitter((error) => options.log.error(`A listener of ended runs failed: ${String(error)}`));
  }

  get onDidEnd() {
    return this.#ended.event;
  }

  /** A run, by id, has changed in any way. */
  get onDidChange() {
    return this.#changed.event;
  }

  get isBusy(): boolean {
    return this.#active.size > 0;
  }

  /** Ends what a process that was killed left behind: its scripts, and the runs that say they are on. */
  async recover(): Promise<void> {
    const { state, runners, log } = this.options;
    const left = state.runs.values().filter((run) => isActive(run.state));
    for (const runner of new Set(left.map(({ definition }) => runners[kindOfDefinition(definition)]))) {
      await runner
        .recover?.()
        .catch((error: unknown) => log.warn(`What was left running was not found: ${String(error)}`));
    }
    for (const run of left) {
      if (run.process && (await isSameProcess(run.process))) await endProcessTree(run.process.pid);
      await this.#update(run.id, {
        state: 'FAILED',
        endedMs: this.options.clock.now(),
        errorMessage: 'The local account ended while this run was on. Its process was ended; start the run again.',
      });
    }
  }

  /** Newest first. */
  runsOf(jobName: string): readonly JobRunRecord[] {
    return this.options.state.runs
      .values()
      .filter((run) => run.jobName === jobName)
      .sort((left, right) => right.startedMs - left.startedMs || (left.id < right.id ? 1 : -1));
  }

  find(jobName: string, runId: string): JobRunRecord | undefined {
    const run = this.options.state.runs.get(runId);
    return run?.jobName === jobName ? run : undefined;
  }

  /**
   * Starts a run; throws ConcurrentRunsExceededException beyond the job's limit and ResourceNumberLimitExceededException
   * beyond the account's, unless it queues.
   */
  async start(request: RunStart): Promise<JobRunRecord> {
    const job = this.options.state.jobs.get(request.jobName);
    if (!job) throw notFound(`Failed to start job run due to missing metadata: job ${request.jobName} not found.`);
    if (this.#isClosed) throw new AwsError('InternalServiceException', shutdownMessage, 500);
    const refusal = this.#refusal(request.jobName, job.definition);
    const isQueued = refusal !== undefined && queues(request.overrides, job.definition);
    if (refusal && !isQueued) throw refusal;
    const now = this.options.clock.now();
    const run: JobRunRecord = {
      id: `jr_${randomBytes(32).toString('hex')}`,
      attempt: 0,
      state: isQueued ? 'WAITING' : 'STARTING',
      ...(isQueued && { stateDetail: 'Job run is queued because the maximum number of concurrent runs is reached.' }),
      startedMs: now,
      modifiedMs: now,
      definition: job.definition,
      ...request,
    };
    await this.#begin(run);
    return run;
  }

  /** Ends a run; throws where it is over already. Resolves when STOPPING is on record. */
  async stop(run: JobRunRecord): Promise<void> {
    const active = this.#active.get(run.id);
    if (!active) {
      throw new AwsError('InvalidInputException', `Job run ${run.id} cannot be stopped: it is ${run.state}.`);
    }
    await this.#update(run.id, { state: 'STOPPING' });
    active.controller.abort('stopped' satisfies StopReason);
  }

  /** Ends all runs and resolves when they are over. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { controller } of this.#active.values()) controller.abort('shutdown' satisfies StopReason);
    await Promise.all([...this.#active.values()].map(async ({ done }) => await done));
    this.#ended.dispose();
    this.#changed.dispose();
  }

  async #begin(run: JobRunRecord): Promise<void> {
    const controller = new AbortController();
    const saved = this.options.state.runs.put(run.id, run);
    // Counted from here on: two starts at once must not both find the last place free.
    this.#active.set(run.id, { controller, done: this.#follow(run, controller, saved) });
    await saved;
  }

  /** Takes a run to its end. Never rejects. */
  async #follow(run: JobRunRecord, controller: AbortController, saved: Promise<void>): Promise<void> {
    try {
      await saved;
    } catch {
      // Whoever started it hears of it; there is no run.
      this.#active.delete(run.id);
      return;
    }
    let end: Partial<JobRunRecord>;
    try {
      end = await this.#execute(run, controller);
    } catch (error) {
      this.options.log.error(`Job run ${run.id} failed in the local account: ${String(error)}`);
      end = { state: 'FAILED', errorMessage: error instanceof Error ? error.message : String(error) };
    }
    this.#active.delete(run.id);
    try {
      await this.#end(run.id, end, controller.signal.reason === 'shutdown');
    } catch (error) {
      this.options.log.error(`The end of job run ${run.id} could not be saved: ${String(error)}`);
    }
  }

  async #execute(run: JobRunRecord, controller: AbortController): Promise<Partial<JobRunRecord>> {
    const { clock, logs, log } = this.options;
    const { signal } = controller;
    const isAborted = (): boolean => signal.aborted;
    if (run.state === 'WAITING') await this.#awaitTurn(run, signal);
    if (isAborted()) return endOfStop(signal.reason);
    const runLog = new RunLog({ store: logs, streams: runStreams(run), clock, log });
    const timeoutMs = timeoutOf(run) * 60_000;
    const over = new AbortController();
    const onRunning = async (process: JobRunRecord['process']): Promise<void> => {
      void clock.sleep(timeoutMs, over.signal).then(
        () => controller.abort('timeout' satisfies StopReason),
        () => undefined,
      );
      if (isAborted()) return;
      await this.#update(run.id, { state: 'RUNNING', runningMs: clock.now(), ...(process && { process }) });
    };
    let end: RunEnd | undefined;
    try {
      end = await this.options.runners[kindOfDefinition(run.definition)].run({ run, log: runLog, onRunning }, signal);
    } catch (error) {
      if (!isAborted()) throw error;
    } finally {
      over.abort();
      await runLog.flush();
    }
    if (isAborted() || !end) return endOfStop(signal.reason);
    return end.kind === 'succeeded' ? { state: 'SUCCEEDED' } : { state: 'FAILED', errorMessage: end.message };
  }

  async #end(runId: string, end: Partial<JobRunRecord>, isShutdown: boolean): Promise<void> {
    const endedMs = this.options.clock.now();
    const before = this.options.state.runs.get(runId);
    if (!before) return;
    const executionSeconds =
      before.runningMs === undefined ? 0 : Math.max(0, Math.round((endedMs - before.runningMs) / 1000));
    const run = await this.#update(runId, { ...end, endedMs, executionSeconds });
    const maxRetries = new Input(run.definition).optionalInteger('MaxRetries') ?? 0;
    const isRetried = run.state === 'FAILED' && run.attempt < maxRetries && !isShutdown && !this.#isClosed;
    if (isRetried) await this.#retry(run, endedMs);
    this.#ended.fire({ run, isFinal: !isRetried });
  }

  async #retry(run: JobRunRecord, now: number): Promise<void> {
    const attempt = run.attempt + 1;
    await this.#begin({
      id: `${run.id.replace(/_attempt_\d+$/, '')}_attempt_${attempt}`,
      jobName: run.jobName,
      attempt,
      previousRunId: run.id,
      ...(run.origin && { origin: run.origin }),
      state: 'STARTING',
      startedMs: now,
      modifiedMs: now,
      arguments: run.arguments,
      overrides: run.overrides,
      definition: run.definition,
    });
  }

  /** Resolves when a queued run may begin: those that wait longer come first. */
  async #awaitTurn(run: JobRunRecord, signal: AbortSignal): Promise<void> {
    const isTurn = (): boolean => {
      const waiting = this.runsOf(run.jobName).filter(({ id, state }) => state === 'WAITING' && this.#active.has(id));
      return waiting.at(-1)?.id === run.id && this.#refusal(run.jobName, run.definition) === undefined;
    };
    while (!signal.aborted && !isTurn()) {
      await new Promise<void>((resolve) => {
        const subscription = this.#changed.event(() => wake());
        const wake = (): void => {
          subscription.dispose();
          signal.removeEventListener('abort', wake);
          resolve();
        };
        signal.addEventListener('abort', wake, { once: true });
      });
    }
    if (!signal.aborted) await this.#update(run.id, { state: 'STARTING', stateDetail: '' });
  }

  /** Why no other run of a job may begin now. */
  #refusal(jobName: string, definition: Members): AwsError | undefined {
    const running = [...this.#active.keys()]
      .map((id) => this.options.state.runs.get(id))
      .filter((run) => run !== undefined && run.state !== 'WAITING');
    if (running.filter((run) => run?.jobName === jobName).length >= limitOf(definition))
      return new AwsError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${jobName}`);
    if (running.length < accountLimit) return undefined;
    const message = `Exceeded the maximum number of concurrent job runs for the account: ${accountLimit}.`;
    return new AwsError('ResourceNumberLimitExceededException', message);
  }

  async #update(runId: string, patch: Partial<JobRunRecord>): Promise<JobRunRecord> {
    const before = this.options.state.runs.get(runId);
    if (!before) throw notFound(`Job run ${runId} not found.`);
    const run = { ...before, ...patch, modifiedMs: this.options.clock.now() };
    await this.options.state.runs.put(runId, run);
    this.#changed.fire(runId);
    return run;
  }
}

function endOfStop(reason: unknown): { readonly state: JobRunState; readonly errorMessage?: string } {
  if (reason === 'timeout') return { state: 'TIMEOUT' };
  if (reason === 'shutdown') return { state: 'FAILED', errorMessage: shutdownMessage };
  return { state: 'STOPPED' };
}

function limitOf(definition: Members): number {
  return new Input(definition).optionalObject('ExecutionProperty')?.optionalInteger('MaxConcurrentRuns') ?? 1;
}

function queues(overrides: Members, definition: Members): boolean {
  const name = 'JobRunQueuingEnabled';
  return new Input(overrides).optionalBoolean(name) ?? new Input(definition).optionalBoolean(name) ?? false;
}

/** Minutes. */
function timeoutOf(run: JobRunRecord): number {
  return (
    new Input(run.overrides).optionalInteger('Timeout') ?? new Input(run.definition).optionalInteger('Timeout') ?? 2880
  );
}
