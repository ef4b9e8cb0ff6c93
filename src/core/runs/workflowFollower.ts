import type { EventEntry } from './entry.ts';
import { failureLine } from './eventDetails.ts';
import type { Follower, FollowerSink } from './follower.ts';
import { formatDuration } from './format.ts';
import { JobFollower } from './jobFollower.ts';
import { isTerminal, type RunOutcome } from './model.ts';
import { Pace } from './pace.ts';
import type { WorkflowRunDetail } from './ports.ts';
import { WorkflowTimeline } from './workflowTimeline.ts';

/** Follows a Glue workflow run: one call tells of all its nodes; only the log lines of its jobs are asked for apart. */
export class WorkflowFollower implements Follower {
  readonly #timeline = new WorkflowTimeline();
  readonly #jobs = new Map<string, JobFollower>();
  readonly #told = new Map<string, string>();
  readonly #pace: Pace;
  #isOver = false;
  #hasBegun = false;

  constructor(
    private readonly sink: FollowerSink,
    private readonly run: { readonly workflowName: string; readonly runId: string },
  ) {
    this.#pace = new Pace(sink.pace, sink.clock.now());
    sink.setTimeline(this.#timeline);
    this.reopen();
  }

  get dueMs(): number {
    return Math.min(this.#isOver ? Infinity : this.#pace.dueMs, ...[...this.#jobs.values()].map((job) => job.dueMs));
  }

  get isDone(): boolean {
    return this.#isOver && [...this.#jobs.values()].every((job) => job.isDone);
  }

  hurry(): void {
    this.#pace.hurry(this.sink.clock.now());
    for (const job of this.#jobs.values()) if (!job.isDone) job.hurry();
  }

  reopen(): void {
    if (!this.#hasBegun) this.sink.merge.open('workflow', -Infinity);
    for (const job of this.#jobs.values()) job.reopen();
  }

  async *poll(signal: AbortSignal): AsyncGenerator<void> {
    if (!this.#isOver && this.#pace.dueMs <= this.sink.clock.now()) {
      const detail = await this.sink.ports.getWorkflowRun(this.run.workflowName, this.run.runId, signal);
      const changed = this.#take(detail);
      this.#pace.polled(this.sink.clock.now(), changed, this.sink.slowdown);
      yield;
    }
    for (const job of this.#jobs.values()) {
      if (!job.isDone && job.dueMs <= this.sink.clock.now()) yield* job.poll(signal);
    }
  }

  #take(detail: WorkflowRunDetail): boolean {
    const changed = this.#timeline.update(detail.nodes);
    for (const node of detail.nodes) {
      for (const run of node.jobRuns) {
        const known = this.#jobs.get(run.runId);
        if (known) known.update(run);
        else {
          const foundMs = run.startedMs ?? this.sink.clock.now();
          const job = { jobName: run.jobName, runId: run.runId, path: [node.name], isPart: true, foundMs, detail: run };
          this.#jobs.set(run.runId, new JobFollower(this.sink, job));
        }
      }
      for (const crawl of node.crawls) this.#tellCrawl(node.name, crawl);
    }
    const outcome: RunOutcome = detail;
    this.#isOver = isTerminal(detail.state) && this.#timeline.current.length === 0;
    this.sink.setFacts({ outcome, name: detail.runId });
    if (this.#isOver) this.#tellEnd(detail);
    if (changed) this.sink.touch();
    if (!this.#hasBegun) this.sink.merge.close('workflow');
    this.#hasBegun = true;
    return changed;
  }

  #tellCrawl(name: string, crawl: RunOutcome): void {
    const id = `${name} ${crawl.startedMs ?? 0}`;
    if (this.#told.get(id) === crawl.awsState) return;
    this.#told.set(id, crawl.awsState);
    const failure = failureLine(crawl.error, crawl.cause);
    const text = `crawl ${crawl.awsState.toLowerCase()}${failure === undefined ? '' : `: ${failure}`}`;
    const ended = isTerminal(crawl.state);
    const mark = !ended ? 'entered' : crawl.state === 'succeeded' ? 'succeeded' : 'failed';
    this.#add((ended ? crawl.endedMs : crawl.startedMs) ?? this.sink.clock.now(), mark, text, [name]);
  }

  #tellEnd(detail: WorkflowRunDetail): void {
    const endMs = detail.endedMs ?? this.sink.clock.now();
    const took = formatDuration(endMs - (detail.startedMs ?? endMs));
    if (detail.state === 'succeeded') this.#add(endMs, 'succeeded', `workflow run succeeded in ${took}`);
    else if (detail.state === 'stopped') this.#add(endMs, 'stopped', `workflow run stopped after ${took}`);
    else {
      const because = failureLine(detail.error, detail.cause);
      this.#add(endMs, 'failed', `workflow run failed after ${took}${because === undefined ? '' : `: ${because}`}`);
    }
  }

  #add(timeMs: number, mark: EventEntry['mark'], text: string, path: readonly string[] = []): void {
    this.sink.addEvents('workflow told', [{ kind: 'event', timeMs, late: false, path, mark, text }]);
  }
}
