import type { JobRun, WorkflowRun } from '@aws-sdk/client-glue';
import { UserError } from '../../core/base/userError.ts';
import type { StartJobRunOptions } from './api.ts';
import type { CallerContext } from '../calls/caller.ts';
import { defined } from '../defined.ts';
import { failureOf } from '../errors.ts';
import type { GlueCalls } from './glue.ts';

/** A run shows up in the list within seconds of being accepted. */
const lookAfterMs = [0, 2_000, 5_000];
/** How exactly the clocks can be compared: the Date header counts whole seconds. */
const clockToleranceMs = 2_000;
const lookedThrough = 50;

export async function startJobRunOnce(
  calls: GlueCalls,
  context: CallerContext,
  { jobName, options }: { readonly jobName: string; readonly options: StartJobRunOptions },
  signal: AbortSignal | undefined,
): Promise<string> {
  const given = options.arguments ?? {};
  return await startOnce(context, {
    what: `Glue job "${jobName}"`,
    start: async () => {
      const { JobRunId } = await calls.call(
        'StartJobRun',
        {
          JobName: jobName,
          ...(options.arguments ? { Arguments: { ...options.arguments } } : {}),
          ...defined({
            Timeout: options.timeoutMinutes,
            WorkerType: options.workerType as 'G.1X' | undefined,
            NumberOfWorkers: options.numberOfWorkers,
          }),
        },
        { signal, isSentOnce: true },
      );
      return JobRunId;
    },
    recent: async () => {
      const { JobRuns = [] } = await calls.call(
        'GetJobRuns',
        { JobName: jobName, MaxResults: lookedThrough },
        { signal },
      );
      return JobRuns;
    },
    serverAheadMs: () => calls.serverAheadMs,
    isLike: (run: JobRun) => !run.TriggerName && (run.Attempt ?? 0) === 0 && isSame(run.Arguments ?? {}, given),
    idOf: (run) => run.Id,
    signal,
  });
}

export async function startWorkflowRunOnce(
  calls: GlueCalls,
  context: CallerContext,
  { name, properties }: { readonly name: string; readonly properties: Readonly<Record<string, string>> },
  signal: AbortSignal | undefined,
): Promise<string> {
  return await startOnce(context, {
    what: `Glue workflow "${name}"`,
    start: async () => {
      const { RunId } = await calls.call(
        'StartWorkflowRun',
        { Name: name, RunProperties: { ...properties } },
        { signal, isSentOnce: true },
      );
      return RunId;
    },
    recent: async () => {
      const { Runs = [] } = await calls.call('GetWorkflowRuns', { Name: name, MaxResults: lookedThrough }, { signal });
      return Runs;
    },
    serverAheadMs: () => calls.serverAheadMs,
    // A run's properties are the workflow's defaults and what was given.
    isLike: (run: WorkflowRun) =>
      Object.entries(properties).every(([key, value]) => run.WorkflowRunProperties?.[key] === value),
    idOf: (run) => run.WorkflowRunId,
    signal,
  });
}

interface Start<R> {
  readonly what: string;
  readonly start: () => Promise<string | undefined>;
  readonly recent: () => Promise<readonly R[]>;
  readonly serverAheadMs: () => number | undefined;
  readonly isLike: (run: R) => boolean;
  readonly idOf: (run: R) => string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Sends a start once; where its answer is lost, finds the run that it started, or rejects with `ambiguous-start`. */
async function startOnce<R extends { readonly StartedOn?: Date | undefined }>(
  { clock, connection }: CallerContext,
  start: Start<R>,
): Promise<string> {
  const sentMs = clock.now();
  let lost: unknown;
  try {
    const id = await start.start();
    if (id) return id;
  } catch (error) {
    if (!failureOf(error)?.isAmbiguous) throw error;
    lost = error;
  }
  for (const waitMs of lookAfterMs) {
    await clock.sleep(waitMs, start.signal);
    let runs: readonly R[];
    try {
      runs = await start.recent();
    } catch (error) {
      if (start.signal?.aborted) throw error;
      break;
    }
    const sinceMs = sentMs + (start.serverAheadMs() ?? 0) - clockToleranceMs;
    const ids = runs
      .filter((run) => (run.StartedOn?.getTime() ?? 0) >= sinceMs && start.isLike(run))
      .map((run) => start.idOf(run))
      .filter((id) => id !== undefined);
    if (ids.length > 1) break;
    if (ids[0] !== undefined) return ids[0];
  }
  throw new UserError(
    'ambiguous-start',
    `The connection was lost while ${start.what} was being started; whether it runs is not known.`,
    'Look at its recent runs before you start it again.',
    {
      region: connection.region,
      ...(connection.kind === 'profile' ? { profile: connection.profile } : {}),
      cause: lost,
    },
  );
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
