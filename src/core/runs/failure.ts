import { failureLine } from './eventDetails.ts';
import { isTerminal } from './model.ts';
import type { RunJob, RunSnapshot } from './snapshot.ts';
import type { Step } from './timelineModel.ts';
import { findFailingLine, type ScriptLine } from './traceback.ts';

/** Tracebacks stand at the end of a log. */
const linesLookedAt = 4_000;

/** Where and why a run failed, as far as it is known. */
export interface RunFailure {
  /** One line, without the name of what ran. */
  readonly message: string;
  readonly step?: Step;
  /** The job run that failed. */
  readonly job?: RunJob;
  /** Line of that job's script. */
  readonly line?: ScriptLine;
}

/** Undefined for a run that is on, or that ended well or by a stop. */
export function findFailure(run: RunSnapshot): RunFailure | undefined {
  const { outcome, timeline, jobs } = run;
  if (outcome.state !== 'failed' && outcome.state !== 'timedOut') return undefined;
  const step = timeline.steps.findLast(({ state }) => state === 'failed' || state === 'timedOut');
  const failed = [...jobs.values()].filter(({ detail }) => isTerminal(detail.state) && detail.state !== 'succeeded');
  const job = failed.findLast(({ stepId }) => stepId !== undefined && stepId === step?.id) ?? failed.at(-1);
  const line = job && findJobFailure(run, job);
  const because =
    failureLine(outcome.error, outcome.cause) ??
    failureLine(step?.error, step?.cause) ??
    job?.detail.error ??
    line?.message;
  return {
    message: because ?? (outcome.state === 'timedOut' ? 'timed out' : 'failed'),
    ...(step && { step }),
    ...(job && { job }),
    ...(line && { line }),
  };
}

/** Line of its script at which a job run failed, from its log lines and its error message. */
export function findJobFailure(run: RunSnapshot, job: RunJob, scriptName?: string): ScriptLine | undefined {
  const { runId, error, cause } = job.detail;
  const lines: string[] = [];
  for (let index = run.entries.length - 1; index >= 0 && lines.length < linesLookedAt; index -= 1) {
    const entry = run.entries[index];
    if (entry?.kind === 'log' && entry.jobRunId === runId && entry.executor === undefined) lines.push(entry.text);
  }
  return findFailingLine(lines.reverse(), error ?? cause, scriptName);
}
