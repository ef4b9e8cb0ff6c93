import type { LogEntry, RunEntry } from './entry.ts';
import type { RunKey, RunOutcome } from './model.ts';
import type { JobRunDetail } from './ports.ts';
import type { Step, Timeline } from './timelineModel.ts';

/** How well a run can be followed just now. `message` is a sentence for its row, `help` what the user can do. */
export type WatchStatus =
  | { readonly kind: 'live' }
  | {
      readonly kind: 'limited' | 'offline' | 'blocked' | 'gone';
      readonly message: string;
      readonly help?: string;
      readonly retryAtMs?: number;
    };

/** A Glue job run that a run consists of. */
export interface RunJob {
  readonly detail: JobRunDetail;
  /** Where in the run it was started: path of the state or workflow node; empty for a job run of its own. */
  readonly path: readonly string[];
  readonly stepId?: number;
  readonly lastLog?: LogEntry;
  /** Last line of Glue's progress bar. */
  readonly progress?: string;
}

/**
 * Everything known of a run. A live view that the store updates in place: read it when told of a change, keep
 * `entries.length` as the place up to which entries were read. `entries` only grows, except that a watch that had to
 * start over (reload, redrive from nothing) begins a new `generation` with no entries.
 */
export interface RunSnapshot {
  readonly key: RunKey;
  readonly name: string;
  readonly outcome: RunOutcome;
  readonly startedByUser: boolean;
  /** Address of the document it was started from. */
  readonly originUri?: string;
  readonly input?: string;
  readonly output?: string;
  /** Empty for job runs and local runs. */
  readonly timeline: Timeline;
  /** By job run id, in the order they were found. */
  readonly jobs: ReadonlyMap<string, RunJob>;
  readonly entries: readonly RunEntry[];
  readonly generation: number;
  readonly status: WatchStatus;
  /** Definition that the execution ran, once asked for; JSON text. */
  readonly definition?: string;
  readonly redriveStatus?: string;
  /** All there is has been read. */
  readonly isComplete: boolean;
}

/** The state that a row names: the innermost one that is on, or the one that failed. */
export function currentStep(snapshot: RunSnapshot): Step | undefined {
  const { current, steps } = snapshot.timeline;
  return current.at(-1) ?? steps.findLast((step) => step.state === 'failed' || step.state === 'timedOut');
}
