import type { Condition, JobRunRecord, Predicate } from './records.ts';

/** Whether a predicate holds, given for each job the run that ended last, undefined where none has ended. */
export function isPredicateMet(
  predicate: Predicate,
  lastEnded: (jobName: string) => JobRunRecord | undefined,
): boolean {
  const isMet = (condition: Condition): boolean =>
    condition.jobName !== undefined && lastEnded(condition.jobName)?.state === condition.state;
  if (predicate.conditions.length === 0) return false;
  return predicate.logical === 'ANY' ? predicate.conditions.some(isMet) : predicate.conditions.every(isMet);
}
