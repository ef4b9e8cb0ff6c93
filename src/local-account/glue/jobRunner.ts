import type { ProcessIdentity } from '../../processes/processTree.ts';
import type { RunLog } from './runLog.ts';
import type { JobRunRecord } from './records.ts';

/** What a run is given while it goes on. */
export interface RunSurroundings {
  readonly run: JobRunRecord;
  readonly log: RunLog;
  /** The script begins, in this process where it has one. */
  readonly onRunning: (process: ProcessIdentity | undefined) => Promise<void>;
}

/** How a script ended: well, or with what AWS shows as the run's error message. */
export type RunEnd = { readonly kind: 'succeeded' } | { readonly kind: 'failed'; readonly message: string };

/** Runs jobs of one kind. Aborting ends the process tree; what `run` then gives does not count. */
export interface JobRunner {
  run(surroundings: RunSurroundings, signal: AbortSignal): Promise<RunEnd>;
  /** Ends what an account process that was killed left running; called once, and only where a run of its kind was on. */
  recover?(): Promise<void>;
}

/** For the kinds of jobs that this machine has nothing to run with. */
export function createUnavailableRunner(message: string): JobRunner {
  return { run: async () => await Promise.resolve({ kind: 'failed', message }) };
}
