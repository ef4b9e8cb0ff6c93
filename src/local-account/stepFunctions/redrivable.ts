import type { ExecutionRecord } from './records.ts';

const periodMs = 14 * 24 * 3600 * 1000;

export const runningReason = 'Execution is RUNNING and cannot be redriven';

/**
 * Why an execution cannot be redriven; undefined where it can: it failed, timed out or was stopped at most 14 days ago.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-eligibility
 */
export function notRedrivable({ status, endedMs }: ExecutionRecord, now: number): string | undefined {
  if (status === 'RUNNING') return runningReason;
  if (status === 'SUCCEEDED') return 'Execution is SUCCEEDED and cannot be redriven';
  if (endedMs !== undefined && now - endedMs > periodMs) {
    return 'Execution cannot be redriven: it ended more than 14 days ago';
  }
  return undefined;
}
