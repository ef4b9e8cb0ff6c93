import { toUserError } from '../base/userError.ts';
import { estimateCost, formatDpuHours } from './cost.ts';
import type { EventEntry, EventMark } from './entry.ts';
import { failureLine } from './eventDetails.ts';
import type { FollowedJob, Follower, FollowerSink } from './follower.ts';
import { formatDuration, formatMoney } from './format.ts';
import { JobLogs } from './jobLogs.ts';
import { isTerminal } from './model.ts';
import { Pace } from './pace.ts';
import type { JobRunDetail } from './ports.ts';
import type { RunJob } from './snapshot.ts';
import { describeJobRun } from './transitions.ts';

/** Follows a Glue job run and, while somebody looks at them, its log streams. */
export class JobFollower implements Follower {
  readonly #pace: Pace;
  readonly #source: string;
  #logs: JobLogs | undefined;
  #job: RunJob | undefined;
  #isRefused = false;
  #needsDetail = true;

  constructor(
    private readonly sink: FollowerSink,
    private readonly job: FollowedJob,
  ) {
    this.#pace = new Pace(sink.pace, sink.clock.now());
    this.#source = `job ${job.runId}`;
    this.reopen();
    if (job.detail) this.update(job.detail);
  }

  get isDone(): boolean {
    if (this.#isRefused) return true;
    if (!this.#job || !isTerminal(this.#job.detail.state)) return false;
    return !this.sink.wantsLogs || (this.#logs?.isDone ?? false);
  }

  get dueMs(): number {
    if (this.sink.wantsLogs && this.#job && !this.#logs) return this.sink.clock.now();
    const detailDue = this.#wantsDetail ? this.#pace.dueMs : Infinity;
    return Math.min(detailDue, this.#logs && !this.#logs.isDone ? this.#logs.dueMs : Infinity);
  }

  get #wantsDetail(): boolean {
    return this.#needsDetail && !this.job.detail;
  }

  hurry(): void {
    this.#pace.hurry(this.sink.clock.now());
    this.#logs?.hurry();
  }

  /** Nothing later goes out before this run's beginning is known and its log streams are. */
  reopen(): void {
    if (this.isDone || this.#logs) return;
    this.sink.merge.open(this.#source, this.#job?.detail.startedMs ?? this.job.foundMs);
    if (!this.sink.wantsLogs && this.#job) this.sink.merge.close(this.#source);
  }

  async *poll(signal: AbortSignal): AsyncGenerator<void> {
    const { sink } = this;
    if (this.#wantsDetail && this.#pace.dueMs <= sink.clock.now()) {
      const before = this.#job?.detail.awsState;
      await this.#describe(signal);
      if (this.#isRefused) return;
      this.#pace.polled(sink.clock.now(), before !== this.#job?.detail.awsState, sink.slowdown);
      yield;
    }
    if (!sink.wantsLogs || !this.#job) return;
    this.#logs ??= new JobLogs(sink, this.job, (found) => {
      if (this.#job) this.#set({ ...this.#job, ...found });
    });
    yield* this.#logs.poll(this.#job.detail, signal);
    if (this.#logs.isDone) sink.merge.close(this.#source);
    else sink.merge.caughtUp(this.#source);
  }

  /** Takes up what somebody else's reply said of the run. */
  update(detail: JobRunDetail): void {
    const before = this.#job?.detail;
    this.#set({
      ...this.#job,
      detail,
      path: this.job.path,
      ...(this.job.stepId !== undefined && { stepId: this.job.stepId }),
    });
    if (!before) this.#announce(detail);
    if (!this.job.isPart) {
      this.sink.setFacts({ outcome: detail });
    }
    if (before?.awsState !== detail.awsState) {
      this.#tell(before, detail);
      this.#logs?.hurry();
    }
    if (isTerminal(detail.state)) this.#needsDetail = false;
    if (!this.sink.wantsLogs) this.sink.merge.close(this.#source);
  }

  #set(job: RunJob): void {
    this.#job = job;
    this.sink.setJob(job);
  }

  async #describe(signal: AbortSignal): Promise<void> {
    const { jobName, runId, path, isPart } = this.job;
    let detail;
    try {
      detail = await this.sink.ports.getJobRun(jobName, runId, signal);
    } catch (error) {
      const failure = toUserError(error);
      if (!isPart || !['access-denied', 'not-supported', 'not-found'].includes(failure.code)) throw error;
      this.#isRefused = true;
      this.#add(this.job.foundMs, 'info', describeJobRun({ jobName, runId }));
      this.#add(this.sink.clock.now(), 'warning', `the job run cannot be read: ${failure.message}`, path);
      this.sink.merge.close(this.#source);
      return;
    }
    this.update(detail);
  }

  #announce(detail: JobRunDetail): void {
    this.#add(
      this.job.isPart ? this.job.foundMs : (detail.startedMs ?? this.job.foundMs),
      'info',
      describeJobRun(detail),
    );
  }

  /** States of a run that no history tells of. */
  #tell(before: JobRunDetail | undefined, detail: JobRunDetail): void {
    if (this.job.isPart && this.job.stepId !== undefined) return;
    const nowMs = this.sink.clock.now();
    if (!isTerminal(detail.state)) {
      if (before) this.#add(nowMs, 'info', detail.awsState.toLowerCase());
      return;
    }
    const endMs = detail.endedMs ?? nowMs;
    const tookMs = detail.executionSeconds ? detail.executionSeconds * 1000 : endMs - (detail.startedMs ?? endMs);
    const took = formatDuration(tookMs);
    const estimate = estimateCost(detail);
    const used = estimate ? `   ${formatDpuHours(estimate)} ${formatMoney(estimate.dollars)}` : '';
    if (detail.state === 'succeeded') this.#add(endMs, 'succeeded', `succeeded in ${took}${used}`);
    else if (detail.state === 'stopped') this.#add(endMs, 'stopped', `stopped after ${took}${used}`);
    else {
      const word = detail.state === 'timedOut' ? 'timed out' : 'failed';
      const because = failureLine(detail.error, detail.cause);
      this.#add(endMs, 'failed', `${word} after ${took}${because === undefined ? '' : `: ${because}`}${used}`);
    }
  }

  #add(timeMs: number, mark: EventMark, text: string, path = this.job.path): void {
    const entry: EventEntry = { kind: 'event', timeMs, late: false, path, mark, text };
    // Not under the source's own name: what is told of a run does not mean that its log was read up to there.
    this.sink.addEvents(`${this.#source} told`, [entry]);
  }
}
