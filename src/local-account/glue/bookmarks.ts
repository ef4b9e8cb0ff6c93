import { AwsError } from '../http/awsError.ts';
import type { Input, Members } from '../http/input.ts';
import type { Operation } from '../http/jsonService.ts';
import type { Collection } from '../state/collection.ts';
import { isMembers } from '../http/input.ts';
import { nameLimits } from './jobOperations.ts';
import { runArguments } from './runArguments.ts';
import type { JobRunRecord } from './records.ts';
import type { RunEngine } from './runEngine.ts';

/** How far the runs of a job have come that keep a bookmark. */
export interface BookmarkRecord {
  readonly jobName: string;
  /** Counts the resets. */
  readonly version: number;
  /** Runs since the last reset. */
  readonly run: number;
  readonly attempt: number;
  readonly runId?: string;
  readonly previousRunId?: string;
}

export function isBookmarkRecord(value: unknown): value is BookmarkRecord {
  return (
    isMembers(value) &&
    typeof value['jobName'] === 'string' &&
    typeof value['version'] === 'number' &&
    typeof value['run'] === 'number'
  );
}

/** The bookmark of a job after a run that succeeded; undefined where the run keeps none. */
export function advanceBookmark(
  before: BookmarkRecord | undefined,
  run: Pick<JobRunRecord, 'id' | 'jobName' | 'attempt' | 'state' | 'arguments' | 'definition'>,
): BookmarkRecord | undefined {
  const option = runArguments(run)['--job-bookmark-option'];
  if (run.state !== 'SUCCEEDED' || option !== 'job-bookmark-enable') return undefined;
  return {
    jobName: run.jobName,
    version: before?.version ?? 0,
    run: (before?.run ?? 0) + 1,
    attempt: run.attempt,
    runId: run.id,
    ...(before?.runId !== undefined && { previousRunId: before.runId }),
  };
}

/** Bookmarks as far as a script and the extension ask for them: read and reset. What a job has read is not kept in them. */
export function bookmarkOperations(
  bookmarks: Collection<BookmarkRecord>,
  engine: RunEngine,
): Readonly<Record<string, Operation>> {
  const find = (input: Input): BookmarkRecord => {
    const jobName = input.text('JobName', nameLimits);
    const bookmark = bookmarks.get(jobName);
    if (bookmark) return bookmark;
    throw new AwsError('EntityNotFoundException', `Continuation for job ${jobName} not found`);
  };
  return {
    GetJobBookmark: (input) => ({ JobBookmarkEntry: presentBookmark(find(input)) }),
    ResetJobBookmark: async (input) => {
      const { jobName, version, runId } = find(input);
      const target = input.optionalText('RunId', nameLimits);
      if (target !== undefined && !engine.find(jobName, target)) {
        throw new AwsError('EntityNotFoundException', `Job run ${target} of job ${jobName} not found.`);
      }
      const reset: BookmarkRecord = {
        jobName,
        version: version + 1,
        run: 0,
        attempt: 0,
        ...(target !== undefined && { runId: target }),
        ...(runId !== undefined && { previousRunId: runId }),
      };
      await bookmarks.put(jobName, reset);
      return { JobBookmarkEntry: presentBookmark(reset) };
    },
  };
}

function presentBookmark({ jobName, version, run, attempt, runId, previousRunId }: BookmarkRecord): Members {
  return {
    JobName: jobName,
    Version: version,
    Run: run,
    Attempt: attempt,
    PreviousRunId: previousRunId,
    RunId: runId,
    JobBookmark: '{}',
  };
}
