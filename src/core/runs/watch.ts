import { backoffMs } from '../base/backoff.ts';
import type { Clock } from '../base/clock.ts';
import { isAbort, toUserError, type UserError } from '../base/userError.ts';
import type { EventEntry, RunEntry } from './entry.ts';
import { ExecutionFollower } from './executionFollower.ts';
import type { FollowedJob, Follower, FollowerSink, RunFacts } from './follower.ts';
import { JobFollower } from './jobFollower.ts';
import { EntryMerge } from './merge.ts';
import type { RunKey } from './model.ts';
import type { PacePolicy } from './pace.ts';
import type { RunPorts } from './ports.ts';
import type { RunJob, WatchStatus } from './snapshot.ts';
import type { Timeline } from './timelineModel.ts';
import type { WatchInterest } from './watchInterest.ts';
import { isExpressExecution } from './runTitle.ts';
import { WorkflowFollower } from './workflowFollower.ts';

/** A piece of news about a run. */
export type RunUpdate =
  | { readonly kind: 'facts'; readonly facts: RunFacts }
  | { readonly kind: 'timeline'; readonly timeline: Timeline }
  | { readonly kind: 'job'; readonly job: RunJob }
  | { readonly kind: 'entries'; readonly entries: readonly RunEntry[] }
  /** The entries given so far are void: they come again, in their order among log lines that nobody wanted before. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'status'; readonly status: WatchStatus }
  | { readonly kind: 'touched' };

export interface WatchOptions {
  readonly ports: RunPorts;
  readonly clock: Clock;
  readonly pace: PacePolicy;
  readonly interest: WatchInterest;
  /** Gives [0, 1). */
  readonly random: () => number;
}

const backoff = { baseMs: 1_000, maxMs: 30_000 };
/** A throttled run says so only after this long: most throttling passes unnoticed. */
const quietThrottlingMs = 30_000;
/** Without throttling for so long, polling is as fast as before. */
const calmMs = 15_000;
/** A run that was just started may not be visible at once. */
const settleMs = 30_000;
const nestingLimit = 3;
const nestedLimit = 25;

/**
 * Watches a run until it has ended and its logs have been read, or `signal` is aborted (then it just ends). Failures
 * that may pass are told as status and tried again; it rejects with nothing. A run of a kind that has no API to ask
 * ends at once.
 */
export async function* watch(key: RunKey, options: WatchOptions, signal: AbortSignal): AsyncGenerator<RunUpdate> {
  const run = new Watch(key, options);
  try {
    yield* run.updates(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

class Watch implements FollowerSink {
  readonly ports: RunPorts;
  readonly clock: Clock;
  readonly pace: PacePolicy;
  merge: EntryMerge;
  wantsLogs: boolean;
  slowdown = 1;
  readonly #followers: Follower[] = [];
  readonly #jobs = new Map<string, JobFollower>();
  readonly #executions = new Map<string, number>();
  readonly #events: EventEntry[] = [];
  readonly #startedMs: number;
  #news: RunUpdate[] = [];
  #failures = 0;
  #throttledSinceMs: number | undefined;
  #throttledMs = -Infinity;
  #status: WatchStatus = { kind: 'live' };

  constructor(
    private readonly key: RunKey,
    private readonly options: WatchOptions,
  ) {
    this.ports = options.ports;
    this.clock = options.clock;
    this.pace = options.pace;
    this.merge = new EntryMerge(options.pace.holdMs);
    this.wantsLogs = options.interest.wantsLogs;
    this.#startedMs = this.clock.now();
    const root = this.#root();
    if (root) this.#followers.push(root);
  }

  #root(): Follower | undefined {
    const { kind, resource, id } = this.key;
    switch (kind) {
      case 'execution':
        // Step Functions answers nothing about Express executions.
        if (isExpressExecution(id)) return undefined;
        this.#executions.set(id, 0);
        return new ExecutionFollower(this, id, []);
      case 'jobRun': {
        const job = { jobName: resource, runId: id, path: [], isPart: false, foundMs: -Infinity };
        return new JobFollower(this, job);
      }
      case 'workflowRun':
        return new WorkflowFollower(this, { workflowName: resource, runId: id });
      case 'localRun':
        return undefined;
    }
  }

  async *updates(signal: AbortSignal): AsyncGenerator<RunUpdate> {
    while (!this.#isOver()) {
      if (this.options.interest.wantsLogs && !this.wantsLogs && this.merge.behind === undefined) this.#beginLogs();
      let waitMs: number | undefined;
      try {
        // Followers that are found meanwhile are polled in the same round.
        for (let index = 0; index < this.#followers.length; index += 1) {
          const follower = this.#followers[index];
          if (!follower || follower.isDone || follower.dueMs > this.clock.now()) continue;
          yield* this.#poll(follower, signal);
          signal.throwIfAborted();
        }
        yield* this.#recovered();
      } catch (error) {
        if (signal.aborted || isAbort(error)) throw error;
        const failure = toUserError(error);
        this.merge.fallBehind();
        for (const follower of this.#followers) if (!follower.isDone) follower.hurry();
        waitMs = this.#afterFailure(failure);
        yield* this.#take();
        yield* this.#setStatus(this.#statusAfter(failure, waitMs));
        if (waitMs === Infinity) break;
      }
      yield* this.#take();
      if (!this.#isOver()) await this.options.interest.sleep(this.clock, waitMs ?? this.#untilDueMs(), signal);
      if (this.options.interest.takeHurry()) for (const follower of this.#followers) follower.hurry();
    }
    yield* this.#give(this.merge.drain());
  }

  async *#poll(follower: Follower, signal: AbortSignal): AsyncGenerator<RunUpdate> {
    const pages = follower.poll(signal);
    while (!(await pages.next()).done) yield* this.#take();
    yield* this.#take();
  }

  #isOver(): boolean {
    if (this.options.interest.wantsLogs && !this.wantsLogs) return false;
    return this.#followers.every((follower) => follower.isDone);
  }

  #untilDueMs(): number {
    const nowMs = this.clock.now();
    let due = nowMs + this.pace.slowMs;
    for (const follower of this.#followers) if (!follower.isDone) due = Math.min(due, follower.dueMs);
    if (!this.merge.isEmpty) due = Math.min(due, nowMs + this.pace.holdMs);
    return Math.max(20, due - nowMs);
  }

  *#take(): Generator<RunUpdate> {
    const news = this.#news;
    this.#news = [];
    yield* news;
    yield* this.#give(this.merge.release(this.clock.now()));
  }

  *#give(entries: readonly RunEntry[]): Generator<RunUpdate> {
    if (entries.length > 0) yield { kind: 'entries', entries };
  }

  /** Log lines belong between transitions that have been given already: all are put in order again. */
  #beginLogs(): void {
    this.wantsLogs = true;
    this.merge = new EntryMerge(this.pace.holdMs);
    if (this.#events.length > 0) this.#news.push({ kind: 'restart' });
    for (const follower of this.#followers) follower.reopen();
    this.merge.push('again', this.#events, -Infinity);
  }

  /** Milliseconds until the next try; Infinity to give up. */
  #afterFailure(failure: UserError): number {
    switch (failure.code) {
      case 'throttled':
        this.#throttledMs = this.clock.now();
        this.#throttledSinceMs ??= this.#throttledMs;
        this.slowdown = 2;
        return this.#nextBackoff();
      case 'network':
        return this.#nextBackoff();
      case 'not-found':
        return this.clock.now() - this.#startedMs < settleMs ? this.pace.fastMs : Infinity;
      case 'not-supported':
        return Infinity;
      default:
        return this.pace.blockedMs;
    }
  }

  #nextBackoff(): number {
    this.#failures += 1;
    return backoffMs(this.#failures, backoff, this.options.random);
  }

  #statusAfter(failure: UserError, waitMs: number): WatchStatus {
    const retryAtMs = this.clock.now() + waitMs;
    const { message, help } = failure;
    switch (failure.code) {
      case 'throttled':
        return this.clock.now() - (this.#throttledSinceMs ?? 0) >= quietThrottlingMs
          ? { kind: 'limited', message: 'AWS is limiting requests; updating slower', retryAtMs }
          : this.#status;
      case 'network':
        return { kind: 'offline', message, help, retryAtMs };
      case 'not-found':
      case 'not-supported':
        return waitMs === Infinity ? { kind: 'gone', message, help } : this.#status;
      default:
        return { kind: 'blocked', message, help, retryAtMs };
    }
  }

  *#recovered(): Generator<RunUpdate> {
    this.#failures = 0;
    if (this.clock.now() - this.#throttledMs < calmMs) return;
    this.#throttledSinceMs = undefined;
    this.slowdown = 1;
    yield* this.#setStatus({ kind: 'live' });
  }

  *#setStatus(status: WatchStatus): Generator<RunUpdate> {
    if (status === this.#status || (status.kind === 'live' && this.#status.kind === 'live')) return;
    this.#status = status;
    yield { kind: 'status', status };
  }

  addEvents(source: string, entries: readonly EventEntry[]): void {
    if (entries.length === 0) return;
    this.#events.push(...entries);
    this.merge.push(source, entries, this.clock.now());
  }

  setFacts(facts: RunFacts): void {
    this.#news.push({ kind: 'facts', facts });
  }

  setTimeline(timeline: Timeline): void {
    this.#news.push({ kind: 'timeline', timeline });
  }

  setJob(job: RunJob): void {
    this.#news.push({ kind: 'job', job });
  }

  touch(): void {
    this.#news.push({ kind: 'touched' });
  }

  followJob(job: FollowedJob): void {
    if (this.#jobs.has(job.runId)) return;
    const follower = new JobFollower(this, job);
    this.#jobs.set(job.runId, follower);
    this.#followers.push(follower);
  }

  hurryJob(runId: string): void {
    this.#jobs.get(runId)?.hurry();
  }

  followExecution(executionArn: string, path: readonly string[]): void {
    if (this.#executions.has(executionArn) || this.#executions.size > nestedLimit || path.length > nestingLimit * 3)
      return;
    this.#executions.set(executionArn, path.length);
    this.#followers.push(new ExecutionFollower(this, executionArn, path));
  }
}
