import { toUserError } from '../base/userError.ts';
import type { Follower, FollowerSink } from './follower.ts';
import { HistoryReader } from './historyReader.ts';
import { executionState, isTerminal, type RunOutcome } from './model.ts';
import { textOf } from './eventDetails.ts';
import { Pace } from './pace.ts';
import type { HistoryEvent } from './ports.ts';
import { HistoryTimeline } from './timeline.ts';
import type { Step } from './timelineModel.ts';
import { TransitionWriter } from './transitions.ts';

/** A quiet history is checked against the execution's own state now and then. */
const describeEveryMs = 20_000;

/** Follows an execution by its history. The root one (empty path) also tells the run's outcome. */
export class ExecutionFollower implements Follower {
  readonly #reader: HistoryReader;
  readonly #timeline: HistoryTimeline;
  readonly #writer: TransitionWriter;
  readonly #pace: Pace;
  readonly #source: string;
  readonly #linked = new Set<string>();
  #describedMs = -Infinity;
  #historyRefusal: string | undefined;
  #isDone = false;
  #isCaughtUp = false;
  #endedBy: string | undefined;

  constructor(
    private readonly sink: FollowerSink,
    private readonly executionArn: string,
    private readonly path: readonly string[],
  ) {
    this.#reader = new HistoryReader(sink.ports, executionArn);
    this.#timeline = new HistoryTimeline(path);
    this.#writer = new TransitionWriter(this.#timeline, path);
    this.#pace = new Pace(sink.pace, sink.clock.now());
    this.#source = `history ${executionArn}`;
    this.reopen();
    if (this.#isRoot) sink.setTimeline(this.#timeline);
  }

  get #isRoot(): boolean {
    return this.path.length === 0;
  }

  get dueMs(): number {
    return this.#pace.dueMs;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  hurry(): void {
    this.#pace.hurry(this.sink.clock.now());
  }

  reopen(): void {
    if (this.#isDone) return;
    this.sink.merge.open(this.#source, -Infinity);
    if (this.#isCaughtUp) this.sink.merge.caughtUp(this.#source);
  }

  async *poll(signal: AbortSignal): AsyncGenerator<void> {
    const { sink } = this;
    let changed = false;
    if (this.#isRoot && this.#describedMs === -Infinity) {
      await this.#describe(signal);
      yield;
    }
    if (this.#historyRefusal === undefined) {
      for await (const events of this.#pages(signal)) {
        changed ||= events > 0;
        yield;
      }
    }
    if (this.#isRoot && (this.#endedBy !== undefined || sink.clock.now() - this.#describedMs >= describeEveryMs)) {
      changed = (await this.#describe(signal)) || changed;
    }
    if (this.#endedBy !== undefined) this.#finish();
    this.#pace.polled(sink.clock.now(), changed, sink.slowdown);
  }

  async *#pages(signal: AbortSignal): AsyncGenerator<number> {
    for (;;) {
      let page;
      try {
        page = await this.#reader.next(signal);
      } catch (error) {
        this.#refuse(error);
        return;
      }
      this.#take(page.events);
      // Held back lines are older than what was just given: they may not wait for another page.
      this.sink.addEvents(this.#source, this.#writer.flush());
      yield page.events.length;
      if (!page.more) break;
    }
    this.#isCaughtUp = true;
    this.sink.merge.caughtUp(this.#source);
  }

  /** An execution whose history cannot be read is followed by its state alone. */
  #refuse(error: unknown): void {
    const failure = toUserError(error);
    if (!['access-denied', 'not-supported', 'not-found'].includes(failure.code)) throw error;
    if (this.#isRoot && failure.code === 'not-found') throw error;
    this.#historyRefusal = failure.message;
    this.#isCaughtUp = true;
    const text = `history cannot be read: ${failure.message}`;
    const timeMs = this.sink.clock.now();
    this.sink.addEvents(this.#source, [{ kind: 'event', timeMs, late: false, path: this.path, mark: 'warning', text }]);
    this.sink.merge.close(this.#source);
    if (!this.#isRoot) this.#isDone = true;
  }

  #take(events: readonly HistoryEvent[]): void {
    for (const event of events) {
      const step = this.#timeline.apply(event);
      this.sink.addEvents(this.#source, this.#writer.write(event, step));
      if (step) this.#link(step, event);
      if (/^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(event.type)) this.#end(event);
      else if (event.type === 'ExecutionRedriven') this.#endedBy = undefined;
    }
    if (events.length > 0) this.sink.touch();
  }

  #link(step: Step, event: HistoryEvent): void {
    const attempt = step.attempts.at(-1);
    const { jobRun, executionArn } = attempt ?? {};
    if (jobRun && !this.#linked.has(jobRun.runId)) {
      this.#linked.add(jobRun.runId);
      const { path, id: stepId } = step;
      this.sink.followJob({ ...jobRun, path, stepId, isPart: true, foundMs: event.timestampMs });
    }
    if (jobRun && attempt?.endedMs !== undefined) this.sink.hurryJob(jobRun.runId);
    if (executionArn !== undefined && !this.#linked.has(executionArn)) {
      this.#linked.add(executionArn);
      this.sink.followExecution(executionArn, step.path);
    }
  }

  #end(event: HistoryEvent): void {
    this.#endedBy = event.type;
    if (!this.#isRoot) return;
    const awsState = { ExecutionSucceeded: 'SUCCEEDED', ExecutionFailed: 'FAILED', ExecutionTimedOut: 'TIMED_OUT' }[
      event.type
    ];
    const output = textOf(event.details, 'output');
    const error = textOf(event.details, 'error');
    const cause = textOf(event.details, 'cause');
    const outcome: RunOutcome = {
      state: executionState(awsState ?? 'ABORTED'),
      awsState: awsState ?? 'ABORTED',
      endedMs: event.timestampMs,
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    };
    this.sink.setFacts({ outcome, ...(output !== undefined && { output }) });
  }

  /** True when the execution has ended by its own account. */
  async #describe(signal: AbortSignal): Promise<boolean> {
    const { sink } = this;
    const detail = await sink.ports.describeExecution(this.executionArn, signal);
    const { name, input, output, redriveStatus } = detail;
    this.#describedMs = sink.clock.now();
    const isEnd = isTerminal(detail.state);
    const hasEnded = this.#endedBy !== undefined;
    // Before the history tells the end, with the state that it came from, it is left out; after, a service that is a
    // moment behind its own history may still call the execution running.
    const isKnown = isEnd ? hasEnded || this.#historyRefusal !== undefined : !hasEnded;
    sink.setFacts({
      ...(isKnown && { outcome: detail }),
      name,
      ...(input !== undefined && { input }),
      ...(output !== undefined && { output }),
      ...(redriveStatus !== undefined && { redriveStatus }),
    });
    if (isEnd && this.#historyRefusal !== undefined) this.#endedBy = detail.awsState;
    return isEnd;
  }

  #finish(): void {
    this.#isDone = true;
    this.sink.merge.close(this.#source);
  }
}
