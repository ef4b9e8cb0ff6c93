import type { Clock } from '../base/clock.ts';
import type { EventEntry } from './entry.ts';
import type { EntryMerge } from './merge.ts';
import type { RunOutcome } from './model.ts';
import type { PacePolicy } from './pace.ts';
import type { JobRunDetail, RunPorts } from './ports.ts';
import type { RunJob } from './snapshot.ts';
import type { Timeline } from './timelineModel.ts';

/** What a run's first describing call and its end tell. */
export interface RunFacts {
  readonly outcome?: RunOutcome;
  readonly name?: string;
  readonly input?: string;
  readonly output?: string;
  readonly redriveStatus?: string;
}

/** Where a follower puts what it finds. */
export interface FollowerSink {
  readonly ports: RunPorts;
  readonly clock: Clock;
  readonly pace: PacePolicy;
  /** Stretches waits while AWS limits requests. */
  readonly slowdown: number;
  /** Somebody looks at log lines. */
  readonly wantsLogs: boolean;
  readonly merge: EntryMerge;
  /** `source` moves on to the last entry's time, unless the merge does not know it. */
  addEvents(source: string, entries: readonly EventEntry[]): void;
  setFacts(facts: RunFacts): void;
  setTimeline(timeline: Timeline): void;
  setJob(job: RunJob): void;
  /** Something in the timeline changed. */
  touch(): void;
  followJob(job: FollowedJob): void;
  /** The run is known to have ended: ask for its end. */
  hurryJob(runId: string): void;
  followExecution(executionArn: string, path: readonly string[]): void;
}

export interface FollowedJob {
  readonly jobName: string;
  readonly runId: string;
  readonly path: readonly string[];
  readonly stepId?: number;
  /** Its transitions are told by somebody else: a history, or the workflow that it runs in. */
  readonly isPart: boolean;
  readonly foundMs: number;
  /** Set where the detail comes with somebody else's reply. */
  readonly detail?: JobRunDetail;
}

/** One thing that is polled. */
export interface Follower {
  readonly dueMs: number;
  readonly isDone: boolean;
  /**
   * Asks, and gives control back after each page so that what came can be shown. Rejects with what the port rejected
   * with; polling again goes on where it stopped.
   */
  poll(signal: AbortSignal): AsyncGenerator<void>;
  /** Ask at the next chance. */
  hurry(): void;
  /** The merge was begun anew: name the sources that are still being read. */
  reopen(): void;
}
